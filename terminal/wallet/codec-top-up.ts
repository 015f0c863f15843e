import * as z from 'zod';
import { assert, unreachable } from '../assert.ts';
import type { OperationId } from '../ids.ts';
import { limits } from '../limits.ts';
import { mismatch, noAnswer, trouble, unexpected, type WalletCall } from './call.ts';
import type {
  AcceptedAnswer,
  BatchAnswer,
  BatchItemAnswer,
  BatchRequest,
  FinalAnswer,
  OperationRef,
  RefusedAnswer,
  StatusAnswer,
  TopUpAnswer,
  TopUpRequest,
  UnknownAnswer,
  VoidAnswer,
  VoidRequest,
} from './messages.ts';
import { isRefusal, problemOf } from './problem.ts';
import type { SignedAnswer } from './transport.ts';
import { timeToWire, wireTime } from './wire.ts';

/* The calls that move money: top-up, batch, status and void. */

export const topUpCall: WalletCall<TopUpRequest, TopUpAnswer> = {
  encode: (request) => ({ method: 'POST', path: '/v1/top-ups', body: topUpBody(request) }),
  decode: (request, answer) =>
    answer.kind === 'no-answer' ? noAnswer(answer) : decodeOutcome(request, answer),
};

export const batchCall: WalletCall<BatchRequest, BatchAnswer> = {
  encode: (request) => {
    assert(request.items.length <= limits.batchItemsMax, 'a batch has a maximum');
    return { method: 'POST', path: '/v1/top-ups/batch', body: { items: request.items.map(topUpBody) } };
  },
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return sameForAll(request, noAnswer(answer));
    const parsed = batchSchema.safeParse(answer.body);
    return parsed.success
      ? sortOut(request, parsed.data.items, answer)
      : sameForAll(request, trouble(answer));
  },
};

export const statusCall: WalletCall<OperationRef, StatusAnswer> = {
  encode: (request) => ({ method: 'GET', path: `/v1/top-ups/${encodeURIComponent(request.operationId)}` }),
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    const problem = problemOf(answer.body);
    if (problem === 'operation-not-seen' || problem === 'operation-expired') {
      const field = strangeField(request, answer.body, ['operationId']);
      if (field !== undefined) return mismatch(field);
      return { kind: problem === 'operation-not-seen' ? 'not-seen' : 'expired' };
    }
    return decodeOutcome(request, answer);
  },
};

export const voidCall: WalletCall<VoidRequest, VoidAnswer> = {
  encode: (request) => ({
    method: 'POST',
    path: `/v1/top-ups/${encodeURIComponent(request.operationId)}/void`,
    body: {
      operationId: request.operationId,
      wallet: request.wallet,
      amountMinor: request.amountMinor,
      currency: request.currency,
      terminalNumber: request.terminalNumber,
      reason: request.reason,
    },
  }),
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    const outcome = decodeOutcome(request, answer);
    switch (outcome.kind) {
      case 'credited':
      case 'voided':
      case 'unknown':
        return outcome;
      case 'accepted':
      case 'refused':
        return unexpected(`"${outcome.kind}" is no answer to a void`);
      default:
        return unreachable(outcome);
    }
  },
};

function topUpBody(request: TopUpRequest): unknown {
  return {
    operationId: request.operationId,
    wallet: request.wallet,
    amountMinor: request.amountMinor,
    currency: request.currency,
    terminalNumber: request.terminalNumber,
    operationNumber: request.operationNumber,
    openedAt: timeToWire(request.openedAtMs),
    closedAt: timeToWire(request.closedAtMs),
    notes: request.notes.map(({ denominationMinor, count }) => ({ denominationMinor, count })),
    ...(request.supplementOf !== undefined && { supplementOf: request.supplementOf }),
    ...(request.holdId !== undefined && { holdId: request.holdId }),
  };
}

// ---------------------------------------------------------------- one outcome

