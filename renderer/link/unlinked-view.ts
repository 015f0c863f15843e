import type { ScreenView } from '../../terminal/contract/messages.ts';

type Frame = ScreenView['frame'];

/** Before the first word from the terminal, and when it has fallen silent: calm, and without anybody's data. */
export function unlinkedView(known: Frame | undefined): ScreenView {
  return {
    frame: known === undefined ? unknownFrame : { ...known, easyMode: false, moreTime: false },
    screen: { kind: 'one-moment' },
    offers: [],
  };
}

const unknownFrame: Frame = {
  terminalNumber: '',
  supportPhone: '',
  language: 'kk',
  languages: ['kk', 'ru', 'en', 'sw'],
  easyMode: false,
  moreTime: false,
  simulated: false,
  panel: { pixelsPerMm: 3.77, noteSlot: 'below', receiptSlot: 'below' },
};
