import type { RunState } from './fleet/run-state.ts';
import type { ClaimId, NoteId, OperationId, PeriodId, PrintId } from './ids.ts';
import type { Settings } from './settings.ts';
import type { ChainAnchor } from './wallet/messages.ts';

/** What a look at the terminal depends on besides its state. */
export interface Surroundings {
  /** The settings that hold now: the operator's, narrowed by the backend's profile. */
  readonly settings: Settings;
  readonly now: Instant;
}

/** What a decision may look at besides state and event. Read once per event, so that a decision is a pure function. */
export interface Context extends Surroundings {
  readonly fresh: FreshIds;
  /** A fresh random whole number from 0 to 2³² − 1. */
  readonly chance: number;
  /** The last durable journal row. */
  readonly anchor: ChainAnchor;
  readonly run: RunState;
}

export interface Instant {
  readonly wallMs: number;
  readonly monoMs: number;
}

/** New ids, in case the decision needs them: no event makes more than one of each. */
export interface FreshIds {
  readonly operationId: OperationId;
  readonly noteId: NoteId;
  readonly claimId: ClaimId;
  readonly periodId: PeriodId;
  readonly printId: PrintId;
  readonly requestId: string;
}
