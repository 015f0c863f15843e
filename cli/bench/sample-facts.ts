import type { Fact, NoteFact } from '../../terminal/facts.ts';
import type { NoteId, OperationId, PeriodId, PrintId, WalletPhone } from '../../terminal/ids.ts';
import { addMinor, type Minor, minorFromTenge } from '../../terminal/money.ts';
import { operationNumber } from '../../terminal/operation-number.ts';

/*
 * Facts of ordinary visits, made by serial number: the same serial gives the same visit.
 */

type Escrowed = Extract<NoteFact, { readonly kind: 'note-escrowed' }>;
type Intended = Extract<NoteFact, { readonly kind: 'note-intended' }>;
type Stacked = Extract<NoteFact, { readonly kind: 'note-stacked' }>;

export const period = uuid(3, 1) as PeriodId;

export const started: readonly Fact[] = [
  { kind: 'terminal-started', build: 'bench', previousStop: 'first' },
  { kind: 'period-opened', periodId: period, periodNumber: 1 },
];

export const operationId = (serial: number): OperationId => uuid(1, serial) as OperationId;
export const noteId = (serial: number): NoteId => uuid(2, serial) as NoteId;

export const walletCount = 5_000;

export function walletPhone(serial: number): WalletPhone {
  return `+7701${String(1_000_000 + (serial % walletCount)).padStart(7, '0')}` as WalletPhone;
}

export const noteMinor: Minor = minorFromTenge(2_000);

export function opened(serial: number): Fact {
  return {
    kind: 'operation-opened',
    operationId: operationId(serial),
    operationNumber: operationNumber(serial),
    wallet: walletPhone(serial),
    holderMasked: 'Айгүл С.',
    currency: 'KZT',
    language: 'kk',
    holdId: undefined,
    limitMinor: minorFromTenge(500_000),
    offline: false,
    withoutPaper: false,
    supplementOf: undefined,
  };
}

/** In escrow and wanted: what must be durable before the byte that lets the acceptor stack. */
export function escrowed(note: number, operation: number): readonly [Escrowed, Intended] {
  return [
    {
      kind: 'note-escrowed',
      noteId: noteId(note),
      operationId: operationId(operation),
      valueMinor: noteMinor,
      currency: 'KZT',
    },
    { kind: 'note-intended', noteId: noteId(note) },
  ];
}

export function stacked(note: number): Stacked {
  return { kind: 'note-stacked', noteId: noteId(note), periodId: period, proof: 'credit-event' };
}

export function closed(serial: number, noteCount: number): Fact {
  return {
    kind: 'operation-closed',
    operationId: operationId(serial),
    end: 'paid',
    amountMinor: addMinor(...Array.from({ length: noteCount }, () => noteMinor)),
    claimId: undefined,
  };
}

/** A visit with one note that was paid and printed; credited too, unless the backend was out of reach. */
export function visit(serial: number, isCredited: boolean): readonly Fact[] {
  const printId = uuid(4, serial) as PrintId;
  return [
    opened(serial),
    ...escrowed(serial, serial),
    stacked(serial),
    closed(serial, 1),
    { kind: 'print-intended', printId, operationId: operationId(serial), copy: false },
    { kind: 'print-ended', printId, outcome: 'printed' },
    ...(isCredited ? [{ kind: 'top-up-credited', operationId: operationId(serial) } satisfies Fact] : []),
  ];
}

/** Looks like a UUIDv7: its first half grows with the serial, its second half is scattered by a mixing step. */
function uuid(kind: number, serial: number): string {
  const time = (0x0193_0000_0000 + serial).toString(16).padStart(12, '0');
  const mixed = (Math.imul(serial ^ (kind << 28), 0x9e37_79b1) >>> 0).toString(16).padStart(8, '0');
  const tail = serial.toString(16).padStart(9, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${mixed.slice(0, 3)}-8${mixed.slice(3, 6)}-${mixed.slice(6)}${kind}${tail}`;
}
