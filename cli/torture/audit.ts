import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ledgerFile } from '../../db/open.ts';
import {
  type Journal,
  type NoteRecord,
  type OperationRecord,
  readJournal,
} from '../../simulator/swarm/audit/journal.ts';
import type { ScreenView } from '../../terminal/contract/messages.ts';
import { type Anchor, ChainWalk, readAnchorFile } from './chain.ts';
import type { Machine } from './machine.ts';

/** What a killed process had told the world. */
export interface Told {
  readonly anchor: Anchor | undefined;
  /** What the customer saw counted, of a visit that had not ended. */
  readonly insertedMinor: number;
  /** Every end of a visit that was on the screen. */
  readonly results: readonly Result[];
}

export type Result = Pick<
  Extract<ScreenView['screen'], { kind: 'result' }>,
  'operationNumber' | 'amountMinor' | 'result'
>;

/**
 * Believes nobody: compares the paper in the cassette, the stored journal, the backend's books and what was told before
 * the kill. Everything is read from outside, with queries of its own.
 */
export class Auditor {
  readonly #machine: Machine;
  readonly #databasePath: string;
  readonly #chain: ChainWalk;
  #complaints: string[] = [];

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#databasePath = ledgerFile(join(machine.folder, 'ledger'));
    this.#chain = new ChainWalk(this.#databasePath);
  }

  /** The anchor as the dead process has left it. */
  anchor(): Anchor | undefined {
    return readAnchorFile(join(this.#machine.folder, 'anchor', 'anchor'));
  }

  /** Whether every note has been placed: none on its way in the machine, none in the journal. */
  isSettled(): boolean {
    return this.#read((journal) =>
      journal.notes().every(({ state }) => state !== 'escrowed' && state !== 'intended'),
    );
  }

  /** What does not hold after a restart, once the notes have been placed and before anybody touches the screen. */
  afterRestart(told: Told): readonly string[] {
    return this.#audited((journal) => {
      const [notes, operations] = [journal.notes(), journal.operations()];
      this.#checkChain(told.anchor);
      this.#checkNotes(notes, journal.alarmsRaised());
      this.#checkOperations(notes, operations);
      this.#checkBackend(operations);
      this.#checkTold(told, notes, operations);
    });
  }

  /** Everything closed has been credited: the queue is empty. */
  isDelivered(): boolean {
    return this.#read((journal) => journal.waiting() === 0);
  }

  /** What does not hold once everything is at rest. */
  atRest(told: Told): readonly string[] {
    const complaints = this.afterRestart(told);
    return this.#audited((journal) => {
      this.#complaints.push(...complaints);
      for (const { operationNumber, state, amountMinor, topUp } of journal.operations()) {
        if (state === 'open') this.#complain('M12', `operation ${operationNumber} is still open`);
        if ((amountMinor ?? 0) > 0 && topUp !== 'credited') {
          this.#complain('M10', `operation ${operationNumber} is ${topUp} when everything is at rest`);
        }
      }
    });
  }

  #audited(check: (journal: Journal) => void): readonly string[] {
    this.#complaints = [];
    this.#read(check);
    return this.#complaints;
  }

  #read<Result>(read: (journal: Journal) => Result): Result {
    const journal = readJournal(this.#databasePath);
    try {
      return read(journal);
    } finally {
      journal.close();
    }
  }

  #complain(rule: string, what: string): void {
    this.#complaints.push(`${rule}: ${what}`);
  }

  /** M8, M13: history only grows, and holds every anchor that anybody keeps. */
  #checkChain(anchor: Anchor | undefined): void {
    const broken = this.#chain.goOn();
    if (broken !== undefined) this.#complain('M8', broken);
    const held = [...this.#anchorsOfBackend(), ...(anchor === undefined ? [] : [anchor])];
    for (const one of held) {
      if (!this.#chain.contains(one))
        this.#complain('M13', `the chain does not hold the anchor at ${one.sequence}`);
    }
  }

  #anchorsOfBackend(): readonly Anchor[] {
    const path = join(this.#machine.folder, 'backend.sqlite');
    const database = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return database.prepare<[], Anchor>('SELECT sequence, head FROM anchor').all();
    } finally {
      database.close();
    }
  }

  /** M2, M4: what lies in the cassette is `stacked` once, or `unknown` with its one alarm; nothing else is `stacked`. */
  #checkNotes(
    notes: readonly NoteRecord[],
    alarms: readonly { readonly alarm: string; readonly subject: string }[],
  ): void {
    const unexplained = [...this.#machine.papers.boxedMinor];
    for (const { noteId, state, valueMinor } of notes) {
      if (state !== 'stacked') continue;
      const at = unexplained.indexOf(valueMinor ?? 0);
      if (at === -1)
        this.#complain('M2', `${valueMinor} is credited and not in the cassette (note ${noteId})`);
      else unexplained.splice(at, 1);
    }
    const unknown = notes.filter(({ state }) => state === 'unknown');
    for (const lying of unexplained) {
      const at = unknown.findIndex(({ valueMinor }) => (valueMinor ?? lying) === lying);
      if (at === -1) this.#complain('M4', `${lying} lies in the cassette and is nowhere in the journal`);
      else unknown.splice(at, 1);
    }
    for (const { noteId } of notes.filter(({ state }) => state === 'unknown')) {
      const raised = alarms.filter(
        ({ alarm, subject }) =>
          subject === noteId && (alarm === 'note-unknown' || alarm === 'credit-without-record'),
      ).length;
      if (raised !== 1) this.#complain('M4', `${raised} alarms for the unknown note ${noteId}`);
    }
  }

  /** M8, M12: a closed sum is that of its certain notes, each paid once. */
  #checkOperations(notes: readonly NoteRecord[], operations: readonly OperationRecord[]): void {
    const supplemented = operations.flatMap(({ supplementNote }) => supplementNote ?? []);
    if (new Set(supplemented).size !== supplemented.length)
      this.#complain('M8', 'a note has two supplements');
    for (const { operationId, operationNumber, state, amountMinor, supplementNote } of operations) {
      const own = notes.filter((note) =>
        supplementNote === null
          ? note.operationId === operationId && !supplemented.includes(note.noteId)
          : note.noteId === supplementNote,
      );
      const certainMinor = sumOfStacked(own);
      if (state === 'cancelled' && own.some((note) => note.state !== 'returned')) {
        this.#complain('M12', `operation ${operationNumber} was cancelled with money in`);
      }
      if (state === 'closed' && amountMinor !== certainMinor) {
        this.#complain('M12', `${operationNumber} pays ${amountMinor}; its notes are ${certainMinor}`);
      }
    }
  }

  /** M9: nothing is credited but closed sums, each once and whole. */
  #checkBackend(operations: readonly OperationRecord[]): void {
    const { ledger } = this.#machine.surroundings.backend;
    ledger.check();
    const closed = new Map(operations.map((operation) => [operation.operationId, operation]));
    for (const { operationId } of ledger.operations()) {
      const creditedMinor = ledger.creditedMinor(operationId);
      const amountMinor = closed.get(operationId)?.amountMinor;
      if (creditedMinor !== 0 && creditedMinor !== amountMinor) {
        this.#complain(
          'M9',
          `${creditedMinor} is credited for ${operationId}, which closed with ${amountMinor}`,
        );
      }
    }
    for (const { operationId, operationNumber, topUp } of operations) {
      if (topUp === 'credited' && ledger.creditedMinor(operationId) === 0) {
        this.#complain('M9', `${operationNumber} is called credited, and is not`);
      }
    }
  }

  /** M6: whatever was on the screen had been stored. */
  #checkTold(
    { insertedMinor, results }: Told,
    notes: readonly NoteRecord[],
    operations: readonly OperationRecord[],
  ): void {
    const newest = operations.findLast(({ supplementNote }) => supplementNote === null);
    const storedMinor = sumOfStacked(notes.filter(({ operationId }) => operationId === newest?.operationId));
    if (storedMinor < insertedMinor) {
      this.#complain('M6', `${insertedMinor} was on the screen, ${storedMinor} is stored`);
    }
    for (const { operationNumber, amountMinor, result } of results) {
      const stored = operations.find((one) => one.operationNumber === operationNumber);
      if (stored?.state !== 'closed' || stored.amountMinor !== amountMinor) {
        this.#complain('M6', `told ${amountMinor} for ${operationNumber}; stored is ${stored?.amountMinor}`);
      }
      if (result.kind === 'credited' && stored?.topUp !== 'credited') {
        this.#complain('M6', `told that ${operationNumber} is credited; it is ${stored?.topUp}`);
      }
    }
  }
}

function sumOfStacked(notes: readonly NoteRecord[]): number {
  return notes.reduce((sum, { state, valueMinor }) => sum + (state === 'stacked' ? (valueMinor ?? 0) : 0), 0);
}
