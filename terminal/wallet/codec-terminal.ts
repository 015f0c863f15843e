import * as z from 'zod';
import type { OperationId } from '../ids.ts';
import { mismatch, noAnswer, trouble, type WalletCall } from './call.ts';
import { conditionToWire } from './condition-to-wire.ts';
import type {
  CheckAnswer,
  CheckRequest,
  ClaimRequest,
  CollectionRequest,
  DoubtfulNote,
  EventsAnswer,
  EventsRequest,
  ProfileAnswer,
  RegisterAnswer,
  RegisterDayAnswer,
  RegisterDayRequest,
  RegisterRequest,
  StoredAnswer,
} from './messages.ts';
import { problemOf } from './problem.ts';
import type { TransportAnswer } from './transport.ts';
import { timeToWire, wireAnchor, wireCurrency, wireMinor, wireTime } from './wire.ts';

/* The calls that ask and tell: check, profile, events, collections, claims, register. */

// ---------------------------------------------------------------- check

const checkSchema = z.object({
  wallet: z.string(),
  holderName: z.string().min(1).max(60).optional(),
  allowanceMinor: wireMinor,
  currency: wireCurrency,
  hold: z.object({ holdId: z.string().min(1).max(100), until: wireTime }),
});

export const checkCall: WalletCall<CheckRequest, CheckAnswer> = {
  encode: (request) => ({ method: 'POST', path: '/v1/wallets/check', body: { wallet: request.wallet } }),
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    const problem = problemOf(answer.body);
    switch (problem) {
      case 'wallet-unknown':
      case 'wallet-blocked':
      case 'wallet-exhausted':
        return saysWallet(answer.body, request.wallet) ? { kind: problem } : mismatch('wallet');
      case 'wallet-closed':
        return saysWallet(answer.body, request.wallet) ? { kind: 'wallet-blocked' } : mismatch('wallet');
      default:
    }
    const parsed = problem === undefined ? checkSchema.safeParse(answer.body) : undefined;
    if (parsed?.success !== true) return trouble(answer);
    const { wallet, holderName, allowanceMinor, currency, hold } = parsed.data;
    if (wallet !== request.wallet) return mismatch('wallet');
    if (allowanceMinor === 0) return { kind: 'wallet-exhausted' };
    return {
      kind: 'open',
      wallet: request.wallet,
      holderName,
      allowanceMinor,
      currency,
      hold: { holdId: hold.holdId, untilMs: hold.until },
    };
  },
};

const walletSchema = z.object({ wallet: z.string() });

function saysWallet(body: unknown, wallet: string): boolean {
  return walletSchema.safeParse(body).data?.wallet === wallet;
}

// ---------------------------------------------------------------- profile

const profileSchema = z.object({
  terminalNumber: z.string(),
  address: z.string(),
  operatorName: z.string(),
  operatorBin: z.string().regex(/^\d{12}$/),
  supportPhone: z.string(),
  limits: z.object({
    currency: wireCurrency,
    topUpMinMinor: wireMinor,
    topUpMaxMinor: wireMinor,
    unidentifiedMaxMinor: wireMinor,
  }),
  denominations: z.array(
    z.object({
      denominationMinor: wireMinor,
      currency: wireCurrency,
      series: z.string(),
      lastDay: z.iso.date().optional(),
    }),
  ),
  catalogue: z.array(z.object({ serviceId: z.string(), commissionMinor: wireMinor })),
  backendTime: wireTime,
  anchor: wireAnchor.optional(),
});

/** The request is the number the terminal believes to be its own. */
export const profileCall: WalletCall<{ readonly terminalNumber: string }, ProfileAnswer> = {
  encode: () => ({ method: 'GET', path: '/v1/terminal' }),
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    const parsed = profileSchema.safeParse(answer.body);
    if (!parsed.success) return trouble(answer);
    if (parsed.data.terminalNumber !== request.terminalNumber) return mismatch('terminalNumber');
    const { backendTime, denominations, anchor, ...rest } = parsed.data;
    return {
      kind: 'profile',
      profile: {
        ...rest,
        denominations: denominations.map((entry) => ({ ...entry, lastDay: entry.lastDay })),
        backendWallMs: backendTime,
        anchor,
      },
    };
  },
};

// ---------------------------------------------------------------- events, collections, claims

const storedAnchorSchema = z.object({ anchor: wireAnchor });

