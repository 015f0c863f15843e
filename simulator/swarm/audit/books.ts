import type { Stage } from '../stage.ts';
import type { Accuse } from './breach.ts';
import { checkCollections } from './collections.ts';
import { type NoteRecord, type OperationRecord, readJournal } from './journal.ts';
import type { Paper, Papers } from './papers.ts';
import { checkSettlements } from './settlements.ts';

/*
 * The closing of the books, when all is healed and at rest: the paper in every cassette, the stored ledger and the
 * backend's own books must say the same, to the tiyn.
 */

interface Evidence {
  readonly stage: Stage;
  readonly papers: Papers;
  readonly notes: readonly NoteRecord[];
  readonly operations: readonly OperationRecord[];
  readonly accuse: Accuse;
}

/** Kinds of trouble after which an operation may wait for a person: the backend's own word stands against it. */
const waitsForPerson: ReadonlySet<string> = new Set(['refused', 'parked', 'voided']);

export function closeBooks(stage: Stage, papers: Papers, accuse: Accuse): void {
  const journal = readJournal(stage.ledger.databasePath);
  try {
    const evidence = { stage, papers, notes: journal.notes(), operations: journal.operations(), accuse };
    checkNotes(evidence);
    checkCassettes(evidence, journal.slips());
    checkCollections(stage, papers, evidence.notes, journal.slips(), accuse);
    checkDoubtful(evidence);
    checkOperations(evidence);
    checkSettlements(stage, evidence.operations, accuse);
    checkBackend(evidence);
    checkWallets(evidence);
    checkAlarms(evidence, journal.alarmsRaised());
    checkPulled(evidence);
  } finally {
    journal.close();
  }
}

// ---------------------------------------------------------------- notes

/** M4: what is `stacked` lies in a cassette, what lies there is `stacked`, one for one; nothing is left on its way. */
function checkNotes({ papers, notes, accuse }: Evidence): void {
  for (const { noteId, state } of notes) {
    if (state === 'escrowed' || state === 'intended' || state === 'unknown') {
      accuse('M4', `note ${noteId} is still ${state}`);
    }
  }
  const boxed = countByValue(papers.boxed().map(({ note }) => note.valueMinor));
  const stacked = countByValue(
    notes.flatMap(({ state, valueMinor }) => (state === 'stacked' ? [valueMinor ?? 0] : [])),
  );
  for (const value of new Set([...boxed.keys(), ...stacked.keys()])) {
    const [lie, stand] = [boxed.get(value) ?? 0, stacked.get(value) ?? 0];
    if (lie !== stand) accuse('M4', `${lie} notes of ${value} lie in cassettes, ${stand} are stacked`);
  }
  const records = new Map(notes.map((note) => [note.noteId, note]));
  for (const { record, note, cassette } of papers.all.values()) {
    const state = record === undefined ? undefined : records.get(record)?.state;
    if (state === 'stacked' && cassette === undefined) {
      accuse('M2', `${note.valueMinor} is credited and lies in no cassette (note ${record})`);
    }
    if (cassette !== undefined && state !== undefined && state !== 'stacked') {
      accuse('M4', `${note.valueMinor} lies in a cassette and is ${state} (note ${record})`);
    }
  }
}

/**
 * M11: what a period's slip calls certain lies in a cassette that stood there during that period. Two cassettes that
 * nobody saw change places share what their periods say.
 */
function checkCassettes(
  { papers, notes, accuse }: Evidence,
  slips: readonly { readonly period: string; readonly valueMinor: number; readonly count: number }[],
): void {
  for (const period of papers.periods.keys()) {
    const lying = countByValue(
      papers
        .boxed()
        .filter((paper) => stoodIn(papers, paper, period))
        .map(({ note }) => note.valueMinor),
    );
    for (const slip of slips) {
      if (slip.period !== period || slip.count <= (lying.get(slip.valueMinor) ?? 0)) continue;
      accuse(
        'M11',
        `a slip has ${slip.count} of ${slip.valueMinor}; there lie ${lying.get(slip.valueMinor) ?? 0}`,
      );
    }
  }
  const certain = notes.filter(({ state, inDoubt }) => state === 'stacked' && inDoubt === 0).length;
  const onSlips = slips.reduce((sum, { count }) => sum + count, 0);
  if (certain !== onSlips) accuse('M11', `${certain} notes are certain, the slips have ${onSlips}`);
}

