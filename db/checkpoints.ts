import type { Database as Sqlite, Statement } from 'better-sqlite3';
import { type ChainTip, emptyTip } from './anchor.ts';
import { StorageError } from './errors.ts';
import { containsTip } from './journal.ts';
import type { Sealer } from './sealer.ts';
import { workingSetDigest } from './working-set.ts';

interface SealedCheckpoint {
  readonly sequence: number;
  readonly head: Buffer;
  readonly projections: Buffer;
  readonly seal: Buffer;
}

/** What is signed. */
function sealedMessage(tip: ChainTip, projections: Uint8Array): Uint8Array {
  const digest = Buffer.from(projections).toString('hex');
  return Buffer.from(`qyzyl-checkpoint/1\n${tip.sequence}\n${tip.head}\n${digest}\n`, 'latin1');
}

/** Writes sealed checkpoints; a start walks the chain only from the last one (money rule M6). */
export class CheckpointWriter {
  readonly #database: Sqlite;
  readonly #sealer: Sealer;
  readonly #insert: Statement<[number, Buffer, Buffer, Uint8Array]>;

  constructor(database: Sqlite, sealer: Sealer) {
    this.#database = database;
    this.#sealer = sealer;
    this.#insert = database.prepare('INSERT INTO sealed_checkpoint VALUES (?, ?, ?, ?)');
  }

  /** Within the transaction that wrote the row at `tip`. */
  write(tip: ChainTip): void {
    const projections = workingSetDigest(this.#database);
    const seal = this.#sealer.seal(sealedMessage(tip, projections));
    this.#insert.run(tip.sequence, Buffer.from(tip.head, 'hex'), projections, seal);
  }
}

/**
 * The tip of the last sealed checkpoint, with its seal and its place in the chain verified; the empty tip if none was
 * written yet. Where it is the end of the chain, the projections must still say what they said then.
 */
export function verifiedCheckpoint(database: Sqlite, sealer: Sealer): ChainTip {
  const last = database
    .prepare<[], SealedCheckpoint>('SELECT * FROM sealed_checkpoint ORDER BY sequence DESC LIMIT 1')
    .get();
  if (last === undefined) return emptyTip;
  const tip = verifySeal(database, sealer, last);
  const end = database.prepare<[], number>('SELECT max(sequence) FROM journal').pluck().get();
  if (end === tip.sequence && !workingSetDigest(database).equals(last.projections)) {
    throw new StorageError('damaged', 'the projections are not what the last sealed checkpoint says');
  }
  return tip;
}

/** Every checkpoint there is, for the full walk. */
export function verifyAllSeals(database: Sqlite, sealer: Sealer): number {
  const all = database
    .prepare<[], SealedCheckpoint>('SELECT * FROM sealed_checkpoint ORDER BY sequence')
    .all();
  for (const checkpoint of all) verifySeal(database, sealer, checkpoint);
  return all.length;
}

/** What each sealed checkpoint says of the projections, by its sequence. */
export function workingSetsSealed(database: Sqlite): ReadonlyMap<number, Buffer> {
  const all = database.prepare<[], SealedCheckpoint>('SELECT * FROM sealed_checkpoint').all();
  return new Map(all.map(({ sequence, projections }) => [sequence, projections]));
}

function verifySeal(database: Sqlite, sealer: Sealer, checkpoint: SealedCheckpoint): ChainTip {
  const tip = { sequence: checkpoint.sequence, head: checkpoint.head.toString('hex') };
  if (!sealer.isSeal(sealedMessage(tip, checkpoint.projections), checkpoint.seal)) {
    throw new StorageError('damaged', `the seal of the checkpoint at row ${tip.sequence} is not ours`);
  }
  if (!containsTip(database, tip)) {
    throw new StorageError(
      'damaged',
      `the chain does not pass through the checkpoint at row ${tip.sequence}`,
    );
  }
  return tip;
}
