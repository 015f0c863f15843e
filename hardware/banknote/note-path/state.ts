import type {
  AcceptorFault,
  AcceptorLease,
  AcceptorReport,
  Denomination,
  LeftInPath,
  ReturnReason,
} from '../../../terminal/devices.ts';
import type { CreditId, EscrowId } from '../../../terminal/ids.ts';
import type { DeviceState, Motion } from './device-state.ts';
import type { PathOptions } from './options.ts';

/*
 * What is known of one acceptor and of the one note in it, whatever the acceptor speaks. A protocol's dialog adds what
 * its line needs. All times are on the monotonic clock.
 */
export interface PathState {
  readonly options: PathOptions;
  /** Makes the ids of this run unlike those of any other. */
  readonly idPrefix: string;
  readonly idsMade: number;

  readonly isLineOpen: boolean;
  readonly lastAnswerMonoMs: number;
  /** The device asked for patience. */
  readonly busyUntilMonoMs: number;

  readonly phase: Phase;
  /** The loss that has been reported and not yet been followed by a connection. */
  readonly lost: AcceptorFault | undefined;
  readonly lostResetDueMonoMs: number;
  /** What the device said last, as long as nothing has been sent that may have changed it. */
  readonly view: DeviceState | undefined;
  /** The last state ever seen, and how long the path has been in that kind of motion. */
  readonly seen: Sight | undefined;

  /**
   * Who the device is and which notes it knows is asked anew after each connection, power-up and change of cassette:
   * how many of the protocol's questions have been answered, and whether these were all.
   */
  readonly questionsAnswered: number;
  readonly isKnown: boolean;
  /** Read before a RESET: good for the value of a credit event that is still owed, and read again before a note comes in. */
  readonly isReadOld: boolean;
  readonly readFailures: number;
  /** It has refused a question while its path was not at rest. */
  readonly readsOnlyAtRest: boolean;
  /** The kinds of note by their number; a gap is an unused one. Good only while the device is known. */
  readonly table: NoteTable;
  /** What a reset wipes out is told anew in each recovery: how many of the protocol's settings, and whether all. */
  readonly settingsMade: number;
  readonly isConfigured: boolean;

  readonly lease: AcceptorLease | undefined;
  /** The kinds that the device has been told last; says nothing unless the device also says that it is idling. */
  readonly appliedKinds: readonly number[] | undefined;
  readonly enabledTold: boolean;

  /** A note has gone in and has not come to escrow yet. */
  readonly drawingIn: boolean;
  readonly escrow: Escrow | undefined;
  /** A note that may be inside and whose end was not seen. A credit event before the next escrow may be its. */
  readonly doubt: Escrow | undefined;
  readonly credit: Credit | undefined;
  /** What the next recovery has to say; kept over further breaks until it is said. */
  readonly found: LeftInPath;
  /** `found` is what the device itself said when its power came back. */
  readonly isFoundTold: boolean;
  /** The note found in the head has been reported as returned. */
  readonly returnTold: boolean;
  readonly trouble: AcceptorFault | undefined;
  readonly resetWanted: boolean;
}

export type NoteTable = readonly (Denomination | undefined)[];

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

export interface Sight {
  readonly poll: DeviceState;
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
  /** The stack byte or RESET was sent for it, or a fault came over it: only the device can tell now where it went. */
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
  readonly type: number | undefined;
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
  | { readonly kind: 'log'; readonly event: AcceptorLogEvent };

/** What a technician may want to know and the core need not. */
export type AcceptorLogEvent =
  /** The device's own words about itself, by their names in its protocol's document. */
  | { readonly kind: 'identified'; readonly identification: Readonly<Record<string, string>> }
  /** By the protocol's number of the kind. */
  | { readonly kind: 'bill-table-read'; readonly table: NoteTable }
  | { readonly kind: 'state-changed'; readonly state: DeviceState }
  | { readonly kind: 'noise'; readonly reason: string; readonly bytes: Uint8Array }
  | { readonly kind: 'unexpected-frame'; readonly payload: Uint8Array }
  | { readonly kind: 'exchange-failed'; readonly command: string; readonly why: string }
  | { readonly kind: 'credit-repeated'; readonly creditId: CreditId }
  | { readonly kind: 'credit-came-late'; readonly type: number | undefined };

/** One step of a dialog in the making: the state so far and what is to be done. */
export interface Turn<State extends PathState = PathState> {
  state: State;
  readonly nowMonoMs: number;
  readonly outputs: Output[];
}

export function update<State extends PathState>(turn: Turn<State>, change: Partial<State>): void {
  turn.state = { ...turn.state, ...change };
}

export function report(turn: Turn, told: AcceptorReport): void {
  turn.outputs.push({ kind: 'report', report: told });
}

export function log(turn: Turn, event: AcceptorLogEvent): void {
  turn.outputs.push({ kind: 'log', event });
}

export function newId(turn: Turn, letter: 'e' | 'c'): string {
  update(turn, { idsMade: turn.state.idsMade + 1 });
  return `${turn.state.idPrefix}-${letter}${turn.state.idsMade}`;
}

/** Money rule M7, asked in the same turn as every byte that it guards. */
export function leaseLive(state: PathState, nowMonoMs: number): boolean {
  return state.lease !== undefined && nowMonoMs < state.lease.untilMonoMs;
}

export function initialPath<Options extends PathOptions>(
  options: Options,
  idPrefix: string,
  nowMonoMs: number,
): PathState & { readonly options: Options } {
  return {
    options,
    idPrefix,
    idsMade: 0,
    isLineOpen: false,
    lastAnswerMonoMs: nowMonoMs,
    busyUntilMonoMs: nowMonoMs,
    phase: { kind: 'seeking', sinceMonoMs: nowMonoMs, pollFailed: false },
    lost: undefined,
    lostResetDueMonoMs: nowMonoMs,
    view: undefined,
    seen: undefined,
    questionsAnswered: 0,
    isKnown: false,
    isReadOld: false,
    readFailures: 0,
    readsOnlyAtRest: false,
    table: [],
    settingsMade: 0,
    isConfigured: false,
    lease: undefined,
    appliedKinds: undefined,
    enabledTold: false,
    drawingIn: false,
    escrow: undefined,
    doubt: undefined,
    credit: undefined,
    found: 'nothing',
    isFoundTold: false,
    returnTold: false,
    trouble: undefined,
    resetWanted: false,
  };
}
