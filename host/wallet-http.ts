import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../terminal/ports.ts';
import { problemOf } from '../terminal/wallet/problem.ts';
import {
  type NoAnswer,
  type NoAnswerReason,
  type SignedAnswer,
  type TransportAnswer,
  type WalletHttpRequest,
  type WalletTransport,
  walletLimits,
} from '../terminal/wallet/transport.ts';
import type { DeviceKey } from './device-key.ts';
import type { HttpExchange, HttpExchangeRequest, HttpExchangeResult } from './http-exchange.ts';
import { type BackendKeys, contentDigest, type Headers, proveAnswer, signRequest } from './http-signature.ts';

export interface WalletHttpOptions {
  /** `https://wallet.example.kz`, without a path. */
  readonly baseUrl: string;
  readonly backendKeys: BackendKeys;
  /** Asked for each request, so that a rotation takes effect at once. */
  readonly signingKey: () => DeviceKey;
  readonly exchange: HttpExchange;
  readonly clock: Clock;
  /** A fresh one for every request; only tests bring their own. */
  readonly nonce?: () => string;
}

/** A moment of the backend's clock that its signature vouches for. */
export interface BackendTime {
  readonly backendWallMs: number;
  /** When it came in, on this machine's monotonic clock. */
  readonly atMonoMs: number;
}

export interface WalletHttp extends WalletTransport {
  /** From the last proven answer, if there was one: against it the machine's clock is judged (money rule M7). */
  lastBackendTime(): BackendTime | undefined;
  /** How far the backend's clock is ahead of this machine's, as its last clock-skew problem told. */
  clockOffsetMs(): number;
  /** Sends one request signed with another key than the current one: a key signs its own pairing. */
  sendSignedWith(key: DeviceKey, request: WalletHttpRequest, deadlineMs: number): Promise<TransportAnswer>;
}

/**
 * A request is tried at most this often within its deadline: again after a kept connection turned out dead, and again
 * with a corrected clock. Both times the id and body stay, and the nonce is new.
 */
const triesMax = 3;

/** The wallet backend over HTTP: signs what goes out and lets nothing in that is not proven. */
export function walletHttp(options: WalletHttpOptions): WalletHttp {
  const { clock, exchange } = options;
  const nonce = options.nonce ?? (() => randomBytes(18).toString('base64url'));
  let clockOffsetMs = 0;
  let lastBackendTime: BackendTime | undefined;

  const sendOnce = async (
    key: DeviceKey,
    request: WalletHttpRequest,
    signal: AbortSignal,
  ): Promise<Attempt> => {
    const url = new URL(request.path, options.baseUrl);
    const body = request.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(request.body));
    const createdWallMs = clock.wallMs() + clockOffsetMs;
    const signed = await signRequest(key, { method: request.method, url, body }, createdWallMs, nonce());
    const message: HttpExchangeRequest = {
      method: request.method,
      url,
      body,
      headers: {
        ...signed,
        accept: 'application/json, application/problem+json',
        'accept-encoding': 'identity',
        ...(body.byteLength > 0 && { 'content-type': 'application/json' }),
      },
    };
    const attempt = await read(options.backendKeys, message, await exchange.exchange(message, signal));
    if (attempt.answer.kind === 'answer') {
      lastBackendTime = { backendWallMs: attempt.answer.backendWallMs, atMonoMs: clock.monoMs() };
    }
    return attempt;
  };

  const sendWithin = async (
    key: DeviceKey,
    request: WalletHttpRequest,
    signal: AbortSignal,
  ): Promise<TransportAnswer> => {
    let attempt = await sendOnce(key, request, signal);
    for (let tries = 1; tries < triesMax && !signal.aborted; tries += 1) {
      const skewed = attempt.answer.kind === 'answer' ? backendTimeOfSkew(attempt.answer) : undefined;
      if (skewed !== undefined) clockOffsetMs = skewed - clock.wallMs();
      else if (!attempt.staleConnection) break;
      attempt = await sendOnce(key, request, signal);
    }
    return attempt.answer;
  };

  const sendSignedWith: WalletHttp['sendSignedWith'] = (key, request, deadlineMs) =>
    withDeadline(clock, deadlineMs, (signal) => sendWithin(key, request, signal));

  return {
    send: (request, deadlineMs) => sendSignedWith(options.signingKey(), request, deadlineMs),
    sendSignedWith,
    clockOffsetMs: () => clockOffsetMs,
    lastBackendTime: () => lastBackendTime,
  };
}

interface Attempt {
  readonly answer: TransportAnswer;
  readonly staleConnection: boolean;
}

function withDeadline(
  clock: Clock,
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<TransportAnswer>,
): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    const abort = new AbortController();
    const timer = clock.setTimer(deadlineMs, () => {
      resolve({ kind: 'no-answer', why: 'deadline', sentMaybe: true });
      abort.abort();
    });
    work(abort.signal)
      .then(resolve, reject)
      .finally(() => timer.cancel());
  });
}

/** What one exchange proved. The order matters: nothing in an answer is looked at before its signature holds. */
async function read(
  backendKeys: BackendKeys,
  request: HttpExchangeRequest,
  result: HttpExchangeResult,
): Promise<Attempt> {
  if (result.kind === 'failed') {
    return {
      answer: { kind: 'no-answer', why: result.why, sentMaybe: result.sentMaybe },
      staleConnection: result.staleConnection,
    };
  }
  return { answer: await prove(backendKeys, request, result), staleConnection: false };
}

async function prove(
  backendKeys: BackendKeys,
  request: HttpExchangeRequest,
  result: Extract<HttpExchangeResult, { kind: 'answered' }>,
): Promise<TransportAnswer> {
  const headers = singleHeaders(result.headers);
  const retryAfterMs = retryAfterMsOf(headers);
  const none = (why: NoAnswerReason): NoAnswer => ({
    kind: 'no-answer',
    why,
    sentMaybe: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
  if (result.status >= 300 && result.status < 400) return none('redirect');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return none('encoded');
  if (result.body.byteLength > walletLimits.answerBytesMax) return none('too-large');
  const proof = await proveAnswer(backendKeys, { status: result.status, headers }, request);
  if (proof.kind !== 'proven') return none(proof.kind);
  if (headers['content-digest'] !== contentDigest(result.body)) return none('bad-digest');
  const body = jsonOf(result.body);
  if (body === undefined) return none('not-json');
  return {
    kind: 'answer',
    status: result.status,
    body: body.value,
    backendWallMs: proof.createdWallMs,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function singleHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) single[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return single;
}

function jsonOf(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

/**
 * Only whole seconds; a date would hang on this machine's clock. It is not signed, which is why it may delay the next
 * try by so much and no more.
 */
function retryAfterMsOf(headers: Headers): number | undefined {
  const text = headers['retry-after'];
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  return Math.min(Number(text) * 1_000, walletLimits.retryAfterMsMax);
}

const skewSchema = z.object({ backendTime: z.iso.datetime({ offset: true }) });

function backendTimeOfSkew(answer: SignedAnswer): number | undefined {
  if (problemOf(answer.body) !== 'clock-skew') return undefined;
  const parsed = skewSchema.safeParse(answer.body);
  return parsed.success ? Date.parse(parsed.data.backendTime) : undefined;
}
