import type { Database as Sqlite } from 'better-sqlite3';
import { assert } from '../terminal/assert.ts';
import type { Fact } from '../terminal/facts.ts';
import type { Figures } from '../terminal/fleet/figures.ts';
import type { WalletPhone } from '../terminal/ids.ts';
import type { StaffId } from '../terminal/staff/staff.ts';
import type { Committed, DueMessages, DueTopUps, RegisterRow, StoredState } from '../terminal/store.ts';
import { type AnchorFile, type ChainTip, makeFolder } from './anchor.ts';
import { CheckpointWriter, verifiedCheckpoint } from './checkpoints.ts';
import { DueRows } from './due.ts';
import { isDiskFull, StorageError, toStorageError } from './errors.ts';
import { FiguresReader } from './figures.ts';
import { containsTip, JournalWriter, verifyChain } from './journal.ts';
import { loadState } from './load.ts';
import { type LedgerLock, lockLedger } from './lock.ts';
import { openWriter } from './open.ts';
import { openAnchor } from './open-anchor.ts';
import { type Erasure, erasePhone, Phones, type RandomBytes } from './phones.ts';
import { Projections, rebuildProjections } from './projections.ts';
import { encodePayload, type RecordedFact } from './recorded-fact.ts';
import { keepReserve, type Reserve } from './reserve.ts';
import type { Sealer } from './sealer.ts';
import { StaffPins } from './staff.ts';

export interface LedgerPlace {
  /** Database, lock and reserve; made if missing. */
  readonly folder: string;
  /** The anchor file: not inside `folder`, best on another disk. */
  readonly anchorPath: string;
}

export interface LedgerParts {
  readonly sealer: Sealer;
  readonly randomBytes: RandomBytes;
}

/** Facts that stand or fall together, with the wall time at which they were decided. */
export interface Commit {
  readonly facts: readonly Fact[];
  readonly wallMs: number;
}

/** So many rows after a sealed checkpoint the next one is written. */
const rowsPerCheckpoint = 5_000;
/** A commit is one moment of one terminal; the largest are the answers to a batch. */
export const factsPerCommitMax = 4_000;
/** What a start may have to walk (money rule M6). */
const rowsWalkedMax = 10_000;

assert(rowsPerCheckpoint + factsPerCommitMax <= rowsWalkedMax, 'a start walks at most 10 000 rows');

/** Opens, locks and verifies the ledger; throws a {@link StorageError} that says why it may not be used. */
export function openLedger(place: LedgerPlace, parts: LedgerParts): Ledger {
  let lock: LedgerLock | undefined;
  let database: Sqlite | undefined;
  let anchor: AnchorFile | undefined;
  try {
    ({ lock, database } = lockAndOpen(place.folder));
    anchor = openAnchor(database, place.anchorPath);
    const checkpoint = verifiedCheckpoint(database, parts.sealer);
    const tip = verifyChain(database, checkpoint);
    const reserve = keepReserve(place.folder);
    return new Ledger({
      ...parts,
      lock,
      database,
      anchor,
      reserve,
      tip,
      sealedSequence: checkpoint.sequence,
    });
  } catch (error) {
    anchor?.close();
    database?.close();
    lock?.release();
    throw toStorageError(error);
  }
}

