import { unreachable } from '../../../terminal/assert.ts';
import type {
  AcceptorFault,
  AcceptorLease,
  AcceptorReport,
  Denomination,
  LeftInPath,
  ReturnReason,
} from '../../../terminal/devices.ts';
import type { CreditId, EscrowId } from '../../../terminal/ids.ts';
import type { BillTable, Identification } from './bill-table.ts';
import type { NoiseReason } from './frame.ts';
import type { Command, Motion, PollState } from './message.ts';
import type { CcnetOptions } from './options.ts';

/*
 * What the dialog remembers between two inputs. All times are on the monotonic clock.
 */
export interface DialogState {
  readonly options: CcnetOptions;
  /** Makes the ids of this run unlike those of any other. */
  readonly idPrefix: string;
  readonly idsMade: number;

  readonly line: Line;
  /** The start of a frame whose end has not come, and when its last byte came. */
  readonly rest: Uint8Array;
  readonly lastByteMonoMs: number;
  /** Failed exchanges since the last good one. */
  readonly failures: number;
  readonly pollSentMonoMs: number;
  readonly pollDueMonoMs: number;
  /** A poll got no good answer; until then one may still come late, and a credit event in it counts. */
  readonly latePollUntilMonoMs: number;
  readonly lastAnswerMonoMs: number;
  /** The device asked for patience. */
  readonly busyUntilMonoMs: number;

  readonly phase: Phase;
  /** The loss that has been reported and not yet been followed by a connection. */
  readonly lost: AcceptorFault | undefined;
  readonly lostResetDueMonoMs: number;
  /** The state of the last poll, as long as nothing has been sent that may have changed it. */
  readonly view: PollState | undefined;
  /** The last state ever seen, and how long the path has been in that kind of motion. */
  readonly seen: Sight | undefined;

  readonly reading: Reading;
  readonly readFailures: number;
  readonly identification: Identification | undefined;
  /** Good only while `reading` is `done`: another device may have been plugged in. */
  readonly table: BillTable;
  readonly securitySet: boolean;

  readonly lease: AcceptorLease | undefined;
  /** The kinds that the device has acknowledged last; says nothing unless the device also says that it is idling. */
  readonly appliedTypes: number | undefined;
  readonly enabledTold: boolean;

  /** A note has gone in and has not come to escrow yet. */
  readonly drawingIn: boolean;
  readonly escrow: Escrow | undefined;
  /** A note that may be inside and whose end was not seen. A credit event before the next escrow may be its. */
  readonly doubt: Escrow | undefined;
  readonly credit: Credit | undefined;
  /** What the next recovery has to say; kept over further breaks until it is said. */
  readonly found: LeftInPath;
  /** The note found in the head has been reported as returned. */
  readonly returnTold: boolean;
  readonly trouble: AcceptorFault | undefined;
  readonly resetWanted: boolean;
}

export type Line =
  | { readonly kind: 'closed' }
  /** Nothing is outstanding; the next command keeps the quiet time. */
  | { readonly kind: 'free'; readonly notBeforeMonoMs: number }
  | {
      readonly kind: 'waiting';
      readonly command: Command;
      readonly deadlineMonoMs: number;
      /** A frame with a bad CRC has come: unless a good one follows, it is refused once the line falls silent. */
      readonly damaged: boolean;
    }
  /** A credit event is unacknowledged, in the hope that the host confirms it in a moment. */
  | { readonly kind: 'crediting'; readonly deadlineMonoMs: number };

export type Phase =
  /** No device has answered yet, or it fell silent. */
  | { readonly kind: 'seeking'; readonly sinceMonoMs: number; readonly pollFailed: boolean }
  /** Something answers that must not be driven. */
  | { readonly kind: 'refused'; readonly untilMonoMs: number }
  /** The path is brought to rest and the device disabled: all that is in escrow goes back. */
  | {
      readonly kind: 'recovering';
      /** One RESET may clear a fault that was there at the connection; later ones are a person's decision. */
      readonly mayReset: boolean;
    }
  | { readonly kind: 'working' };

/** IDENTIFICATION and the bill table are read anew after each connection, power-up and change of cassette. */
export type Reading = 'identification' | 'bill-table' | 'done';

export interface Sight {
  readonly poll: PollState;
  readonly motion: Motion;
  readonly sinceMonoMs: number;
}

export interface Escrow {
  /** Absent if it was found at a start or after a break: it was never announced, only returned. */
  readonly id: EscrowId | undefined;
  readonly type: number | undefined;
  readonly denomination: Denomination | undefined;
  readonly firstSeenMonoMs: number;
  readonly wish: EscrowWish;
  /** STACK or RESET was sent for it, or a fault came over it: only the device can tell now where it went. */
  readonly maybeInside: boolean;
  readonly returningTold: boolean;
  /** The device itself said that the note is going back. */
  readonly returningSeen: boolean;
}

