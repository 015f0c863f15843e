import { v7 } from 'uuid';
import { StorageError } from '../db/errors.ts';
import { listPeriods } from '../db/history.ts';
import type { Ledger } from '../db/ledger.ts';
import { openReader } from '../db/open.ts';
import { listUnknownNotes } from '../db/unknown-notes.ts';
import type { Fact, NoteResolution } from '../terminal/facts.ts';
import type { PeriodId } from '../terminal/ids.ts';
import { formatMinor } from '../terminal/money.ts';
import {
  confirmResolution,
  type DeskAnswer,
  type DeskRefusal,
  proposeResolution,
  type UnknownNote,
} from '../terminal/notes-desk.ts';
import { formatOperationNumber } from '../terminal/operation-number.ts';
import { readOptions } from './options.ts';
import { type Places, readPlaces, withLedger } from './stopped-ledger.ts';
import { UsageError } from './usage-error.ts';

/* Settles notes that no device can place any more (money rule M4). The terminal must be stopped. */

const usage = `Usage, while the terminal is stopped:
  npm run notes -- list
  npm run notes -- propose <note> stacked|returned|void --by <name> --reason <why>
  npm run notes -- confirm <note> --by <another name> [--period <number>]
  npm run notes -- cassette-seen --by <name>      a cassette pulled without log-in has been seen to
Each takes --settings <file> (default: var/terminal/settings.json). A note is named by its id or by the last digits of it.`;

const refusals: Readonly<Record<DeskRefusal, string>> = {
  'name-missing': 'Say who you are: --by <name>.',
  'reason-missing': 'Say why: --reason <why>.',
  'nothing-proposed': 'Nobody has proposed anything for this note yet.',
  'same-person': 'A second person must confirm.',
  'operation-open': 'The visit of this note has not ended; start the terminal and let it end.',
  'period-missing': 'Say which cassette period holds the note: --period <number>.',
};

interface Arguments {
  readonly words: readonly string[];
  readonly settings: string;
  readonly by: string;
  readonly reason: string;
  readonly period: string | undefined;
}

function readArguments(): Arguments {
  const { positionals, values } = readOptions(usage, {
    allowPositionals: true,
    options: {
      settings: { type: 'string', default: 'var/terminal/settings.json' },
      by: { type: 'string', default: '' },
      reason: { type: 'string', default: '' },
      period: { type: 'string' },
    },
  });
  return { words: positionals, ...values, period: values.period };
}

async function run(given: Arguments): Promise<void> {
  const [command, ...words] = given.words;
  const places = readPlaces(given.settings);
  switch (command) {
    case 'list':
      return withLedger(places, () => list(places));
    case 'propose':
      return withLedger(places, (ledger) => propose(ledger, places, words, given));
    case 'confirm':
      return withLedger(places, (ledger) => confirm(ledger, places, words, given));
    case 'cassette-seen':
      return withLedger(places, (ledger) => seeCassette(ledger, given.by));
    default:
      throw new UsageError(usage);
  }
}

function list(places: Places): void {
  const notes = unknownNotes(places);
  if (notes.length === 0) console.log('No note is unknown.');
  for (const note of notes) console.log(describe(note));
}

function propose(ledger: Ledger, places: Places, words: readonly string[], given: Arguments): void {
  const note = noteNamed(places, words[0]);
  const as = resolutionNamed(words[1]);
  record(ledger, proposeResolution(note, { as, by: given.by, reason: given.reason }));
  console.log(`Proposed: ${note.noteId} is ${as}. A second person confirms it.`);
}

function confirm(ledger: Ledger, places: Places, words: readonly string[], given: Arguments): void {
  const note = noteNamed(places, words[0]);
  const answer = confirmResolution(note, {
    by: given.by,
    periodId: given.period === undefined ? undefined : periodNumbered(places, given.period),
    nextOperationSerial: ledger.load().nextOperationSerial,
    ids: { uuidV7: () => v7() },
  });
  record(ledger, answer);
  console.log(`Settled: ${note.noteId} is ${note.proposal?.as}.`);
}

/** Until service mode asks on the screen: the terminal sells again only after somebody has answered for it (M11). */
function seeCassette(ledger: Ledger, by: string): void {
  if (by === '') throw new UsageError(refusals['name-missing']);
  const standing = ledger
    .load()
    .standingAlarms.filter(({ alarm }) => alarm === 'cassette-removed-unannounced');
  if (standing.length === 0) throw new UsageError('No cassette was pulled without log-in.');
  const ended = standing.map(
    ({ subject }): Fact => ({
      kind: 'alarm-ended',
      alarm: 'cassette-removed-unannounced',
      subject,
    }),
  );
  ledger.commit([{ kind: 'collector-seen', by }, ...ended], Date.now());
  console.log('Recorded. The terminal sells again when its acceptor says that the cassette is in.');
}

function record(ledger: Ledger, answer: DeskAnswer): void {
  if (answer.kind === 'refused') throw new UsageError(refusals[answer.why]);
  ledger.commit(answer.facts, Date.now());
}

function unknownNotes(places: Places): readonly UnknownNote[] {
  return reading(places, listUnknownNotes);
}

function noteNamed(places: Places, name: string | undefined): UnknownNote {
  const fitting = unknownNotes(places).filter((note) => name !== undefined && note.noteId.endsWith(name));
  const [note] = fitting;
  if (note === undefined) throw new UsageError(`No unknown note is named ${name ?? 'nothing'}.`);
  if (fitting.length > 1)
    throw new UsageError(`${fitting.length} notes end in ${name}; give more of the id.`);
  return note;
}

function resolutionNamed(name: string | undefined): NoteResolution {
  if (name === 'stacked' || name === 'returned' || name === 'void') return name;
  throw new UsageError('A note is stacked, returned or void.');
}

function periodNumbered(places: Places, number: string): PeriodId {
  const periods = reading(places, (database) => listPeriods(database, Number.MAX_SAFE_INTEGER));
  const period = periods.find(({ periodNumber }) => String(periodNumber) === number);
  if (period === undefined) throw new UsageError(`There is no period ${number}.`);
  return period.periodId;
}

function reading<Result>(places: Places, read: (database: ReturnType<typeof openReader>) => Result): Result {
  const database = openReader(places.databaseFolder);
  try {
    return read(database);
  } finally {
    database.close();
  }
}

function describe(note: UnknownNote): string {
  const { valueMinor, operation, proposal, period } = note;
  return [
    note.noteId,
    `  value      ${valueMinor === undefined ? 'not known' : formatMinor(valueMinor)}`,
    `  since      ${new Date(note.changedAtMs).toISOString()} (${note.why ?? 'credit event without a record'})`,
    `  operation  ${operation === undefined ? 'none' : formatOperationNumber(operation.operationNumber)}`,
    `  period     ${period?.periodNumber ?? 'not known'}`,
    `  proposed   ${proposal === undefined ? 'nothing' : `${proposal.as} by ${proposal.by}: ${proposal.reason}`}`,
  ].join('\n');
}

try {
  await run(readArguments());
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof StorageError;
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
