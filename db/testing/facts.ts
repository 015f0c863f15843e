import type { Fact, NoteFact, OperationClosed, OperationOpened } from '../../terminal/facts.ts';
import type { ClaimId, NoteId, OperationId, PeriodId, PrintId, WalletPhone } from '../../terminal/ids.ts';
import { type Minor, minorFromTenge } from '../../terminal/money.ts';
import { operationNumber } from '../../terminal/operation-number.ts';

/* Facts with short names for tests: operation 7 is always the same operation. */

export const wallet = '+77010000001' as WalletPhone;
export const fiveHundred = minorFromTenge(500);
export const twoThousand = minorFromTenge(2_000);

export const operationId = (serial: number): OperationId => uuid(1, serial) as OperationId;
export const noteId = (serial: number): NoteId => uuid(2, serial) as NoteId;
export const periodId = (serial: number): PeriodId => uuid(3, serial) as PeriodId;
export const printId = (serial: number): PrintId => uuid(4, serial) as PrintId;
export const claimId = (serial: number): ClaimId => uuid(5, serial) as ClaimId;

function uuid(kind: number, serial: number): string {
  return `01900000-0000-7000-800${kind}-${String(serial).padStart(12, '0')}`;
}

export const started: Fact = { kind: 'terminal-started', build: 'test', previousStop: 'first' };

export function periodOpened(serial: number): Fact {
  return { kind: 'period-opened', periodId: periodId(serial), periodNumber: serial };
}

export function periodClosed(serial: number, how: 'collected' | 'unannounced' = 'collected'): Fact {
  return { kind: 'period-closed', periodId: periodId(serial), how };
}

export function opened(serial: number, changes: Partial<OperationOpened> = {}): OperationOpened {
  return {
    kind: 'operation-opened',
    operationId: operationId(serial),
    operationNumber: operationNumber(serial),
    wallet,
    holderMasked: 'Айгүл С.',
    currency: 'KZT',
    language: 'kk',
    holdId: undefined,
    limitMinor: minorFromTenge(12_500),
    offline: false,
    withoutPaper: false,
    supplementOf: undefined,
    ...changes,
  };
}

export function supplement(serial: number, of: number, note: number): OperationOpened {
  return opened(serial, { supplementOf: { operationId: operationId(of), noteId: noteId(note) } });
}

export function closed(
  serial: number,
  amountMinor: Minor,
  changes: Partial<OperationClosed> = {},
): OperationClosed {
  return {
    kind: 'operation-closed',
    operationId: operationId(serial),
    end: 'paid',
    amountMinor,
    claimId: undefined,
    ...changes,
  };
}

export function cancelled(serial: number): Fact {
  return { kind: 'operation-cancelled', operationId: operationId(serial), why: 'customer' };
}

export function escrowed(note: number, operation: number, valueMinor: Minor = fiveHundred): NoteFact {
  return {
    kind: 'note-escrowed',
    noteId: noteId(note),
    operationId: operationId(operation),
    valueMinor,
    currency: 'KZT',
  };
}

export const intended = (note: number): NoteFact => ({ kind: 'note-intended', noteId: noteId(note) });
export const returned = (note: number): NoteFact => ({ kind: 'note-returned', noteId: noteId(note) });
export const released = (note: number): NoteFact => ({ kind: 'note-released', noteId: noteId(note) });
export const unknown = (note: number): NoteFact => ({
  kind: 'note-unknown',
  noteId: noteId(note),
  why: 'jam',
});

export function stacked(
  note: number,
  period = 1,
  proof: 'credit-event' | 'recovery' = 'credit-event',
): NoteFact {
  return { kind: 'note-stacked', noteId: noteId(note), periodId: periodId(period), proof };
}

export function appeared(note: number, period = 1, valueMinor: Minor | undefined = fiveHundred): NoteFact {
  return {
    kind: 'note-appeared',
    noteId: noteId(note),
    valueMinor,
    currency: 'KZT',
    periodId: periodId(period),
  };
}

/** A whole visit: one note, paid. */
export function paidVisit(serial: number, valueMinor: Minor = fiveHundred): readonly Fact[] {
  return [
    opened(serial),
    escrowed(serial, serial, valueMinor),
    intended(serial),
    stacked(serial),
    closed(serial, valueMinor),
  ];
}

/** A visit whose second note was lost sight of: notes `serial` × 10 + 1 (certain) and + 2 (unknown). */
export function doubtfulVisit(serial: number): readonly Fact[] {
  const [first, second] = [serial * 10 + 1, serial * 10 + 2];
  return [
    opened(serial),
    escrowed(first, serial),
    intended(first),
    stacked(first),
    escrowed(second, serial, twoThousand),
    intended(second),
    unknown(second),
    closed(serial, fiveHundred, { end: 'needs-help', claimId: claimId(serial) }),
  ];
}
