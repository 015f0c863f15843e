import type { OperationId } from '../../ids.ts';
import type { Minor } from '../../money.ts';
import type {
  BatchItemAnswer,
  RegisterItem,
  StatusAnswer,
  TopUpAnswer,
  TopUpRequest,
  VoidAnswer,
} from '../../wallet/messages.ts';
import type { WalletRequest } from '../effect.ts';
import type { Reply } from '../event.ts';
import { dayOf } from '../register-days.ts';

/* A backend that keeps its own books: what it credited is the truth the terminal's rows are compared with. */

interface Entry {
  state: 'accepted' | 'credited' | 'refused' | 'voided';
  readonly amountMinor: Minor;
  /** On which its top-up was closed. */
  readonly day: string;
  readonly promisedAtMs: number;
}

/** What to do with an id it sees for the first time, or refused before. */
export type Mood = 'credit' | 'accept' | 'refuse';

export interface ModelBackend {
  /** Does what the request asks and says what the answer is. `mood` decides about each new top-up. */
  serve(request: WalletRequest, wallMs: number, mood: () => Mood): Reply;
  /** Credits what it had accepted. */
  creditAccepted(): void;
  forget(operationId: OperationId): void;
  credited(): readonly OperationId[];
  stateOf(operationId: OperationId): Entry['state'] | undefined;
}

export function modelBackend(): ModelBackend {
  const entries = new Map<OperationId, Entry>();
  /** Every body seen of an id: a resend is the same to the letter. */
  const bodies = new Map<OperationId, string>();

  const outcome = (entry: Entry, wallMs: number): TopUpAnswer & StatusAnswer => {
    switch (entry.state) {
      case 'credited':
        return { kind: 'credited', creditedAtMs: wallMs };
      case 'voided':
        return { kind: 'voided', voidedAtMs: wallMs };
      case 'accepted':
        return { kind: 'accepted', promisedAtMs: entry.promisedAtMs };
      case 'refused':
        return { kind: 'refused', reason: 'wallet-blocked', retryable: true };
    }
  };

  const topUp = (request: TopUpRequest, wallMs: number, mood: () => Mood): TopUpAnswer => {
    const body = JSON.stringify(request);
    const before = bodies.get(request.operationId) ?? body;
    if (before !== body) throw new Error(`two bodies for ${request.operationId}: ${before} and ${body}`);
    bodies.set(request.operationId, body);
    const known = entries.get(request.operationId);
    if (known !== undefined && known.state !== 'refused') return outcome(known, wallMs);
    const { amountMinor } = request;
    const day = dayOf(request.closedAtMs);
    const states = { credit: 'credited', accept: 'accepted', refuse: 'refused' } as const;
    const entry: Entry = { state: states[mood()], amountMinor, day, promisedAtMs: wallMs + 60_000 };
    entries.set(request.operationId, entry);
    return outcome(entry, wallMs);
  };

  const voidOf = (request: Extract<WalletRequest, { kind: 'void' }>, wallMs: number): VoidAnswer => {
    const { operationId, amountMinor } = request.operation;
    const known = entries.get(operationId);
    if (known?.state === 'credited') return { kind: 'credited', creditedAtMs: wallMs };
    entries.set(operationId, {
      state: 'voided',
      amountMinor,
      day: known?.day ?? dayOf(wallMs),
      promisedAtMs: 0,
    });
    return { kind: 'voided', voidedAtMs: wallMs };
  };

  const creditedOn = (day: string): readonly RegisterItem[] =>
    [...entries]
      .filter(([, entry]) => entry.state === 'credited' && entry.day === day)
      .map(([operationId, { amountMinor }]) => ({ operationId, amountMinor }));

  return {
    serve: (request, wallMs, mood) => {
      switch (request.kind) {
        case 'top-up':
          return { to: 'top-up', answer: topUp(request.topUp, wallMs, mood) };
        case 'batch': {
          const items = request.batch.items.map(
            (item): BatchItemAnswer => ({
              operationId: item.operationId,
              answer: topUp(item, wallMs, mood),
            }),
          );
          return { to: 'batch', answer: { items } };
        }
        case 'status': {
          const entry = entries.get(request.operation.operationId);
          return {
            to: 'status',
            answer: entry === undefined ? { kind: 'not-seen' } : outcome(entry, wallMs),
          };
        }
        case 'void':
          return { to: 'void', answer: voidOf(request, wallMs) };
        case 'events':
          return { to: 'events', answer: { kind: 'stored', anchor: request.events.anchor } };
        case 'claim':
        case 'collection':
          return { to: request.kind, answer: { kind: 'stored' } };
        case 'register': {
          const ours = new Set(creditedOn(request.register.day).map((item) => item.operationId));
          const theirs = new Set(request.register.items.map((item) => item.operationId));
          const missingAtBackend = [...theirs].filter((id) => !ours.has(id));
          const missingAtTerminal = creditedOn(request.register.day).filter(
            (item) => !theirs.has(item.operationId),
          );
          const agreed = missingAtBackend.length + missingAtTerminal.length === 0;
          return {
            to: 'register',
            answer: agreed
              ? { kind: 'agreed' }
              : { kind: 'differs', missingAtBackend, missingAtTerminal, otherAmounts: [] },
          };
        }
        case 'register-day': {
          const items = creditedOn(request.registerDay.day);
          const sumMinor = items.reduce((sum, item) => sum + item.amountMinor, 0) as Minor;
          return { to: 'register-day', answer: { kind: 'register', sumMinor, items } };
        }
      }
    },
    creditAccepted: () => {
      for (const entry of entries.values()) if (entry.state === 'accepted') entry.state = 'credited';
    },
    forget: (operationId) => {
      if (entries.get(operationId)?.state === 'accepted') entries.delete(operationId);
    },
    credited: () => [...entries].filter(([, entry]) => entry.state === 'credited').map(([id]) => id),
    stateOf: (operationId) => entries.get(operationId)?.state,
  };
}
