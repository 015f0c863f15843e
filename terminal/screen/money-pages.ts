import type { ServicePageView } from '../contract/service-mode.ts';
import type { ReceiptNote } from '../receipt/receipt-data.ts';
import type { HistoryRow, OperationSummary } from '../service-mode/desk.ts';
import { shownNote } from '../service-mode/notes.ts';
import {
  type FindOperationPage,
  type NotesPage,
  noteReasons,
  type OperationPage,
  type OperationsPage,
  settlementReasons,
} from '../service-mode/state.ts';

/* The money desk as its screen sees it. No phone and no name leaves here: a bystander reads along. */

type ViewOf<Kind extends ServicePageView['kind']> = Extract<ServicePageView, { kind: Kind }>;
type Line = NonNullable<ViewOf<'operations'>['operations']>[number];

export function operationsView({ who, place, operations, fault }: OperationsPage): ViewOf<'operations'> {
  const { kind } = place.list;
  return {
    kind: 'operations',
    who: { ...who },
    list: kind === 'last-four' || kind === 'until' ? 'found' : kind,
    ...(operations === undefined ? {} : { operations: operations.map(lineOf) }),
    ...(fault === undefined ? {} : { fault }),
  };
}

function lineOf(summary: OperationSummary): Line {
  const { operationNumber, endedAtMs, openedAtMs, amountMinor, topUp, settledAs } = summary;
  return {
    operationNumber,
    atMs: endedAtMs ?? openedAtMs,
    ...(amountMinor === undefined ? {} : { amountMinor }),
    sign: signOf(summary),
    state: settledAs ?? topUp?.state ?? summary.end ?? summary.state,
    ...(topUp?.reason === undefined ? {} : { reason: topUp.reason }),
    attempts: topUp?.attempts ?? 0,
    ...(topUp?.nextTryAtMs === undefined ? {} : { nextTryAtMs: topUp.nextTryAtMs }),
  };
}

/** As customers see it; what persons have settled is over, but it was never credited. */
function signOf({ topUp, end, settledAs }: OperationSummary): Line['sign'] {
  if (settledAs !== undefined) return 'none';
  if (topUp === undefined) return end === 'needs-help' ? 'needs-help' : 'none';
  if (end === 'needs-help') return 'needs-help';
  if (topUp.state === 'credited') return 'credited';
  return topUp.state === 'waiting' || topUp.state === 'accepted' ? 'on-its-way' : 'needs-help';
}

export function findView({ who, by, digits, requestId, fault }: FindOperationPage): ViewOf<'find-operation'> {
  return {
    kind: 'find-operation',
    who: { ...who },
    by,
    digits,
    isLooking: requestId !== undefined,
    ...(fault === undefined ? {} : { fault }),
  };
}

export function operationView(page: OperationPage): ViewOf<'operation'> {
  const { who, detail, print, asking, fault } = page;
  return {
    kind: 'operation',
    who: { ...who },
    ...(detail === undefined
      ? {}
      : {
          operation: {
            ...lineOf(detail.summary),
            notes: detail.payment?.notes.map(noteView) ?? [],
            history: detail.history.map(historyView),
            ...proposalView(detail.proposal),
            isOwnProposal: detail.proposal?.by === who.staffId,
          },
        }),
    print: print.kind,
    ...(asking === undefined ? {} : { asking: askingView(asking) }),
    ...(fault === undefined ? {} : { fault }),
  };
}

export function historyView({ sequence, atMs, kind, by, why }: HistoryRow) {
  return { sequence, atMs, kind, ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
}

function noteView({ valueMinor, state }: ReceiptNote) {
  return { ...(valueMinor === undefined ? {} : { valueMinor }), state };
}

function proposalView<Way extends string>(
  proposal: { readonly as: Way; readonly by: string; readonly reason: string } | undefined,
): { proposal?: { as: Way; by: string; reason: string } } {
  if (proposal === undefined) return {};
  const { as, by, reason } = proposal;
  return { proposal: { as, by, reason } };
}

function askingView(
  asking: NonNullable<OperationPage['asking']>,
): NonNullable<ViewOf<'operation'>['asking']> {
  switch (asking.kind) {
    case 'void':
      return { kind: 'void' };
    case 'reason':
      return { kind: 'reason', as: asking.as, reasons: settlementReasons };
    case 'wallet':
      return { kind: 'wallet', digits: asking.digits, isSecondPerson: asking.reason === undefined };
  }
}

export function notesView(page: NotesPage): ViewOf<'notes'> {
  const { who, notes, index, as, fault } = page;
  const note = shownNote(page);
  return {
    kind: 'notes',
    who: { ...who },
    ...(notes === undefined ? {} : { count: notes.length }),
    index,
    ...(note === undefined
      ? {}
      : {
          note: {
            ...(note.valueMinor === undefined ? {} : { valueMinor: note.valueMinor }),
            sinceMs: note.changedAtMs,
            ...(note.why === undefined ? {} : { why: note.why }),
            ...(note.operation === undefined ? {} : { operationNumber: note.operation.operationNumber }),
            ...(note.period === undefined ? {} : { periodNumber: note.period.periodNumber }),
            ...proposalView(note.proposal),
            isOwnProposal: note.proposal?.by === who.staffId,
          },
        }),
    ...(as === undefined ? {} : { as }),
    reasons: as === undefined ? [] : noteReasons,
    ...(fault === undefined ? {} : { fault }),
  };
}