interface CollectionTold {
  readonly periodId: string;
  readonly doubtfulNotes: readonly { readonly noteId: string }[];
}

/**
 * M11: a note's period is that of its credit event; one in doubt stands on the slip of the cassette that it was meant for
 * and on that of the one which was named by its credit event.
 */
function checkDoubtful({ stage, papers, notes, accuse }: Evidence): void {
  const slips = new Map(
    stage.world.backend.records('collection').map(({ body }) => {
      const { periodId, doubtfulNotes } = body as CollectionTold;
      return [periodId, new Set(doubtfulNotes.map(({ noteId }) => noteId))];
    }),
  );
  for (const { noteId, state, inDoubt, intentPeriod, stackedPeriod } of notes) {
    const credited = papers.creditPeriods.get(noteId);
    if (state !== 'stacked' || credited === undefined) continue;
    if (stackedPeriod !== credited)
      accuse('M11', `note ${noteId} is not counted for the period of its credit`);
    if (inDoubt === 0 || intentPeriod === null) continue;
    for (const period of new Set([intentPeriod, stackedPeriod])) {
      const slip = slips.get(period ?? '');
      if (slip !== undefined && !slip.has(noteId)) {
        accuse('M11', `note ${noteId} is in doubt, and a slip of its period does not name it`);
      }
    }
  }
}

function stoodIn(papers: Papers, { cassette }: Paper, period: string): boolean {
  const during = papers.periods.get(period);
  const stays = cassette === undefined ? [] : (papers.cassettes[cassette]?.stays ?? []);
  return (
    during !== undefined &&
    stays.some((stay) => stay.fromMonoMs <= during.untilMonoMs && stay.untilMonoMs >= during.fromMonoMs)
  );
}

// ---------------------------------------------------------------- operations

/** M8, M12: every stacked note is paid once, with its operation or by one supplement to the same wallet. */
function checkOperations({ notes, operations, accuse }: Evidence): void {
  const supplemented = operations.flatMap(({ supplementNote }) => supplementNote ?? []);
  if (new Set(supplemented).size !== supplemented.length) accuse('M8', 'a note has two supplements');
  for (const operation of operations) {
    const { operationId, operationNumber, state, amountMinor, supplementNote, reroutedFrom } = operation;
    const own = notes.filter((note) => note.operationId === operationId);
    if (state === 'open') accuse('M12', `operation ${operationNumber} is still open`);
    if (state === 'cancelled' && own.some((note) => note.state === 'stacked')) {
      accuse('M12', `operation ${operationNumber} was cancelled with money in`);
    }
    if (state !== 'closed' || reroutedFrom !== null) continue;
    if (supplementNote !== null) {
      checkSupplement(operation, operations, notes, accuse);
      continue;
    }
    const dueMinor = own
      .filter((note) => note.state === 'stacked' && !supplemented.includes(note.noteId))
      .reduce((sum, { valueMinor }) => sum + (valueMinor ?? 0), 0);
    if (amountMinor !== dueMinor)
      accuse('M12', `${operationNumber} pays ${amountMinor}, its notes are ${dueMinor}`);
  }
}

function checkSupplement(
  supplement: OperationRecord,
  operations: readonly OperationRecord[],
  notes: readonly NoteRecord[],
  accuse: Accuse,
): void {
  const note = notes.find(({ noteId }) => noteId === supplement.supplementNote);
  const former = operations.find(({ operationId }) => operationId === supplement.supplementOf);
  const fits =
    note?.state === 'stacked' &&
    note.valueMinor === supplement.amountMinor &&
    note.operationId === former?.operationId &&
    former?.phone === supplement.phone &&
    former?.end === 'needs-help';
  if (!fits) accuse('M8', `supplement ${supplement.operationNumber} does not fit its note`);
}

// ---------------------------------------------------------------- backend

