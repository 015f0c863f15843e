import type { Context } from '../context.ts';
import type { Decision } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { Action, SessionEvent, SessionEventKind } from './event.ts';
import type { Step } from './state.ts';

/*
 * Every screen decides about every event, by name. An event that changes nothing is written down with its reason, so
 * that nothing is ignored by accident.
 */

export type Handler<S extends Step, E> = (
  terminal: Terminal,
  step: S,
  event: E,
  context: Context,
) => Decision;

export interface Ignored {
  readonly ignoredBecause: string;
}

type Others = Exclude<SessionEventKind, 'pressed'>;

export interface StepTable<S extends Step> {
  /** The buttons this screen can have, besides those of the frame. */
  readonly presses: { readonly [A in Action]?: Handler<S, { readonly value: string | undefined }> };
  readonly on: { readonly [K in Others]: Handler<S, Extract<SessionEvent, { kind: K }>> | Ignored };
}

export function ignored(because: string): Ignored {
  return { ignoredBecause: because };
}

/** Reasons that many screens share. */
export const noTimerOfThatKind = ignored('this screen starts no such timer');
export const noOperationYet = ignored(
  'no operation is open here, so no note of one can move; a stray note is sent back',
);
export const noCheckAsked = ignored('an answer to a check that this visit no longer waits for');
export const notWaitingForBackend = ignored(
  'the visit does not show a payment; delivery has stored the answer',
);
export const nothingLookedUp = ignored('an answer about a payment that nobody here waits for');
export const notPrinting = ignored('the print belongs to a visit that has ended; its outcome is stored');
export const pathAlreadyKnown = ignored('the start was settled before the first visit');
