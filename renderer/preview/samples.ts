import type { ScreenView } from '../../terminal/contract/messages.ts';
import { type Action, type Sample, screens } from './sample-screens.ts';
import { serviceSamples } from './service-samples.ts';

/*
 * Every screen in every state, as the terminal would tell it. Tests check that the terminal could: the contract's own
 * schema reads each of them.
 */

export type Language = ScreenView['frame']['language'];

/** The panels of the field, in layout pixels and pixels in a millimetre. */
export const panels = {
  'portrait-23': { width: 1080, height: 1920, pixelsPerMm: 3.77, noteSlot: 'below', receiptSlot: 'below' },
  'portrait-15': { width: 1080, height: 1920, pixelsPerMm: 5.57, noteSlot: 'below', receiptSlot: 'right' },
  'portrait-17': { width: 1024, height: 1280, pixelsPerMm: 3.79, noteSlot: 'right', receiptSlot: 'below' },
  'portrait-32': { width: 1080, height: 1920, pixelsPerMm: 2.71, noteSlot: 'below', receiptSlot: 'below' },
  'square-17': { width: 1280, height: 1024, pixelsPerMm: 3.79, noteSlot: 'right', receiptSlot: 'right' },
  'wide-23': { width: 1920, height: 1080, pixelsPerMm: 3.77, noteSlot: 'right', receiptSlot: 'below' },
  'wide-32': { width: 1920, height: 1080, pixelsPerMm: 2.71, noteSlot: 'below', receiptSlot: 'right' },
  'low-15': { width: 1920, height: 1080, pixelsPerMm: 5.57, noteSlot: 'below', receiptSlot: 'left' },
} as const;

export type PanelName = keyof typeof panels;
export const panelNames = Object.keys(panels) as readonly PanelName[];
export const languages: readonly Language[] = ['kk', 'ru', 'en', 'sw'];

export interface Dress {
  readonly language: Language;
  readonly panel: PanelName;
  readonly easyMode: boolean;
  readonly simulated: boolean;
}

/** A sample as the terminal would send it to one panel, in one language. */
export function viewOfSample(sample: Sample, dress: Dress): ScreenView {
  const { pixelsPerMm, noteSlot, receiptSlot } = panels[dress.panel];
  return {
    frame: {
      terminalNumber: '10027344',
      supportPhone: '8 800 080 00 27',
      language: dress.language,
      languages,
      easyMode: dress.easyMode,
      moreTime: false,
      simulated: dress.simulated,
      panel: { pixelsPerMm, noteSlot, receiptSlot },
    },
    ...(sample.overlay === undefined ? {} : { overlay: sample.overlay }),
    ...(sample.question === undefined ? {} : { question: sample.question }),
    screen: sample.screen,
    offers: offersOfSample(sample).map((action) => ({ offerId: `${sample.name}.${action}`, action })),
  };
}

const frameOffers: readonly Action[] = ['open-help', 'open-languages', 'easy-mode', 'more-time'];

function offersOfSample({ screen, offers, overlay, question }: Sample): readonly Action[] {
  if (question !== undefined) return ['continue'];
  if (overlay === 'help') return ['close-overlay'];
  if (overlay === 'language') return ['language', 'close-overlay'];
  if (screen.kind === 'service-mode') return [...offers, 'open-languages'];
  return screen.kind === 'one-moment' ? [] : [...offers, ...frameOffers];
}

const sampleOf = (name: string): Sample => {
  const found = screens.find((sample) => sample.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
};

export const samples: readonly Sample[] = [
  ...screens,
  { ...sampleOf('number-part'), name: 'help', overlay: 'help' },
  { ...sampleOf('number-part'), name: 'languages', overlay: 'language' },
  {
    ...sampleOf('number-part'),
    name: 'still-here-closes',
    question: { silence: 'closes', endsInMs: 20_000 },
  },
  { ...sampleOf('cash-some'), name: 'still-here-pays', question: { silence: 'pays', endsInMs: 18_000 } },
  ...serviceSamples,
];
