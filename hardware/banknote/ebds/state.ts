import { initialPath, type PathState, type Turn } from '../note-path/state.ts';
import type { Command, EnablesForm, Toggle } from './command.ts';
import type { EbdsOptions } from './options.ts';
import type { RejectCounters, Status } from './reply.ts';

/* What the dialog remembers of its line between two inputs, beside the note path. All times are on the monotonic clock. */
export interface DialogState extends PathState {
  readonly options: EbdsOptions;
  readonly line: Line;
  /** The start of a frame whose end has not come, and when its last byte came. */
  readonly rest: Uint8Array;
  readonly lastByteMonoMs: number;
  /** Failed exchanges since the last good one. */
  readonly failures: number;
  readonly pollSentMonoMs: number;
  readonly pollDueMonoMs: number;

  /** The bit of the next message; it outlives the line, so that an answer lost with a cable is asked for again (§10). */
  readonly toggle: Toggle;
  /** A message with this bit has been sent: the answer may be that one's, and nothing of a new message be done (§2). */
  readonly isToggleUsed: boolean;
  /** The bit is kept, so that the unit says its credit event again and again, until the credit is stored. */
  readonly isCreditHeld: boolean;

  /** What the messages say about letting notes in, and what the unit has answered to; unknown after a power-up. */
  readonly isGateOpen: boolean;
  readonly gateSet: boolean | undefined;
  /** The kinds that the unit's note enables stand for. */
  readonly enablesSet: readonly number[] | undefined;
  readonly enablesForm: EnablesForm;

  /** The last answer with a status. */
  readonly status: Status | undefined;
  /** Power-up has been said, and the path has not come to rest since. */
  readonly isStarting: boolean;
  /** For how many new answers the credit event has been on show. */
  readonly stackedShown: number;
  /** The kind of the last credit, until another note is let in: the same event again is the same note again. */
  readonly creditedKind: number | undefined;
  /** A note was rejected; only the counters say why. */
  readonly rejectionWanted: boolean;

  readonly counters: RejectCounters | undefined;
  readonly serialNumber: string;
  /** The kind of each entry of the note table read so far; the first entry is 1. */
  readonly noteKinds: readonly number[];
}

export type Line =
  | { readonly kind: 'closed' }
  /** Nothing is outstanding; the next message keeps the quiet time. */
  | { readonly kind: 'free'; readonly notBeforeMonoMs: number }
  | Waiting;

export interface Waiting {
  readonly kind: 'waiting';
  readonly command: Command;
  /** What we have said: an echo is known by it. */
  readonly payload: Uint8Array;
  readonly toggle: Toggle;
  /** The unit cannot take it for a message sent again. */
  readonly isNew: boolean;
  readonly isGateOpen: boolean;
  readonly deadlineMonoMs: number;
  /** A frame with a bad check byte has come: unless a good one follows, the exchange ends once the line falls silent. */
  readonly damaged: boolean;
}

export type EbdsTurn = Turn<DialogState>;

export function initialState(options: EbdsOptions, idPrefix: string, nowMonoMs: number): DialogState {
  return {
    ...initialPath(options, idPrefix, nowMonoMs),
    // §5: questions are for a unit that idles.
    readsOnlyAtRest: true,
    line: { kind: 'closed' },
    rest: new Uint8Array(0),
    lastByteMonoMs: nowMonoMs,
    failures: 0,
    pollSentMonoMs: nowMonoMs,
    pollDueMonoMs: nowMonoMs,
    toggle: 0,
    // By the host before this one, perhaps.
    isToggleUsed: true,
    isCreditHeld: false,
    isGateOpen: false,
    gateSet: undefined,
    enablesSet: undefined,
    enablesForm: 'narrow',
    status: undefined,
    isStarting: false,
    stackedShown: 0,
    creditedKind: undefined,
    rejectionWanted: false,
    counters: undefined,
    serialNumber: '',
    noteKinds: [],
  };
}
