import type { KeyObject } from 'node:crypto';
import { StorageError, type StorageErrorCode, toStorageError } from '../db/errors.ts';
import type { Commit, LedgerPlace } from '../db/ledger.ts';
import type { DeskQuery } from '../terminal/service-mode/desk.ts';
import type { StaffId } from '../terminal/staff/staff.ts';
import type { ChainAnchor } from '../terminal/wallet/messages.ts';

/* What passes between the thread that runs the terminal and the threads that own the database. */

/** What both workers are started with. */
export interface StoreOptions {
  readonly place: LedgerPlace;
  /** Ed25519; made on this terminal and kept outside the database folder. */
  readonly sealKey: KeyObject;
}

export type StoreCall =
  | { readonly kind: 'commit'; readonly commit: Commit }
  | { readonly kind: 'load' }
  | { readonly kind: 'due-top-ups'; readonly atMs: number; readonly limit: number }
  | { readonly kind: 'due-messages'; readonly atMs: number; readonly limit: number }
  | { readonly kind: 'register-rows'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'contains-anchor'; readonly anchor: ChainAnchor }
  | { readonly kind: 'pin-verifier'; readonly staffId: StaffId }
  | { readonly kind: 'figures' }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'close' };

export type ReaderCall =
  | { readonly kind: 'desk'; readonly query: DeskQuery }
  | { readonly kind: 'full-check' }
  | { readonly kind: 'check-projections' }
  | { readonly kind: 'export-journal'; readonly path: string }
  | { readonly kind: 'close' };

export interface Request<Call> {
  readonly id: number;
  readonly call: Call;
}

export type Answer =
  | { readonly kind: 'done'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly code: StorageErrorCode;
      readonly message: string;
    };

/** The request id that stands for the opening itself. */
export const openingId = 0;

export function done(id: number, value: unknown): Answer {
  return { kind: 'done', id, value };
}

/** An error does not keep its class on the way between threads; its code and words do. */
export function failed(id: number, thrown: unknown): Answer {
  const { code, message } = toStorageError(thrown);
  return { kind: 'failed', id, code, message };
}

export function errorOf(answer: Extract<Answer, { kind: 'failed' }>): StorageError {
  return new StorageError(answer.code, answer.message);
}
