import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { readAnchorFile } from '../db/anchor.ts';
import { auditLedger } from '../db/audit.ts';
import { StorageError } from '../db/errors.ts';
import { readOptions } from './options.ts';
import { UsageError } from './usage-error.ts';

/* For an auditor: whether a ledger is what was written. Reads only, also beside a running terminal. */

const usage = `Usage:
  npm run audit -- verify <database> [--anchor <file>]
Walks the journal's chain, and makes every other table again from it to compare. With the anchor file it also notices
an end that was cut off. Names the first row that is broken; exit code 1 if there is one.`;

function run(): void {
  const { positionals, values } = readArguments();
  const [command, path, ...more] = positionals;
  if (command !== 'verify' || path === undefined || more.length > 0) throw new UsageError(usage);
  for (const file of [path, ...(values.anchor === undefined ? [] : [values.anchor])]) {
    if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`);
  }
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    database.pragma('query_only = ON');
    const verdict = auditLedger(
      database,
      values.anchor === undefined ? undefined : readAnchorFile(values.anchor),
    );
    if (verdict.kind === 'broken') throw new UsageError(verdict.words);
    const { tip, tables } = verdict;
    console.log(`Sound: ${tip.sequence} journal rows, head ${tip.head}; ${tables} tables follow from them.`);
    console.log(
      values.anchor === undefined
        ? 'Not compared with an anchor: a cut end would not show.'
        : 'The anchor fits.',
    );
  } finally {
    database.close();
  }
}

function readArguments() {
  return readOptions(usage, { allowPositionals: true, options: { anchor: { type: 'string' } } });
}

try {
  run();
} catch (error) {
  const isExpected =
    error instanceof UsageError || error instanceof StorageError || error instanceof Database.SqliteError;
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