export const eventsCall: WalletCall<EventsRequest, EventsAnswer> = {
  encode: (request) => ({
    method: 'POST',
    path: '/v1/terminal/events',
    body: {
      terminalNumber: request.terminalNumber,
      sentAt: timeToWire(request.sentAtMs),
      anchor: request.anchor,
      events: request.events.map(({ occurredAtMs, ...event }) => ({
        ...event,
        occurredAt: timeToWire(occurredAtMs),
      })),
      ...(request.condition === undefined ? {} : { condition: conditionToWire(request.condition) }),
    },
  }),
  decode: (_request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    const problem = problemOf(answer.body);
    const parsed = storedAnchorSchema.safeParse(answer.body);
    if (!parsed.success) return trouble(answer);
    if (problem === 'chain-forked') return { kind: 'forked', anchor: parsed.data.anchor };
    return problem === undefined ? { kind: 'stored', anchor: parsed.data.anchor } : trouble(answer);
  },
};

const storedSchema = z.object({ stored: z.string() });

function decodeStored(id: string, answer: TransportAnswer): StoredAnswer {
  if (answer.kind === 'no-answer') return noAnswer(answer);
  const parsed = problemOf(answer.body) === undefined ? storedSchema.safeParse(answer.body) : undefined;
  if (parsed?.success !== true) return trouble(answer);
  return parsed.data.stored === id ? { kind: 'stored' } : mismatch('stored');
}

export const collectionCall: WalletCall<CollectionRequest, StoredAnswer> = {
  encode: ({ openedAtMs, closedAtMs, doubtfulNotes, ...rest }) => ({
    method: 'POST',
    path: '/v1/terminal/collections',
    body: {
      ...rest,
      openedAt: timeToWire(openedAtMs),
      closedAt: timeToWire(closedAtMs),
      doubtfulNotes: doubtfulNotes.map(doubtfulNoteBody),
    },
  }),
  decode: (request, answer) => decodeStored(request.periodId, answer),
};

export const claimCall: WalletCall<ClaimRequest, StoredAnswer> = {
  encode: ({ openedAtMs, doubtfulNotes, ...rest }) => ({
    method: 'POST',
    path: '/v1/terminal/claims',
    body: { ...rest, openedAt: timeToWire(openedAtMs), doubtfulNotes: doubtfulNotes.map(doubtfulNoteBody) },
  }),
  decode: (request, answer) => decodeStored(request.claimId, answer),
};

function doubtfulNoteBody({ noteId, operationId, denominationMinor }: DoubtfulNote): unknown {
  return {
    noteId,
    ...(operationId !== undefined && { operationId }),
    ...(denominationMinor !== undefined && { denominationMinor }),
  };
}

// ---------------------------------------------------------------- daily register

const wireOperationId = z.custom<OperationId>((value) => typeof value === 'string');
const registerItems = z.array(z.object({ operationId: wireOperationId, amountMinor: wireMinor }));
const comparisonSchema = z.object({
  day: z.string(),
  currency: wireCurrency,
  missingAtBackend: z.array(wireOperationId),
  missingAtTerminal: registerItems,
  otherAmounts: registerItems,
});

export const registerCall: WalletCall<RegisterRequest, RegisterAnswer> = {
  encode: (request) => ({
    method: 'POST',
    path: '/v1/terminal/register',
    body: {
      ...request,
      count: request.items.length,
      sumMinor: request.items.reduce((sum, item) => sum + item.amountMinor, 0),
    },
  }),
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    const parsed = comparisonSchema.safeParse(answer.body);
    if (!parsed.success) return trouble(answer);
    const { day, missingAtBackend, missingAtTerminal, otherAmounts } = parsed.data;
    if (day !== request.day) return mismatch('day');
    const differences = missingAtBackend.length + missingAtTerminal.length + otherAmounts.length;
    return differences === 0
      ? { kind: 'agreed' }
      : { kind: 'differs', missingAtBackend, missingAtTerminal, otherAmounts };
  },
};

const registerDaySchema = z.object({
  day: z.string(),
  currency: wireCurrency,
  sumMinor: wireMinor,
  items: registerItems,
});

export const registerDayCall: WalletCall<RegisterDayRequest, RegisterDayAnswer> = {
  encode: (request) => ({ method: 'GET', path: `/v1/terminal/register/${encodeURIComponent(request.day)}` }),
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    const parsed = registerDaySchema.safeParse(answer.body);
    if (!parsed.success) return trouble(answer);
    if (parsed.data.day !== request.day) return mismatch('day');
    return { kind: 'register', sumMinor: parsed.data.sumMinor, items: parsed.data.items };
  },
};
