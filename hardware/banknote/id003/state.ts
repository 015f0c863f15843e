import { initialPath, type PathState, type Turn } from '../note-path/state.ts';
import type { Version } from './currency.ts';
import type { Command } from './message.ts';
import type { Id003Options } from './options.ts';

/* What the dialog remembers of its line between two inputs, beside the note path. All times are on the monotonic clock. */
export interface DialogState extends PathState {
  readonly options: Id003Options;
  readonly line: Line;
  /** The start of a frame whose end has not come, and when its last byte came. */
  readonly rest: Uint8Array;
  readonly lastByteMonoMs: number;
  /** Failed exchanges since the last good one. */
  readonly failures: number;
  readonly pollSentMonoMs: number;
  readonly pollDueMonoMs: number;
  /**
   * IDLING is STATUS REQUEST come back, unless VERSION has been answered since (§2): when that was, absent after every
   * other status; and whether an IDLING waits for it.
   */
  readonly provenMonoMs: number | undefined;
  readonly proofWanted: boolean;
  readonly version: Version | undefined;
  /** The denominations and the inhibit that the acceptor has told back; lost with every RESET. */
  readonly takenSet: number | undefined;
  readonly inhibitSet: boolean | undefined;
  /** The acceptor takes no denominations while it is enabled: it is inhibited first. */
  readonly inhibitsFirst: boolean;
}

export type Line =
  | { readonly kind: 'closed' }
  /** Nothing is outstanding; the next command keeps the quiet time. */
  | { readonly kind: 'free'; readonly notBeforeMonoMs: number }
  | {
      readonly kind: 'waiting';
      readonly command: Command;
      readonly deadlineMonoMs: number;
      /** A frame with a bad CRC has come: unless a good one follows, the exchange ends once the line falls silent. */
      readonly damaged: boolean;
    }
  /** VEND VALID is unacknowledged, in the hope that the host confirms the credit in a moment. */
  | { readonly kind: 'crediting'; readonly deadlineMonoMs: number };

/** `communication-error`: the acceptor could not read us; `invalid`: not now, or not at all. */
export type ExchangeFailure = 'silent' | 'damaged' | 'communication-error' | 'invalid' | 'unfit';

export type Id003Turn = Turn<DialogState>;

const nothing = new Uint8Array(0);

export function initialState(options: Id003Options, idPrefix: string, nowMonoMs: number): DialogState {
  return {
    ...initialPath(options, idPrefix, nowMonoMs),
    line: { kind: 'closed' },
    rest: nothing,
    lastByteMonoMs: nowMonoMs,
    failures: 0,
    pollSentMonoMs: nowMonoMs,
    pollDueMonoMs: nowMonoMs,
    provenMonoMs: undefined,
    proofWanted: false,
    version: undefined,
    takenSet: undefined,
    inhibitSet: undefined,
    inhibitsFirst: false,
  };
}