/** M9: each closed sum once, and nothing else; what is not credited waits for a person. */
function checkBackend({ stage, operations, accuse }: Evidence): void {
  const { ledger } = stage.world.backend;
  ledger.check();
  const known = new Set<string>();
  for (const { operationId, operationNumber, amountMinor, topUp, topUpReason } of operations) {
    if ((amountMinor ?? 0) === 0) continue;
    known.add(operationId);
    const creditedMinor = ledger.creditedMinor(operationId);
    const isForgotten = stage.forgotten.has(operationId);
    if (creditedMinor !== 0 && creditedMinor !== amountMinor) {
      accuse('M9', `${operationNumber}: ${creditedMinor} credited for ${amountMinor}`);
    }
    if (topUp === 'credited' && creditedMinor === 0 && !isForgotten) {
      accuse('M9', `${operationNumber} is called credited, and is not`);
    }
    if (topUp === 'parked' && topUpReason === 'answer-mismatch' && !hasContradicted(stage)) {
      accuse('M9', `${operationNumber} is parked for a contradiction, and the backend never contradicted`);
    }
    if (topUp !== 'credited' && !waitsForPerson.has(topUp ?? '')) {
      accuse('M10', `${operationNumber} is ${topUp} after everything has healed`);
    }
  }
  for (const { operationId } of ledger.operations()) {
    if (!known.has(operationId)) accuse('M9', `the backend knows ${operationId}, the terminal does not`);
  }
}

const contradictions = ['wrong-id', 'wrong-amount', 'wrong-wallet', 'answer-of-another'] as const;

function hasContradicted({ struck }: Stage): boolean {
  return contradictions.some((kind) => struck.has(kind));
}

/** To the wallet that was on the screen when the note went in, each note once. */
function checkWallets({ papers, notes, operations, accuse }: Evidence): void {
  const records = new Map(notes.map((note) => [note.noteId, note]));
  const phones = new Map(operations.map(({ operationId, phone }) => [operationId, phone]));
  for (const { record, wallet, note } of papers.boxed()) {
    const operationId = record === undefined ? undefined : records.get(record)?.operationId;
    if (operationId === undefined || operationId === null || wallet === undefined) continue;
    const phone = phones.get(operationId);
    if (phone !== wallet) accuse('M8', `${note.valueMinor} was paid in for one wallet, and goes to another`);
  }
}

/** One alarm for each note that ever was unknown; the backend has heard of it. */
function checkAlarms(
  { stage, papers, accuse }: Evidence,
  alarms: readonly { readonly alarm: string; readonly subject: string }[],
): void {
  const doubtful = stage.world.facts.flatMap((fact) =>
    fact.kind === 'note-unknown' || fact.kind === 'note-appeared' ? [fact.noteId as string] : [],
  );
  const raised = alarms.filter(({ alarm }) => alarm === 'note-unknown' || alarm === 'credit-without-record');
  const told = JSON.stringify(stage.world.backend.records('event'));
  for (const noteId of papers.madeUp) accuse('M5', `note ${noteId} appeared, and there is no such paper`);
  for (const noteId of doubtful) {
    const count = raised.filter(({ subject }) => subject === noteId).length;
    if (count !== 1) accuse('M12', `${count} alarms for the unknown note ${noteId}`);
    // What the backend had heard it may have forgotten with a backup.
    if (!stage.struck.has('backend-restored') && !told.includes(noteId))
      accuse('M12', `the office has not heard of note ${noteId}`);
  }
}

/** M11: a cassette that is pulled without log-in closes its period; each alarm about one comes with such a closing. */
function checkPulled({ stage, accuse }: Evidence): void {
  const { facts } = stage.world;
  const alarms = facts.filter(
    (fact) => fact.kind === 'alarm-raised' && fact.alarm === 'cassette-removed-unannounced',
  );
  const closings = facts.filter((fact) => fact.kind === 'period-closed' && fact.how === 'unannounced');
  if (alarms.length !== closings.length) {
    accuse('M11', `${alarms.length} cassettes were pulled, and ${closings.length} periods closed over it`);
  }
}

function countByValue(values: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
