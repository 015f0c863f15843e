import { type Figures, notesIn } from './figures.ts';

/*
 * What creeps up on a terminal. Each gauge has a level; the office hears of a change long before the terminal has to stop.
 */

export const gaugeNames = [
  'cassette-filling',
  'queue-slow',
  'no-payment',
  'disk-filling',
  'clock-drifting',
] as const;
export type GaugeName = (typeof gaugeNames)[number];

export type Level = 'ok' | 'warning' | 'critical';
export type Levels = Readonly<Record<GaugeName, Level>>;

export const allOk: Levels = {
  'cassette-filling': 'ok',
  'queue-slow': 'ok',
  'no-payment': 'ok',
  'disk-filling': 'ok',
  'clock-drifting': 'ok',
};

/** From where on a level is a warning, and from where on it is critical. An operator's; see `settings.ts`. */
export interface Thresholds {
  /** Notes that the cassette holds. */
  readonly cassetteNotesMax: number;
  readonly cassetteWarningPercent: number;
  readonly cassetteCriticalPercent: number;
  readonly queueWarningMinutes: number;
  readonly noPaymentWarningHours: number;
  readonly noPaymentCriticalHours: number;
  readonly diskFreeWarningPercent: number;
  readonly diskFreeCriticalPercent: number;
  readonly clockWarningSeconds: number;
}

/** What the machine under the terminal says of itself. */
export interface Machine {
  readonly wallMs: number;
  /** How far the machine's clock is from the backend's; `undefined` before the first signed answer. */
  readonly clockOffsetMs: number | undefined;
  /** Where the ledger lives. */
  readonly diskFreePercent: number;
}

/** `promiseMs`: how long a credit may take; a queue older than that has an alarm of its own. */
export function levelsOf(
  figures: Figures,
  machine: Machine,
  thresholds: Thresholds,
  promiseMs: number,
): Levels {
  const { cassette, queue, lastPaymentAtMs } = figures;
  const fillPercent = cassette === undefined ? 0 : (100 * notesIn(cassette)) / thresholds.cassetteNotesMax;
  const queueMs = ageMs(queue.oldestWaitingClosedAtMs, machine);
  const restHours = ageMs(lastPaymentAtMs, machine) / 3_600_000;
  return {
    'cassette-filling': above(
      fillPercent,
      thresholds.cassetteWarningPercent,
      thresholds.cassetteCriticalPercent,
    ),
    // Beyond the promise it is `queue-too-old` that stands.
    'queue-slow':
      queueMs > promiseMs ? 'ok' : above(queueMs, thresholds.queueWarningMinutes * 60_000, Infinity),
    'no-payment': above(restHours, thresholds.noPaymentWarningHours, thresholds.noPaymentCriticalHours),
    'disk-filling': above(
      100 - machine.diskFreePercent,
      100 - thresholds.diskFreeWarningPercent,
      100 - thresholds.diskFreeCriticalPercent,
    ),
    // One that is minutes off takes no more notes, and has an alarm of its own.
    'clock-drifting': above(
      Math.abs(machine.clockOffsetMs ?? 0),
      thresholds.clockWarningSeconds * 1_000,
      Infinity,
    ),
  };
}

/** Never below zero: a clock may have been set back. */
function ageMs(sinceMs: number | undefined, { wallMs }: Machine): number {
  return sinceMs === undefined ? 0 : Math.max(0, wallMs - sinceMs);
}

function above(value: number, warningFrom: number, criticalFrom: number): Level {
  if (value >= criticalFrom) return 'critical';
  return value >= warningFrom ? 'warning' : 'ok';
}

export function areSame(one: Levels, other: Levels): boolean {
  return gaugeNames.every((gauge) => one[gauge] === other[gauge]);
}
