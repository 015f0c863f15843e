import type { Language } from '../facts.ts';
import type { Minor } from '../money.ts';

/** Everything a slip for one operation says; amounts and times are not yet words. */
export interface ReceiptData {
  readonly terminal: ReceiptTerminal;
  /** Ten digits with a check digit. */
  readonly operationNumber: string;
  /** When the operation closed, wall clock. */
  readonly closedAtMs: number;
  /** Already masked: see {@link maskPhone}. */
  readonly walletMasked: string;
  readonly holderMasked: string | undefined;
  /** Every note of the operation, in the order it came. */
  readonly notes: readonly ReceiptNote[];
  readonly result: ReceiptResult;
  /** The journal's head when the slip was made: an anchor of the chain in the customer's hand (money rule M13). */
  readonly journal: { readonly sequence: number; readonly head: string };
  /** Only the first slip of an operation is an original (money rule M15). */
  readonly copy: boolean;
  readonly fiscal: FiscalBlock | undefined;
}

export interface ReceiptTerminal {
  readonly number: string;
  readonly address: string;
  readonly operatorName: string;
  readonly operatorBin: string;
  readonly supportPhone: string;
  /** Kazakhstan: 300. The slip shows this time and names it. */
  readonly utcOffsetMinutes: number;
}

export interface ReceiptNote {
  /** Absent if the device never told. */
  readonly valueMinor: Minor | undefined;
  /** `stacked`: in the cassette and counted; `unknown`: nobody can say yet. */
  readonly state: 'stacked' | 'returned' | 'unknown';
}

/** The three honest ends. */
export type ReceiptResult =
  | { readonly kind: 'credited' }
  /** Recorded and on its way; `byMs` only where a signed answer carried a time. */
  | { readonly kind: 'accepted'; readonly byMs: number | undefined }
  /** Some note is in doubt, or the wallet refused; the customer holds a claim. */
  | { readonly kind: 'needs-help'; readonly claimNumber: string };

/** The cash register's own part, where the operator has one (Tax Code of 2026, articles 111–113). */
interface FiscalBlock {
  readonly registrationNumber: string;
  readonly factoryNumber: string;
  readonly fiscalSign: string;
  readonly fiscalDataOperator: string;
  readonly checkUrl: string;
}

/** The customer's wording; keys are those of the locale files. Values are filled in already formatted. */
export type Words = (language: Language, key: string, values?: Readonly<Record<string, string>>) => string;

/** One language, or two beneath each other with the first one leading. */
export type ReceiptLanguages = readonly [Language] | readonly [Language, Language];
