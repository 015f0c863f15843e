/**
 * Ids are UUIDv7 strings made on the terminal and stored before they are sent (money rule M8). The brands keep
 * one kind from being passed as another.
 */
type Branded<Name extends string> = string & { readonly brand: Name };

export type OperationId = Branded<'operation'>;
export type NoteId = Branded<'note'>;
export type PeriodId = Branded<'period'>;
export type PrintId = Branded<'print'>;
export type EventId = Branded<'event'>;
export type ClaimId = Branded<'claim'>;

/** A wallet is named by its phone in E.164, for example `+77010000001`. */
export type WalletPhone = Branded<'wallet-phone'>;

/** Salted hash that stands for a phone in the journal (money rule M13). */
export type WalletHash = Branded<'wallet-hash'>;

/** Which sight of a note in escrow a command answers; made by the driver, new for every escrow report. */
export type EscrowId = Branded<'escrow'>;

/** Which credit event the host has stored; made by the driver, the same for every repeat of one event. */
export type CreditId = Branded<'credit'>;

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isUuidV7(text: string): boolean {
  return uuidV7.test(text);
}
