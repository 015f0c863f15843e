import { unreachable } from '../../../terminal/assert.ts';
import type { MouthNote, Path } from '../acceptor/firmware.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import { state } from './codes.ts';

/** What a POLL is answered with: Z1, or Z1 and Z2 (CCNET §6). */
export type PollAnswer = readonly [number] | readonly [number, number];

export type Mode =
  /** Without power, or powered and not yet listening. */
  | { readonly kind: 'deaf' }
  /** 10, 11 or 12 until a RESET. */
  | { readonly kind: 'power-up'; readonly code: number }
  | { readonly kind: 'initializing'; readonly busyUntilMonoMs: number; readonly testsDone: boolean }
  | { readonly kind: 'running' }
  /** 41 to 47 until a RESET. */
  | { readonly kind: 'fault'; readonly answer: PollAnswer };

/** All that the answer to a POLL depends on. */
export interface PollFacts {
  readonly nowMonoMs: number;
  readonly mode: Mode;
  readonly path: Path;
  readonly mouth: MouthNote | undefined;
  readonly isPaused: boolean;
  readonly isHeld: boolean;
  readonly isEnabled: boolean;
  readonly escrowType: number | undefined;
  /** 1C, 81 or 82, told until the host acknowledges it. */
  readonly report: PollAnswer | undefined;
  /** Set while the note moving out is a rejected one. */
  readonly rejectReason: number | undefined;
  /** A note on its way out, or in the mouth, shows as 18. */
  readonly showsReturn: boolean;
}

export function pollState(facts: PollFacts): PollAnswer {
  const { mode } = facts;
  switch (mode.kind) {
    case 'deaf':
      return [state.powerUp];
    case 'power-up':
      return [mode.code];
    case 'fault':
      return facts.report ?? mode.answer;
    case 'initializing':
      return initializingState(facts, mode.busyUntilMonoMs - facts.nowMonoMs);
    case 'running':
      return facts.isPaused ? [state.pause] : runningState(facts);
    default:
      return unreachable(mode);
  }
}

function initializingState(facts: PollFacts, busyMs: number): PollAnswer {
  if (busyMs > 0) return [state.busy, Math.ceil(busyMs / 100)];
  const isEjecting = facts.path.kind === 'returning' || facts.mouth?.wasReturned === true;
  return facts.report ?? [isEjecting && facts.showsReturn ? state.returning : state.initializing];
}

function runningState(facts: PollFacts): PollAnswer {
  const { path, rejectReason, report } = facts;
  switch (path.kind) {
    case 'entering':
      return [state.accepting];
    case 'escrowed':
      return facts.isHeld ? [state.holding] : [state.escrow, facts.escrowType ?? 0];
    case 'stacking':
      return [state.stacking];
    case 'returning':
      return rejectReason === undefined ? [state.returning] : (report ?? [state.rejecting, rejectReason]);
    case 'empty':
    case 'stopped':
      if (report !== undefined) return report;
      if (facts.mouth?.wasReturned === true && facts.showsReturn) return [state.returning];
      return [facts.isEnabled ? state.idling : state.disabled];
    default:
      return unreachable(path);
  }
}

/** 10, 11 or 12: what the sensors, and the memory of a credit not yet told, say at power-up. */
export function powerUpState(path: Path, owesCredit: boolean): number {
  if (owesCredit) return state.powerUpNoteInStacker;
  if (path.kind !== 'stopped') return state.powerUp;
  return path.zone === 'stacker' ? state.powerUpNoteInStacker : state.powerUpNoteInHead;
}

/** What is broken or missing now (41 to 44 and 47), the gravest first. */
export function faultState(mechanics: AcceptorMechanics): PollAnswer | undefined {
  const { failureCode, cassette, jam, path } = mechanics;
  if (failureCode !== undefined) return [state.failure, failureCode];
  if (cassette === undefined) return [state.cassetteRemoved];
  if (jam !== undefined) return [jam === 'head' ? state.jamInHead : state.jamInCassette];
  return cassette.isFull && path.kind === 'empty' ? [state.cassetteFull] : undefined;
}
