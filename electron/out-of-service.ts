import { readFileSync } from 'node:fs';
import { decodeDown } from '../terminal/contract/decode.ts';
import type { DownMessage, ScreenView } from '../terminal/contract/messages.ts';

/*
 * What the page shows when there is no terminal behind it and none will come soon: calm, honest, and with the number to
 * call. Otherwise "one moment" would stand there for days.
 */

type Frame = ScreenView['frame'];

const bareFrame: Frame = {
  terminalNumber: '',
  supportPhone: '',
  language: 'kk',
  languages: ['kk', 'ru', 'en', 'sw'],
  easyMode: false,
  moreTime: false,
  simulated: false,
  panel: { pixelsPerMm: 3.77, noteSlot: 'below', receiptSlot: 'below' },
};

/** One message for the page, with whatever of the settings can still be read. */
export function outOfServiceText(settingsPath: string): string {
  const full = textOf({ ...bareFrame, ...knownFrame(settingsPath) });
  return decodeDown(full).kind === 'message' ? full : textOf(bareFrame);
}

function textOf(frame: Frame): string {
  const view: ScreenView = { frame, screen: { kind: 'out-of-service', reason: 'crash-loop' }, offers: [] };
  const message: DownMessage = { kind: 'view', revision: 1, view };
  return JSON.stringify(message);
}

/** The file may be faulty: that may be why nobody runs. What does not fit the contract is left out by the caller. */
function knownFrame(settingsPath: string): Partial<Frame> {
  try {
    const { terminal, screen } = JSON.parse(readFileSync(settingsPath, 'utf8'));
    return {
      terminalNumber: terminal.number,
      supportPhone: terminal.supportPhone,
      panel: { ...bareFrame.panel, ...screen },
    };
  } catch {
    return {};
  }
}
