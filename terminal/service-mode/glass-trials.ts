import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { TestEnd } from '../device-facts.ts';
import type { Fact } from '../facts.ts';
import { type DevicesPage, isGlassTrial } from './device-pages.ts';
import type { DeviceTest, PictureOutcome, TouchOutcome } from './device-test.ts';
import { stay, watch } from './pages.ts';
import type { ServiceMode } from './state.ts';

/*
 * Trials of the glass. The page draws them and is the only one that sees them; it tells once how they went, and what it
 * tells is believed only if it could be so.
 */

/** No panel of the field has more places of a finger's size. */
const cellsMax = 5_000;

export function beginGlassTrial(
  terminal: Terminal,
  mode: ServiceMode,
  page: DevicesPage,
  value: string | undefined,
): Decision {
  if (value !== 'touch' && value !== 'picture') return decided(terminal);
  return showTrial(terminal, mode, page, { kind: value, outcome: undefined }, 'test-begun');
}

/** What the page says of the trial that covers it: `<places> <of them dead>`, or how the pictures looked. */
export function onGlassTried(terminal: Terminal, mode: ServiceMode, page: DevicesPage, value = ''): Decision {
  if (!isGlassTrial(page)) return decided(terminal);
  if (page.test?.kind === 'touch') {
    const outcome = touchOutcome(value);
    if (outcome === undefined) return decided(terminal);
    return outcome.dead === 0
      ? showTrial(terminal, mode, page, { kind: 'touch', outcome }, 'touch-whole')
      : showTrial(terminal, mode, page, { kind: 'touch', outcome }, 'touch-dead', outcome.dead);
  }
  const outcome = pictureOutcomes.find((known) => known === value);
  return outcome === undefined
    ? decided(terminal)
    : showTrial(terminal, mode, page, { kind: 'picture', outcome }, `picture-${outcome}`);
}

const pictureOutcomes: readonly PictureOutcome[] = ['even', 'flawed'];

function touchOutcome(value: string): TouchOutcome | undefined {
  const [, cells, dead] = /^(\d{1,4}) (\d{1,4})$/.exec(value)?.map(Number) ?? [];
  if (cells === undefined || dead === undefined) return undefined;
  return cells > 0 && cells <= cellsMax && dead <= cells ? { cells, dead } : undefined;
}

function showTrial(
  terminal: Terminal,
  mode: ServiceMode,
  page: DevicesPage,
  test: DeviceTest,
  how: TestEnd,
  deadCells?: number,
): Decision {
  const dead = deadCells === undefined ? {} : { deadCells };
  const fact: Fact = { kind: 'device-tested', device: page.device, how, ...dead, by: page.who.staffId };
  // A covered glass has a time-out of its own.
  return andThen(stay(terminal, mode, { ...page, test }), (next) =>
    andThen(watch(next), (watched) => decided(watched, { facts: [fact] })),
  );
}
