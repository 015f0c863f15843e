import { unreachable } from '../assert.ts';
import type { WalletRequest } from '../delivery/effect.ts';
import type { Reply } from '../delivery/event.ts';
import { addMinor, minor } from '../money.ts';
import { claimNumberOf } from '../operation-number.ts';
import type { ClaimMessage, CollectionMessage, DoubtfulNote as StoredDoubtfulNote } from '../store.ts';
import { ask } from '../wallet/call.ts';
import {
  claimCall,
  collectionCall,
  eventsCall,
  registerCall,
  registerDayCall,
} from '../wallet/codec-terminal.ts';
import { batchCall, statusCall, topUpCall, voidCall } from '../wallet/codec-top-up.ts';
import type { ChainAnchor, ClaimRequest, CollectionRequest, DoubtfulNote } from '../wallet/messages.ts';
import type { WalletTransport } from '../wallet/transport.ts';

/** Who speaks, and where the journal stands while it does. */
export interface Sender {
  readonly terminalNumber: string;
  readonly anchor: ChainAnchor;
}

/** Puts one of delivery's questions to the backend and brings back what its answer means. Never rejects. */
export async function sendToWallet(
  wallet: WalletTransport,
  sender: Sender,
  request: WalletRequest,
  deadlineMs: number,
): Promise<Reply> {
  switch (request.kind) {
    case 'top-up':
      return { to: 'top-up', answer: await ask(wallet, topUpCall, request.topUp, deadlineMs) };
    case 'batch':
      return { to: 'batch', answer: await ask(wallet, batchCall, request.batch, deadlineMs) };
    case 'status':
      return { to: 'status', answer: await ask(wallet, statusCall, request.operation, deadlineMs) };
    case 'void':
      return { to: 'void', answer: await ask(wallet, voidCall, request.operation, deadlineMs) };
    case 'events':
      return { to: 'events', answer: await ask(wallet, eventsCall, request.events, deadlineMs) };
    case 'claim':
      return {
        to: 'claim',
        answer: await ask(wallet, claimCall, claimRequest(request.claim, sender), deadlineMs),
      };
    case 'collection':
      return {
        to: 'collection',
        answer: await ask(wallet, collectionCall, collectionRequest(request.collection, sender), deadlineMs),
      };
    case 'register':
      return { to: 'register', answer: await ask(wallet, registerCall, request.register, deadlineMs) };
    case 'register-day':
      return {
        to: 'register-day',
        answer: await ask(wallet, registerDayCall, request.registerDay, deadlineMs),
      };
    default:
      return unreachable(request);
  }
}

function claimRequest(claim: ClaimMessage, sender: Sender): ClaimRequest {
  return {
    claimId: claim.claimId,
    terminalNumber: sender.terminalNumber,
    claimNumber: claimNumberOf(claim.operationNumber),
    operationId: claim.operationId,
    operationNumber: claim.operationNumber,
    wallet: claim.wallet,
    currency: claim.currency,
    certainMinor: claim.certainMinor,
    doubtfulNotes: claim.doubtfulNotes.map(doubtfulNote),
    openedAtMs: claim.atMs,
  };
}

function collectionRequest(collection: CollectionMessage, sender: Sender): CollectionRequest {
  const { periodId, periodNumber, openedAtMs, closedAtMs, how, currency, counts, inDoubt } = collection;
  const { collectorId, cassetteNumber } = collection;
  return {
    periodId,
    terminalNumber: sender.terminalNumber,
    periodNumber,
    openedAtMs,
    closedAtMs,
    closing: how,
    ...(cassetteNumber === undefined ? {} : { cassetteId: cassetteNumber }),
    ...(collectorId === undefined ? {} : { collectorId }),
    currency,
    notes: counts.map(({ valueMinor, count }) => ({ denominationMinor: valueMinor, count })),
    sumMinor: addMinor(...counts.map(({ valueMinor, count }) => minor(valueMinor * count))),
    doubtfulNotes: inDoubt.map(doubtfulNote),
    anchor: sender.anchor,
  };
}

function doubtfulNote({ noteId, operationId, valueMinor }: StoredDoubtfulNote): DoubtfulNote {
  return { noteId, operationId, denominationMinor: valueMinor };
}
