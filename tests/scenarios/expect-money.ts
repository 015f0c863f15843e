import { expect } from 'vitest';
import { openReader } from '../../db/open.ts';
import { ledgerPlace } from '../../host/simulate.ts';
import type { World } from './world.ts';

/*
 * An auditor who believes nobody: it follows the paper by the model of the machine, reads the stored ledger with its own
 * queries, asks the backend's books, and compares all of it with what was on the screen.
 */

export interface ExpectedMoney {
  /** All that has come to lie in a cassette of this machine, cassettes taken away included. */
  readonly boxedTenge: number;
  /** What the wallets have been credited with. */
  readonly creditedTenge: number;
  /** The values of the notes that are `unknown` at the end. */
  readonly unknownTenge?: readonly number[];
}

export interface BookedNote {
  readonly noteId: string;
  readonly operationId: string | null;
  readonly state: 'escrowed' | 'intended' | 'stacked' | 'returned' | 'unknown' | 'void';
  readonly valueMinor: number | null;
  readonly inDoubt: 0 | 1;
  readonly intentPeriod: number | null;
  readonly stackedPeriod: number | null;
}

export interface BookedOperation {
  readonly operationId: string;
  readonly operationNumber: string;
  readonly walletHash: string;
  readonly state: 'open' | 'cancelled' | 'closed';
  readonly end: 'paid' | 'needs-help' | null;
  readonly amountMinor: number | null;
  readonly supplementOf: string | null;
  readonly supplementNote: string | null;
  readonly topUp: string | null;
}

export interface Books {
  readonly notes: readonly BookedNote[];
  readonly operations: readonly BookedOperation[];
  /** Every alarm ever raised, as `code subject`, in order. */
  readonly alarmsRaised: readonly string[];
  readonly alarmsStanding: readonly string[];
  readonly periods: readonly { readonly periodNumber: number; readonly how: string | null }[];
}

const tenge = 100;

/** The ledger as it is stored now. */
export function readBooks(world: World): Books {
  const database = openReader(ledgerPlace(world.machine).folder);
  const all = <Row>(sql: string): Row[] => database.prepare<[], Row>(sql).all();
  try {
    return {
      notes: all<BookedNote>(`
        SELECT note_id AS noteId, operation_id AS operationId, note.state, value_minor AS valueMinor,
          in_doubt AS inDoubt, meant.period_number AS intentPeriod, held.period_number AS stackedPeriod
        FROM note LEFT JOIN operation ON operation.serial = operation_serial
        LEFT JOIN period AS meant ON meant.serial = intent_period
        LEFT JOIN period AS held ON held.serial = stacked_period ORDER BY note.serial`),
      operations: all<BookedOperation>(`
        SELECT one.operation_id AS operationId, one.operation_number AS operationNumber, one.state,
          one.wallet_hash AS walletHash, one.end_kind AS end, one.amount_minor AS amountMinor,
          former.operation_id AS supplementOf, note_id AS supplementNote, top_up.state AS topUp
        FROM operation AS one LEFT JOIN operation AS former ON former.serial = one.supplement_of
        LEFT JOIN note ON note.serial = one.supplement_note
        LEFT JOIN top_up ON top_up.operation_serial = one.serial ORDER BY one.serial`),
      alarmsRaised: all<{ payload: string }>(
        "SELECT payload FROM journal WHERE kind = 'alarm-raised' ORDER BY sequence",
      ).map(({ payload }) => {
        const { alarm, subject } = JSON.parse(payload) as { alarm: string; subject: string };
        return `${alarm} ${subject}`;
      }),
      alarmsStanding: all<{ name: string }>(
        "SELECT alarm || ' ' || subject AS name FROM alarm ORDER BY name",
      ).map(({ name }) => name),
      periods: all(`SELECT period_number AS periodNumber, how FROM period ORDER BY serial`),
    };
  } finally {
    database.close();
  }
}

/** Every money rule that must hold once all is at rest and the queue has drained. */
export function expectMoney(world: World, expected: ExpectedMoney): Books {
  const books = readBooks(world);
  expectNotes(world, books, expected);
  expectOperations(books);
  expectWallets(world, books, expected);
  expectAlarms(world, books);
  expectToldTruly(world, books);
  expect(world.fatal, 'nothing may end the process').toEqual([]);
  return books;
}

/** Lets the queue and the messages drain; then the money. */
export async function expectMoneySoon(world: World, expected: ExpectedMoney): Promise<Books> {
  await world.clock.advance(15_000);
  return expectMoney(world, expected);
}

// ---------------------------------------------------------------- notes

/** M4: each note in one state; what is `stacked` lies in a cassette, and what lies there is `stacked` or `unknown`. */
function expectNotes(world: World, { notes }: Books, expected: ExpectedMoney): void {
  const boxed = boxedTenge(world);
  expect(sum(boxed), 'in all cassettes').toBe(expected.boxedTenge);
  const inMachine = world.mechanics.cassette?.notes.map(({ valueMinor }) => valueMinor / tenge) ?? [];
  expect(world.cassetteMinor(), 'in the cassette of the machine').toBe(sum(inMachine) * tenge);
  const valuesOf = (state: BookedNote['state']): number[] =>
    notes.filter((note) => note.state === state).map((note) => (note.valueMinor ?? 0) / tenge);
  expect([...valuesOf('escrowed'), ...valuesOf('intended')], 'notes still on their way').toEqual([]);
  expect(valuesOf('unknown').sort(rising), 'unknown notes').toEqual(
    [...(expected.unknownTenge ?? [])].sort(rising),
  );
  const unexplained = without(boxed, valuesOf('stacked'), 'credited, and not in any cassette');
  without(valuesOf('unknown'), unexplained, 'in a cassette, and neither stacked nor unknown');
}

