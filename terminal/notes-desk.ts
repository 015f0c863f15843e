import type { Fact, NoteResolution, UnknownWhy } from './facts.ts';
import type { NoteId, OperationId, PeriodId } from './ids.ts';
import type { Currency, Minor } from './money.ts';
import { operationNumber } from './operation-number.ts';
import type { NoteOperation } from './store.ts';

/*
 * The desk where two named persons settle a note that no device can place any more (money rule M4): one proposes with
 * a reason, another confirms.
 */

/** A note in state `unknown`, as persons see it. */
export interface UnknownNote {
  readonly noteId: NoteId;
  /** Absent when the device could not name it. */
  readonly valueMinor: Minor | undefined;
  readonly currency: Currency;
  /** Absent when it appeared without a record. */
  readonly why: UnknownWhy | undefined;
  readonly changedAtMs: number;
  /** The cassette that stood in the terminal when the note was let in, or when its credit event came. */
  readonly period: { readonly periodId: PeriodId; readonly periodNumber: number } | undefined;
  readonly operation:
    | (NoteOperation & { readonly operationId: OperationId; readonly operationNumber: string })
    | undefined;
  readonly proposal: ResolutionProposal | undefined;
}

export interface ResolutionProposal {
  readonly as: NoteResolution;
  readonly by: string;
  readonly reason: string;
}

export type DeskAnswer =
  /** To be committed together. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'refused'; readonly why: DeskRefusal };

export type DeskRefusal =
  | 'name-missing'
  | 'reason-missing'
  | 'nothing-proposed'
  | 'same-person'
  | 'operation-open' // its visit has not ended: the device may still tell
  | 'period-missing'; // nobody has said which cassette holds it

/** The first person's word. A later proposal replaces an earlier one. */
export function proposeResolution(note: UnknownNote, proposal: ResolutionProposal): DeskAnswer {
  const by = tidyName(proposal.by);
  const reason = proposal.reason.trim();
  if (by === '') return refused('name-missing');
  if (reason === '') return refused('reason-missing');
  const { noteId } = note;
  return facts({ kind: 'note-resolution-proposed', noteId, as: proposal.as, by, reason });
}

export interface Confirmation {
  readonly by: string;
  /** The cassette that holds the note; without it, the one it was let in to. Asked only for a stacked note. */
  readonly periodId: PeriodId | undefined;
  readonly nextOperationSerial: number;
  readonly ids: { readonly uuidV7: () => string };
}

/** The second person's word: the note is settled, and money that turns out to be there is paid by a supplement. */
export function confirmResolution(note: UnknownNote, confirmation: Confirmation): DeskAnswer {
  const { proposal, noteId } = note;
  const confirmedBy = tidyName(confirmation.by);
  if (proposal === undefined) return refused('nothing-proposed');
  if (confirmedBy === '') return refused('name-missing');
  if (isSamePerson(proposal.by, confirmedBy)) return refused('same-person');
  if (note.operation?.closed === false) return refused('operation-open');
  const isStacked = proposal.as === 'stacked';
  const periodId = isStacked ? (confirmation.periodId ?? note.period?.periodId) : undefined;
  if (isStacked && periodId === undefined) return refused('period-missing');
  const { as, by: proposedBy, reason } = proposal;
  return facts(
    { kind: 'note-resolved', noteId, as, proposedBy, confirmedBy, reason, periodId },
    {
      kind: 'alarm-ended',
      alarm: note.operation === undefined ? 'credit-without-record' : 'note-unknown',
      subject: noteId,
    },
    ...(isStacked ? supplement(note, confirmation) : []),
  );
}

/** The same person does not become another by a capital letter or a space. */
export function isSamePerson(name: string, other: string): boolean {
  return tidyName(name).toLowerCase() === tidyName(other).toLowerCase();
}

function tidyName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ');
}

/** A note that appeared without a record has no wallet: what becomes of its money is decided outside the terminal. */
function supplement(note: UnknownNote, { nextOperationSerial, ids }: Confirmation): readonly Fact[] {
  const { operation, valueMinor, noteId, currency } = note;
  if (operation === undefined || valueMinor === undefined) return [];
  const operationId = ids.uuidV7() as OperationId;
  return [
    {
      kind: 'operation-opened',
      operationId,
      operationNumber: operationNumber(nextOperationSerial),
      wallet: operation.wallet,
      holderMasked: operation.holderMasked,
      currency,
      language: operation.language,
      holdId: undefined,
      limitMinor: valueMinor,
      offline: false,
      withoutPaper: true,
      supplementOf: { operationId: operation.operationId, noteId },
    },
    { kind: 'operation-closed', operationId, end: 'paid', amountMinor: valueMinor, claimId: undefined },
  ];
}

function facts(...all: readonly Fact[]): DeskAnswer {
  return { kind: 'facts', facts: all };
}

function refused(why: DeskRefusal): DeskAnswer {
  return { kind: 'refused', why };
}