export type EscrowWish =
  | { readonly kind: 'undecided' }
  | { readonly kind: 'stack' }
  | { readonly kind: 'return'; readonly reason: ReturnReason };

export interface Credit {
  readonly id: CreditId;
  readonly type: number;
  readonly escrowId: EscrowId | undefined;
  readonly denomination: Denomination | undefined;
  /** It came while the path was being brought to rest, not in the middle of work. */
  readonly isRecovery: boolean;
  readonly confirmed: boolean;
  /** When it was last told to the host. */
  readonly toldMonoMs: number;
}

export type Output =
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  | { readonly kind: 'report'; readonly report: AcceptorReport }
  /** The line may be dead without saying so: close it and open it anew. */
  | { readonly kind: 'reopen-link' }
  | { readonly kind: 'log'; readonly event: CcnetLogEvent };

/** What a technician may want to know and the core need not. */
export type CcnetLogEvent =
  | { readonly kind: 'identified'; readonly identification: Identification }
  /** By type number. */
  | { readonly kind: 'bill-table-read'; readonly table: BillTable }
  | { readonly kind: 'state-changed'; readonly state: PollState }
  | { readonly kind: 'noise'; readonly reason: NoiseReason; readonly bytes: Uint8Array }
  | { readonly kind: 'unexpected-frame'; readonly payload: Uint8Array }
  | {
      readonly kind: 'exchange-failed';
      readonly command: Command['kind'];
      readonly why: ExchangeFailure;
    }
  | { readonly kind: 'credit-repeated'; readonly creditId: CreditId }
  | { readonly kind: 'credit-came-late'; readonly type: number };

export type ExchangeFailure = 'silent' | 'damaged' | 'nak' | 'illegal';

/** One step of the dialog in the making: the state so far and what is to be done. */
export interface Turn {
  state: DialogState;
  readonly nowMonoMs: number;
  readonly outputs: Output[];
}

export function update(turn: Turn, change: Partial<DialogState>): void {
  turn.state = { ...turn.state, ...change };
}

export function report(turn: Turn, told: AcceptorReport): void {
  turn.outputs.push({ kind: 'report', report: told });
}

export function log(turn: Turn, event: CcnetLogEvent): void {
  turn.outputs.push({ kind: 'log', event });
}

export function newId(turn: Turn, letter: 'e' | 'c'): string {
  update(turn, { idsMade: turn.state.idsMade + 1 });
  return `${turn.state.idPrefix}-${letter}${turn.state.idsMade}`;
}

/** Money rule M7, asked in the same turn as every byte that it guards. */
export function leaseLive(state: DialogState, nowMonoMs: number): boolean {
  return state.lease !== undefined && nowMonoMs < state.lease.untilMonoMs;
}

export function sameState(one: PollState, other: PollState): boolean {
  if (one.kind !== other.kind) return false;
  switch (one.kind) {
    case 'power-up':
      return other.kind === one.kind && one.noteAt === other.noteAt;
    case 'escrow':
    case 'stacked':
    case 'returned':
      return other.kind === one.kind && one.type === other.type;
    case 'rejecting':
      return other.kind === one.kind && one.reason === other.reason;
    case 'fault':
      return other.kind === one.kind && one.code === other.code && one.detail === other.detail;
    case 'unlisted':
      return other.kind === one.kind && one.code === other.code;
    case 'initializing':
    case 'idling':
    case 'accepting':
    case 'stacking':
    case 'returning':
    case 'disabled':
    case 'holding':
    case 'busy':
      return true;
    default:
      return unreachable(one);
  }
}

const nothing = new Uint8Array(0);

export function initialState(options: CcnetOptions, idPrefix: string, nowMonoMs: number): DialogState {
  return {
    options,
    idPrefix,
    idsMade: 0,
    line: { kind: 'closed' },
    rest: nothing,
    lastByteMonoMs: nowMonoMs,
    failures: 0,
    pollSentMonoMs: nowMonoMs,
    pollDueMonoMs: nowMonoMs,
    latePollUntilMonoMs: nowMonoMs,
    lastAnswerMonoMs: nowMonoMs,
    busyUntilMonoMs: nowMonoMs,
    phase: { kind: 'seeking', sinceMonoMs: nowMonoMs, pollFailed: false },
    lost: undefined,
    lostResetDueMonoMs: nowMonoMs,
    view: undefined,
    seen: undefined,
    reading: 'identification',
    readFailures: 0,
    identification: undefined,
    table: [],
    securitySet: false,
    lease: undefined,
    appliedTypes: undefined,
    enabledTold: false,
    drawingIn: false,
    escrow: undefined,
    doubt: undefined,
    credit: undefined,
    found: 'nothing',
    returnTold: false,
    trouble: undefined,
    resetWanted: false,
  };
}