/** By the auditor's own count of what fell into a cassette. */
function boxedTenge(world: World): number[] {
  return world.acceptorEvents.flatMap((event) =>
    event.kind === 'note-stacked' && event.note.currency === 'KZT' ? [event.note.valueMinor / tenge] : [],
  );
}

/** What is left of `values` when each of `taken` has been taken out once; each must be there. */
function without(values: readonly number[], taken: readonly number[], otherwise: string): number[] {
  const left = [...values];
  for (const value of taken) {
    const at = left.indexOf(value);
    expect(at, `${value} ₸ is ${otherwise}`).not.toBe(-1);
    left.splice(at, 1);
  }
  return left;
}

// ---------------------------------------------------------------- operations

/** M8, M12: every stacked note is paid exactly once, with its operation or by one supplement to the same wallet. */
function expectOperations({ notes, operations }: Books): void {
  const supplements = operations.filter((operation) => operation.supplementNote !== null);
  const supplemented = supplements.map((operation) => operation.supplementNote);
  expect(new Set(supplemented).size, 'supplements for one note').toBe(supplemented.length);
  for (const operation of operations) {
    const own = notes.filter((note) => note.operationId === operation.operationId);
    const paid = own.filter((note) => note.state === 'stacked' && !supplemented.includes(note.noteId));
    if (operation.state === 'cancelled') {
      expect(own.filter((note) => note.state !== 'returned')).toEqual([]);
    }
    if (operation.state !== 'closed') continue;
    if (operation.supplementNote === null) {
      expect(operation.amountMinor, 'the certain sum').toBe(sum(paid.map((note) => note.valueMinor ?? 0)));
      const wasDoubtful = own.some((note) => note.state === 'unknown' || supplemented.includes(note.noteId));
      if (wasDoubtful) expect(operation.end).toBe('needs-help');
      continue;
    }
    const note = notes.find(({ noteId }) => noteId === operation.supplementNote);
    const former = operations.find(({ operationId }) => operationId === operation.supplementOf);
    expect(note).toMatchObject({ state: 'stacked', operationId: operation.supplementOf });
    expect(operation).toMatchObject({ amountMinor: note?.valueMinor, walletHash: former?.walletHash });
    expect(former).toMatchObject({ state: 'closed', end: 'needs-help' });
  }
}

/** M9: the backend's books hold every closed sum once, and nothing else. */
function expectWallets(world: World, { operations }: Books, expected: ExpectedMoney): void {
  world.backend.ledger.check();
  expect(world.creditedMinor(), 'credited to wallets').toBe(expected.creditedTenge * tenge);
  const sent = operations.filter((operation) => (operation.amountMinor ?? 0) > 0);
  for (const { operationId, amountMinor, topUp } of sent) {
    expect(topUp, `top-up ${operationId}`).toBe('credited');
    expect(world.backend.ledger.creditedMinor(operationId)).toBe(amountMinor);
  }
  const known = world.backend.ledger.operations().map((operation) => operation.operationId);
  expect(known.sort()).toEqual(sent.map(({ operationId }) => operationId).sort());
}

// ---------------------------------------------------------------- alarms

/** One alarm for each note that ever was unknown; it stands as long as the note is, and the backend has heard of it. */
function expectAlarms(world: World, { notes, alarmsRaised, alarmsStanding }: Books): void {
  const wereUnknown = world.facts.flatMap((fact) =>
    fact.kind === 'note-unknown' || fact.kind === 'note-appeared' ? [fact.noteId as string] : [],
  );
  const about = (alarms: readonly string[]): string[] =>
    alarms
      .filter((alarm) => /^(note-unknown|credit-without-record) /.test(alarm))
      .map((alarm) => alarm.split(' ')[1] ?? '');
  expect(about(alarmsRaised), 'one alarm for each unknown note').toEqual(wereUnknown);
  const stillUnknown = notes.filter((note) => note.state === 'unknown').map((note) => note.noteId);
  expect(about(alarmsStanding).sort(), 'standing alarms').toEqual(stillUnknown.sort());
  const told = JSON.stringify(world.backend.records('event'));
  for (const noteId of wereUnknown) expect(told, 'what the backend was told').toContain(noteId);
}

// ---------------------------------------------------------------- what the customer was told

/** The screen and the slip never name another sum than the one on its way, nor a better end than the true one. */
function expectToldTruly(world: World, books: Books): void {
  let countedMinor = 0;
  for (const { screen } of world.views) {
    if (screen.kind === 'attract' || screen.kind === 'out-of-service') countedMinor = 0;
    if (screen.kind === 'cash' || screen.kind === 'counting') {
      expect(screen.insertedMinor, 'a counted note is never taken back').toBeGreaterThanOrEqual(countedMinor);
      countedMinor = screen.insertedMinor;
    }
    if (screen.kind !== 'result') continue;
    const operation = books.operations.find((one) => one.operationNumber === screen.operationNumber);
    expect(screen.amountMinor, 'the sum on the last screen').toBe(operation?.amountMinor);
    expect(screen.amountMinor).toBeGreaterThanOrEqual(countedMinor);
    const isTruly = screen.result.kind === 'needs-help' ? 'needs-help' : 'paid';
    expect(operation?.end, `told as ${screen.result.kind}`).toBe(isTruly);
    countedMinor = 0;
  }
  expectSlipsTrue(world, books);
}

function expectSlipsTrue(world: World, { operations }: Books): void {
  const numbers = operations.map(({ operationNumber }) => operationNumber);
  for (const number of numbers) {
    const slips = world.paper.filter((slip) => slip.replace(/\s/g, '').includes(number));
    expect(slips.length, `original slips of ${number}`).toBeLessThanOrEqual(1);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rising(a: number, b: number): number {
  return a - b;
}
