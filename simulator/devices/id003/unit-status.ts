import { unreachable } from '../../../terminal/assert.ts';
import type { MouthNote, Path } from '../acceptor/firmware.ts';
import type { AcceptorMechanics } from '../acceptor/mechanics.ts';
import { rejectReason, status } from './codes.ts';
import { firstCode } from './currency-table.ts';
import type { Id003Settings } from './settings.ts';

/** What STATUS REQUEST is answered with: a code, and data where the status has some (ID-003 §6). */
export type StatusAnswer = readonly number[];

export type Mode =
  /** Without power, or powered and not yet listening. */
  | { readonly kind: 'deaf' }
  /** 40, 41 or 42 until a RESET. */
  | { readonly kind: 'power-up'; readonly code: number }
  /** 1B: after a RESET, until the tests are done and the host has told enough. */
  | { readonly kind: 'initializing'; readonly testsDone: boolean; readonly isReleased: boolean }
  /** 43 to 46, 48 or 49 until a RESET. */
  | { readonly kind: 'fault'; readonly answer: StatusAnswer }
  | { readonly kind: 'running' };

/** What a note on its way out shows, and whether it does until it is taken; without it, nothing at all. */
export interface WayOut {
  readonly answer: StatusAnswer;
  readonly untilTaken: boolean;
}

export interface StatusFacts {
  readonly mode: Mode;
  readonly path: Path;
  readonly mouth: MouthNote | undefined;
  readonly isPaused: boolean;
  readonly isHeld: boolean;
  readonly isInhibited: boolean;
  readonly escrowKind: number | undefined;
  /** VEND VALID, as long as it is not acknowledged. */
  readonly vendValid: StatusAnswer | undefined;
  readonly showsStacked: boolean;
  readonly wayOut: WayOut | undefined;
}

export function statusOf(facts: StatusFacts): StatusAnswer {
  const { mode, vendValid } = facts;
  switch (mode.kind) {
    case 'deaf':
      return [status.powerUp];
    case 'power-up':
      return [mode.code];
    case 'fault':
      return vendValid ?? mode.answer;
    case 'initializing':
      return vendValid ?? initializingStatus(facts);
    case 'running':
      return facts.isPaused ? [status.pause] : runningStatus(facts);
    default:
      return unreachable(mode);
  }
}

function initializingStatus(facts: StatusFacts): StatusAnswer {
  if (facts.path.kind === 'stacking') return [status.stacking];
  return wayOutStatus(facts) ?? [status.initialize];
}

function wayOutStatus({ path, mouth, wayOut }: StatusFacts): StatusAnswer | undefined {
  const isMoving = path.kind === 'returning';
  const isInMouth = mouth?.wasReturned === true && wayOut?.untilTaken === true;
  return isMoving || isInMouth ? wayOut?.answer : undefined;
}

function runningStatus(facts: StatusFacts): StatusAnswer {
  const { path, vendValid } = facts;
  const atRest = [facts.isInhibited ? status.disabled : status.idling];
  switch (path.kind) {
    case 'entering':
      return [status.accepting];
    case 'escrowed':
      return facts.isHeld ? [status.holding] : [status.escrow, firstCode + (facts.escrowKind ?? 0)];
    case 'stacking':
      return [status.stacking];
    case 'returning':
      return wayOutStatus(facts) ?? atRest;
    case 'empty':
    case 'stopped':
      if (vendValid !== undefined) return vendValid;
      if (facts.showsStacked) return [status.stacked];
      return wayOutStatus(facts) ?? atRest;
    default:
      return unreachable(path);
  }
}

/** 40, 41 or 42: what the sensors, and the memory of a credit not yet told, say at power-up. */
export function powerUpStatus(path: Path, owesCredit: boolean): number {
  if (owesCredit) return status.powerUpNoteInStacker;
  if (path.kind !== 'stopped') return status.powerUp;
  return path.zone === 'stacker' ? status.powerUpNoteInStacker : status.powerUpNoteInAcceptor;
}

/** What is broken or missing now, the gravest first. */
export function faultStatus(mechanics: AcceptorMechanics): StatusAnswer | undefined {
  const { failureCode, cassette, jam, path } = mechanics;
  if (failureCode !== undefined) return [status.failure, failureCode];
  if (cassette === undefined) return [status.stackerOpen];
  if (jam !== undefined) return [jam === 'head' ? status.jamInAcceptor : status.jamInStacker];
  return cassette.isFull && path.kind === 'empty' ? [status.stackerFull] : undefined;
}

export function rejectionOf(code: number, { rejectingShows }: Id003Settings): WayOut {
  return { answer: [status.rejecting, code], untilTaken: rejectingShows === 'until-taken' };
}

/** What is not documented: how a note shows that goes out after a RESET. */
export function wayOutAtStart({ whileEjecting }: Id003Settings): WayOut | undefined {
  switch (whileEjecting) {
    case 'initialize':
      return undefined;
    case 'returning':
      return { answer: [status.returning], untilTaken: true };
    case 'rejecting':
      return { answer: [status.rejecting, rejectReason.inhibited], untilTaken: true };
  }
}
