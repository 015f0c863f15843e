import { initialPath, type PathState, type Turn } from '../note-path/state.ts';
import type { ChannelMask, Command } from './message.ts';
import type { EsspOptions } from './options.ts';
import type { SetupAnswer } from './setup.ts';

/* What the dialog remembers of its line between two inputs, beside the note path. All times are on the monotonic clock. */
export interface DialogState extends PathState {
  readonly options: EsspOptions;
  /** A secret of this run, which its keys follow from. */
  readonly keySeed: string;
  readonly exchangesMade: number;
  readonly line: Line;
  /** The start of a frame whose end has not come. */
  readonly rest: Uint8Array;
  readonly session: Session;
  /** The bit of the next frame. */
  readonly sequence: 0 | 1;
  readonly keys: Keys | undefined;
  /** POLL WITH ACK and EVENT ACK are known to the unit. */
  readonly knowsAck: boolean;
  readonly pollSentMonoMs: number;
  readonly pollDueMonoMs: number;
  readonly holdDueMonoMs: number;
  /**
   * Any poll lets a note in that lies in escrow and was told of. `unknown`: only REJECT may be sent; `told`: REJECT and
   * HOLD, and a poll only as the stack byte.
   */
  readonly escrowTold: 'unknown' | 'none' | 'told';
  readonly toldChannel: number | undefined;
  /** The last list held events that EVENT ACK has to clear. */
  readonly ackWanted: boolean;
  /** The channel of the last credit, until another note is let in: the same event again is the same note again. */
  readonly creditedChannel: number | undefined;
  readonly isFull: boolean;
  /** A note goes out that was never in escrow: the reason has to be asked for, or is known. */
  readonly rejection: 'wanted' | number | undefined;
  /** What the unit has said OK to. */
  readonly enabledSet: boolean | undefined;
  readonly takenSet: ChannelMask | undefined;
  readonly setup: Extract<SetupAnswer, { kind: 'setup' }> | undefined;
}

export interface Keys {
  readonly key: Uint8Array;
  /** eCOUNT of the next packet. */
  readonly count: number;
}

export type Session =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly step: 'generator' | 'modulus' | 'exchange' }
  | { readonly kind: 'opening'; readonly step: 'protocol'; readonly version: number }
  | { readonly kind: 'open' };

export type Line =
  | { readonly kind: 'closed' }
  | { readonly kind: 'free'; readonly notBeforeMonoMs: number }
  | Waiting;

export interface Waiting {
  readonly kind: 'waiting';
  readonly command: Command;
  /** What it took the place of, under the same sequence bit: the answer may be to either (§2). */
  readonly insteadOf: Command | undefined;
  readonly payload: Uint8Array;
  readonly tries: number;
  readonly deadlineMonoMs: number;
}

export type EsspTurn = Turn<DialogState>;

const nothing = new Uint8Array(0);

export function initialState(
  options: EsspOptions,
  keySeed: string,
  idPrefix: string,
  nowMonoMs: number,
): DialogState {
  return {
    ...initialPath(options, idPrefix, nowMonoMs),
    keySeed,
    exchangesMade: 0,
    line: { kind: 'closed' },
    rest: nothing,
    session: { kind: 'none' },
    sequence: 1,
    keys: undefined,
    knowsAck: true,
    pollSentMonoMs: nowMonoMs,
    pollDueMonoMs: nowMonoMs,
    holdDueMonoMs: nowMonoMs,
    escrowTold: 'unknown',
    toldChannel: undefined,
    ackWanted: false,
    creditedChannel: undefined,
    isFull: false,
    rejection: undefined,
    enabledSet: undefined,
    takenSet: undefined,
    setup: undefined,
  };
}