type MoneyRef = Pick<OperationRef, 'operationId' | 'wallet' | 'amountMinor' | 'currency'>;
type Outcome = FinalAnswer | AcceptedAnswer | RefusedAnswer | UnknownAnswer;

/** Whatever is not exactly one of these is `unknown`; `type` marks a problem and excludes `outcome`. */
const outcomeSchema = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('credited'), creditedAt: wireTime, type: z.undefined().optional() }),
  z.object({
    outcome: z.literal('accepted'),
    promisedAt: wireTime.optional(),
    type: z.undefined().optional(),
  }),
  z.object({ outcome: z.literal('voided'), voidedAt: wireTime, type: z.undefined().optional() }),
]);

const refusalSchema = z.object({ retryable: z.boolean(), outcome: z.undefined().optional() });

const echoFields = ['operationId', 'wallet', 'amountMinor', 'currency'] as const;

function decodeOutcome(request: MoneyRef, answer: SignedAnswer): Outcome {
  const problem = problemOf(answer.body);
  if (problem !== undefined && isRefusal(problem)) {
    const refusal = refusalSchema.safeParse(answer.body);
    if (!refusal.success) return unexpected('a refusal that does not say whether it may be tried again');
    const field = strangeField(request, answer.body, echoFields);
    return field === undefined
      ? { kind: 'refused', reason: problem, retryable: refusal.data.retryable }
      : mismatch(field);
  }
  const parsed = outcomeSchema.safeParse(answer.body);
  if (!parsed.success) return trouble(answer);
  const field = strangeField(request, answer.body, echoFields);
  if (field !== undefined) return mismatch(field);
  switch (parsed.data.outcome) {
    case 'credited':
      return { kind: 'credited', creditedAtMs: parsed.data.creditedAt };
    case 'accepted': {
      const promisedAtMs = parsed.data.promisedAt;
      return { kind: 'accepted', ...(promisedAtMs !== undefined && { promisedAtMs }) };
    }
    case 'voided':
      return { kind: 'voided', voidedAtMs: parsed.data.voidedAt };
    default:
      return unreachable(parsed.data);
  }
}

/** The first field of `body` that does not repeat the request's, a missing one included. */
function strangeField(
  request: MoneyRef,
  body: unknown,
  fields: readonly (keyof MoneyRef)[],
): string | undefined {
  const said = new Map<string, unknown>(
    typeof body === 'object' && body !== null ? Object.entries(body) : [],
  );
  return fields.find((field) => said.get(field) !== request[field]);
}

// ---------------------------------------------------------------- a batch

const batchSchema = z.object({
  items: z.array(z.object({ operationId: z.string() }).loose()),
});

type BatchItem = z.infer<typeof batchSchema>['items'][number];

/** Items are told apart by their id, never by their place. */
function sortOut(request: BatchRequest, items: readonly BatchItem[], answer: SignedAnswer): BatchAnswer {
  const said = new Map<string, BatchItem[]>();
  for (const item of items) said.set(item.operationId, [...(said.get(item.operationId) ?? []), item]);
  const asked = new Set<string>(request.items.map((item) => item.operationId));
  const hasStranger = items.some((item) => !asked.has(item.operationId));
  return {
    items: request.items.map((item) => {
      const answers = (said.get(item.operationId) ?? []).map((body) =>
        decodeOutcome(item, { ...answer, body }),
      );
      return { operationId: item.operationId, answer: onlyOne(answers, hasStranger) };
    }),
  };
}

function onlyOne(answers: readonly TopUpAnswer[], hasStranger: boolean): TopUpAnswer {
  const [first, ...others] = answers;
  if (first === undefined) {
    return hasStranger ? mismatch('operationId') : unexpected('the batch has no answer for this item');
  }
  const agree = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
  return agree ? first : unexpected('the batch answers this item twice, and not alike');
}

function sameForAll(request: BatchRequest, answer: UnknownAnswer): BatchAnswer {
  const forItem = (operationId: OperationId): BatchItemAnswer => ({ operationId, answer });
  return { items: request.items.map((item) => forItem(item.operationId)) };
}