function lockAndOpen(folder: string): { readonly lock: LedgerLock; readonly database: Sqlite } {
  makeFolder(folder);
  const lock = lockLedger(folder);
  try {
    return { lock, database: openWriter(folder) };
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface LedgerState extends LedgerParts {
  readonly lock: LedgerLock;
  readonly database: Sqlite;
  readonly anchor: AnchorFile;
  readonly reserve: Reserve;
  readonly tip: ChainTip;
  readonly sealedSequence: number;
}

/** The ledger of one terminal, open for writing. Every call blocks until it is done: it belongs in its own thread. */
export class Ledger {
  readonly #parts: LedgerState;
  readonly #database: Sqlite;
  readonly #journal: JournalWriter;
  readonly #projections: Projections;
  readonly #checkpoints: CheckpointWriter;
  readonly #phones: Phones;
  readonly #pins: StaffPins;
  readonly #due: DueRows;
  readonly #figures: FiguresReader;
  #tip: ChainTip;
  #sealedSequence: number;
  #diskFull: boolean;
  #stopped: StorageError | undefined;
  #isOpen = true;

  constructor(parts: LedgerState) {
    this.#parts = parts;
    this.#database = parts.database;
    this.#journal = new JournalWriter(parts.database);
    this.#projections = new Projections(parts.database);
    this.#checkpoints = new CheckpointWriter(parts.database, parts.sealer);
    this.#phones = new Phones(parts.database, parts.randomBytes);
    this.#pins = new StaffPins(parts.database);
    this.#due = new DueRows(parts.database);
    this.#figures = new FiguresReader(parts.database);
    this.#tip = parts.tip;
    this.#sealedSequence = parts.sealedSequence;
    this.#diskFull = !parts.reserve.isTaken;
  }

  commit(facts: readonly Fact[], wallMs: number): Committed {
    const [committed] = this.commitGroup([{ facts, wallMs }]);
    assert(committed !== undefined, 'one commit has one outcome');
    return committed;
  }

  /**
   * Several commits in one transaction: one wait for the disk instead of many. Each keeps its own outcome; a failure
   * is the failure of all, and of the store (money rule M14).
   */
  commitGroup(commits: readonly Commit[]): readonly Committed[] {
    return this.#guarded(() => {
      const tips = this.#writeOrSpendReserve(commits);
      this.#parts.anchor.write(this.#tip);
      return tips.map(({ sequence, head }) => ({ sequence, head, diskFull: this.#diskFull }));
    });
  }

  load(): StoredState {
    return this.#guarded(() => loadState(this.#database));
  }

  dueTopUps(atMs: number, limit: number): DueTopUps {
    return this.#guarded(() => this.#due.topUps(atMs, limit));
  }

  dueMessages(atMs: number, limit: number): DueMessages {
    return this.#guarded(() => this.#due.messages(atMs, limit));
  }

  /** Every top-up closed in `fromMs` ≤ t < `toMs`. */
  registerRows(fromMs: number, toMs: number): readonly RegisterRow[] {
    return this.#guarded(() => this.#due.register(fromMs, toMs));
  }

  figures(): Figures {
    return this.#guarded(() => this.#figures.read());
  }

  pinVerifier(staffId: StaffId): string | undefined {
    return this.#guarded(() => this.#pins.verifierOf(staffId));
  }

  containsAnchor(anchor: ChainTip): boolean {
    return this.#guarded(() => containsTip(this.#database, anchor));
  }

  /** Moves the write-ahead log into the database. A long read may keep part of it back until the next time. */
  checkpoint(): void {
    this.#guarded(() => void this.#database.pragma('wal_checkpoint(RESTART)'));
  }

  /** Makes every projection again from the journal. */
  rebuild(): void {
    this.#guarded(() => rebuildProjections(this.#database));
  }

  /** Forgets a phone for good, if no money hangs on it. */
  erasePhone(phone: WalletPhone): Erasure {
    return this.#guarded(() =>
      this.#database.transaction(() => erasePhone(this.#database, phone)).immediate(),
    );
  }

  /** Seals the end of the chain, so that the next start has nothing to walk, and lets everything go. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const wasStopped = this.#stopped !== undefined;
    this.#stopped ??= new StorageError('stopped', 'the store is closed');
    try {
      if (!wasStopped && this.#tip.sequence > this.#sealedSequence) {
        this.#database.transaction(() => this.#checkpoints.write(this.#tip))();
      }
    } finally {
      this.#parts.anchor.close();
      this.#database.close();
      this.#parts.lock.release();
    }
  }

  /** Lets everything go without another word, as the end of the process would. */
  abandon(): void {
    this.#stopped ??= new StorageError('stopped', 'the store is abandoned');
    this.close();
  }

  #writeOrSpendReserve(commits: readonly Commit[]): readonly ChainTip[] {
    try {
      return this.#write(commits);
    } catch (error) {
      if (!isDiskFull(error) || !this.#parts.reserve.release()) throw error;
      this.#diskFull = true;
      return this.#write(commits);
    }
  }

  #write(commits: readonly Commit[]): readonly ChainTip[] {
    let tip = this.#tip;
    let sealed = this.#sealedSequence;
    const tips = this.#database
      .transaction(() =>
        commits.map((commit) => {
          tip = this.#append(tip, commit);
          if (tip.sequence - sealed >= rowsPerCheckpoint) {
            this.#checkpoints.write(tip);
            sealed = tip.sequence;
          }
          return tip;
        }),
      )
      .immediate();
    this.#tip = tip;
    this.#sealedSequence = sealed;
    return tips;
  }

  #append(from: ChainTip, { facts, wallMs }: Commit): ChainTip {
    assert(facts.length > 0 && facts.length <= factsPerCommitMax, 'a commit has facts, and not too many');
    let tip = from;
    this.#projections.beginCommit();
    for (const fact of facts) {
      const recorded = this.#record(fact);
      const at = this.#journal.append(tip, wallMs, fact.kind, encodePayload(recorded));
      this.#projections.apply(recorded, at);
      tip = at;
    }
    this.#projections.endCommit();
    return tip;
  }

  #record(fact: Fact): RecordedFact {
    switch (fact.kind) {
      case 'operation-opened':
        return { ...fact, wallet: this.#phones.hashOf(fact.wallet) };
      case 'settlement-proposed':
        return { ...fact, wallet: fact.wallet && this.#phones.hashOf(fact.wallet) };
      case 'staff-pin-set':
        return this.#pins.keep(fact);
      default:
        return fact;
    }
  }

  /** Any error is the last thing this store says (money rule M14). */
  #guarded<Result>(work: () => Result): Result {
    if (this.#stopped !== undefined) throw new StorageError('stopped', this.#stopped.message, this.#stopped);
    try {
      return work();
    } catch (error) {
      this.#stopped = toStorageError(error);
      throw this.#stopped;
    }
  }
}
