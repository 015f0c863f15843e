import { initialPath, type PathState, type Turn } from '../note-path/state.ts';
import type { Identification } from './bill-table.ts';
import type { Command } from './message.ts';
import type { CcnetOptions } from './options.ts';

/* What the dialog remembers of its line between two inputs, beside the note path. All times are on the monotonic clock. */
export interface DialogState extends PathState {
  readonly options: CcnetOptions;
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
  readonly identification: Identification | undefined;
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

export type ExchangeFailure = 'silent' | 'damaged' | 'nak' | 'illegal';

export type CcnetTurn = Turn<DialogState>;

const nothing = new Uint8Array(0);

export function initialState(options: CcnetOptions, idPrefix: string, nowMonoMs: number): DialogState {
  return {
    ...initialPath(options, idPrefix, nowMonoMs),
    line: { kind: 'closed' },
    rest: nothing,
    lastByteMonoMs: nowMonoMs,
    failures: 0,
    pollSentMonoMs: nowMonoMs,
    pollDueMonoMs: nowMonoMs,
    latePollUntilMonoMs: nowMonoMs,
    identification: undefined,
  };
}
