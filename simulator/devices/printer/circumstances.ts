import type { Conditions } from './status.ts';

/** What hands, wear and heat do to a printer, apart from what it does itself. */
export interface Circumstances {
  readonly hasPower: boolean;
  /** The firmware hangs: nothing moves and nothing answers until it comes back or power is cycled. */
  readonly isHung: boolean;
  /** Paper left on the roll; 0 is a roll that has run out. */
  readonly rollMm: number;
  readonly isCoverOpen: boolean;
  readonly isCutterStuck: boolean;
  readonly isPaperStuck: boolean;
  readonly isHeadHot: boolean;
  /** A fault that no command and no power cycle cures. */
  readonly isBroken: boolean;
  /** The feed button is held down; the printer is offline meanwhile. */
  readonly isButtonHeld: boolean;
  readonly isDrawerPinHigh: boolean;
  /** The paper sensors are stuck at "plenty": the printer works on without paper and reports success. */
  readonly doesPaperSensorLie: boolean;
}

/** What a hand may change: all but the power, whose switch does more. */
export type HandChanges = Partial<Omit<Circumstances, 'hasPower'>>;

export const newRollMm = 80_000;
/** Where the near-end sensor sits on the roll. */
export const nearEndMm = 6_000;

export const goodCircumstances: Circumstances = {
  hasPower: true,
  isHung: false,
  rollMm: newRollMm,
  isCoverOpen: false,
  isCutterStuck: false,
  isPaperStuck: false,
  isHeadHot: false,
  isBroken: false,
  isButtonHeld: false,
  isDrawerPinHigh: false,
  doesPaperSensorLie: false,
};

/** An error that outlasts its cause until the host (DLE ENQ), the cover or the switch ends it. */
export type LastingError = 'cutter' | 'jam';

/** What the printer itself is about. */
export interface Activity {
  readonly lastingError: LastingError | undefined;
  readonly isMotorOn: boolean;
  readonly isSpooling: boolean;
  readonly isTicketInMouth: boolean;
}

/** Whether motors may run and commands be worked off; anything else is offline. */
export function isOnline(now: Circumstances, lastingError: LastingError | undefined): boolean {
  const isAlive = now.hasPower && !now.isHung && !now.isBroken;
  const hasPaper = now.rollMm > 0 || now.doesPaperSensorLie;
  const isClosed = !now.isCoverOpen && !now.isButtonHeld;
  return isAlive && hasPaper && isClosed && !now.isHeadHot && lastingError === undefined;
}

/** What the sensors say; not always what is so. */
export function conditionsOf(now: Circumstances, activity: Activity): Conditions {
  return {
    isOnline: isOnline(now, activity.lastingError),
    isPaperNearEnd: now.rollMm <= nearEndMm && !now.doesPaperSensorLie,
    isPaperEnd: now.rollMm <= 0 && !now.doesPaperSensorLie,
    isCoverOpen: now.isCoverOpen,
    hasCutterError: activity.lastingError === 'cutter',
    hasJam: activity.lastingError === 'jam',
    isHeadHot: now.isHeadHot,
    isBroken: now.isBroken,
    isButtonHeld: now.isButtonHeld,
    isDrawerPinHigh: now.isDrawerPinHigh,
    isMotorOn: activity.isMotorOn,
    isTicketInMouth: activity.isTicketInMouth,
    isSpooling: activity.isSpooling,
  };
}
