import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { v7 } from 'uuid';
import { StorageError } from '../db/errors.ts';
import { listPeriods } from '../db/history.ts';
import { type Ledger, openLedger } from '../db/ledger.ts';
import { ledgerFile, openReader } from '../db/open.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { listUnknownNotes } from '../db/unknown-notes.ts';
import { type DataPaths, dataPaths } from '../host/data-paths.ts';
import { openSealKey } from '../host/seal-key.ts';
import type { NoteResolution } from '../terminal/facts.ts';
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

/* Settles notes that no device can place any more (money rule M4). The terminal must be stopped. */

const usage = `Usage, while the terminal is stopped:
  npm run notes -- list
  npm run notes -- propose <note> stacked|returned|void --by <name> --reason <why>
  npm run notes -- confirm <note> --by <another name> [--period <number>]
Each takes --data <folder> (default: var/terminal). A note is named by its id or by the last digits of it.`;

/** A mistake of the person at the keyboard: said in one line, without a stack. */
class UsageError extends Error {}

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
  readonly data: string;
  readonly by: string;
  readonly reason: string;
  readonly period: string | undefined;
}

function readArguments(): Arguments {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string', default: 'var/terminal' },
        by: { type: 'string', default: '' },
        reason: { type: 'string', default: '' },
        period: { type: 'string' },
      },
    });
    return { words: positionals, ...values, period: values.period };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function run(given: Arguments): void {
  const [command, ...words] = given.words;
  const paths = dataPaths(given.data);
  switch (command) {
    case 'list':
      withLedger(paths, () => list(paths));
      break;
    case 'propose':
      withLedger(paths, (ledger) => propose(ledger, paths, words, given));
      break;
    case 'confirm':
      withLedger(paths, (ledger) => confirm(ledger, paths, words, given));
      break;
    default:
      throw new UsageError(usage);
  }
}

function withLedger(paths: DataPaths, work: (ledger: Ledger) => void): void {
  if (!existsSync(ledgerFile(paths.ledger.folder))) {
    throw new UsageError(`There is no ledger in ${paths.ledger.folder}.`);
  }
  const sealer = ed25519Sealer(openSealKey(paths.sealKeyPath));
  const ledger = openLedger(paths.ledger, { sealer, randomBytes });
  try {
    work(ledger);
  } finally {
    ledger.close();
  }
}

function list(paths: DataPaths): void {
  const notes = unknownNotes(paths);
  if (notes.length === 0) console.log('No note is unknown.');
  for (const note of notes) console.log(describe(note));
}

function propose(ledger: Ledger, paths: DataPaths, words: readonly string[], given: Arguments): void {
  const note = noteNamed(paths, words[0]);
  const as = resolutionNamed(words[1]);
  record(ledger, proposeResolution(note, { as, by: given.by, reason: given.reason }));
  console.log(`Proposed: ${note.noteId} is ${as}. A second person confirms it.`);
}

function confirm(ledger: Ledger, paths: DataPaths, words: readonly string[], given: Arguments): void {
  const note = noteNamed(paths, words[0]);
  const answer = confirmResolution(note, {
    by: given.by,
    periodId: given.period === undefined ? undefined : periodNumbered(paths, given.period),
    nextOperationSerial: ledger.load().nextOperationSerial,
    ids: { uuidV7: () => v7() },
  });
  record(ledger, answer);
  console.log(`Settled: ${note.noteId} is ${note.proposal?.as}.`);
}

function record(ledger: Ledger, answer: DeskAnswer): void {
  if (answer.kind === 'refused') throw new UsageError(refusals[answer.why]);
  ledger.commit(answer.facts, Date.now());
}

function unknownNotes(paths: DataPaths): readonly UnknownNote[] {
  return reading(paths, listUnknownNotes);
}

function noteNamed(paths: DataPaths, name: string | undefined): UnknownNote {
  const fitting = unknownNotes(paths).filter((note) => name !== undefined && note.noteId.endsWith(name));
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

function periodNumbered(paths: DataPaths, number: string): PeriodId {
  const periods = reading(paths, (database) => listPeriods(database, Number.MAX_SAFE_INTEGER));
  const period = periods.find(({ periodNumber }) => String(periodNumber) === number);
  if (period === undefined) throw new UsageError(`There is no period ${number}.`);
  return period.periodId;
}

function reading<Result>(
  paths: DataPaths,
  read: (database: ReturnType<typeof openReader>) => Result,
): Result {
  const database = openReader(paths.ledger.folder);
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
  run(readArguments());
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof StorageError;
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
