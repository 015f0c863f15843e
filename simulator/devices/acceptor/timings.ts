/** How long the mechanics take. A real note takes two to three seconds from the hand to the cassette. */
export interface AcceptorTimings {
  /** From the entrance sensor to the end of validation, where a note is held in escrow. */
  readonly drawInMs: number;
  /** From escrow into the cassette. */
  readonly stackMs: number;
  /** Part of `stackMs` after which the motor can no longer bring the note back. */
  readonly pointOfNoReturnMs: number;
  /** From escrow back to the mouth. */
  readonly ejectMs: number;
  /** From power-on until the unit answers at all. */
  readonly bootMs: number;
  /** The motor and sensor test after a reset, when no note has to be moved out of the way. */
  readonly initializeMs: number;
}

export const realTimings: AcceptorTimings = {
  drawInMs: 1200,
  stackMs: 1200,
  pointOfNoReturnMs: 400,
  ejectMs: 700,
  bootMs: 1000,
  initializeMs: 5000,
};

/** For demonstrations and tests in real time. */
export const fastTimings: AcceptorTimings = {
  drawInMs: 50,
  stackMs: 50,
  pointOfNoReturnMs: 20,
  ejectMs: 50,
  bootMs: 50,
  initializeMs: 50,
};
