import type { UnknownAnswer } from './messages.ts';
import { needsPerson, problemOf } from './problem.ts';
import type {
  NoAnswer,
  SignedAnswer,
  TransportAnswer,
  WalletHttpRequest,
  WalletTransport,
} from './transport.ts';

/** One kind of question to the wallet backend: how it is put and how its answer is read. Pure, and never throws. */
export interface WalletCall<Request, Answer> {
  readonly encode: (request: Request) => WalletHttpRequest;
  readonly decode: (request: Request, answer: TransportAnswer) => Answer;
}

/** Puts one question. Resolves at the latest when `deadlineMs` has passed; never rejects. */
export async function ask<Request, Answer>(
  transport: WalletTransport,
  call: WalletCall<Request, Answer>,
  request: Request,
  deadlineMs: number,
): Promise<Answer> {
  return call.decode(request, await transport.send(call.encode(request), deadlineMs));
}

export function noAnswer(answer: NoAnswer): UnknownAnswer {
  return {
    kind: 'unknown',
    why: 'no-answer',
    reason: answer.why,
    sentMaybe: answer.sentMaybe,
    ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
  };
}

export function mismatch(field: string): UnknownAnswer {
  return { kind: 'unknown', why: 'mismatch', field };
}

export function unexpected(detail: string): UnknownAnswer {
  return { kind: 'unknown', why: 'unexpected', detail };
}

/** A signed answer that is no sentence of its call: a problem of the catalogue, or something unheard of. */
export function trouble(answer: SignedAnswer): UnknownAnswer {
  const problem = problemOf(answer.body);
  if (problem === undefined) return unexpected('neither an answer to this call nor a known problem');
  return {
    kind: 'unknown',
    why: 'problem',
    problem,
    needsPerson: needsPerson(problem),
    ...(answer.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
  };
}
