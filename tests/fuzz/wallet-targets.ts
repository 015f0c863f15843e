import { createPrivateKey, createPublicKey } from 'node:crypto';
import { type DeviceKey, keyIdOf } from '../../host/device-key.ts';
import type { HttpExchangeRequest, HttpExchangeResult } from '../../host/http-exchange.ts';
import { backendKeys, contentDigest, signRequest } from '../../host/http-signature.ts';
import { walletHttp } from '../../host/wallet-http.ts';
import { seededRandom } from '../../simulator/random.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { createBackend } from '../../simulator/wallet/backend.ts';
import { backendKeyFromText, signAnswer } from '../../simulator/wallet/signing.ts';
import type { WalletHttpRequest } from '../../terminal/wallet/transport.ts';
import { jsonDecoder, jsonValue } from './json-decoder.ts';
import { type Decoder, type FuzzTarget, promise } from './target.ts';
import { answerReaders, goodAnswers, goodRequests } from './wallet-samples.ts';

/* What comes from the wallet backend, and for the embedded backend what comes from terminals. */

export const walletTargets: readonly FuzzTarget[] = [
  { name: 'wallet-answers', share: 6, open: walletAnswers },
  { name: 'http-answers', share: 0.6, open: httpAnswers },
  { name: 'backend-calls', share: 0.3, open: backendCalls },
  { name: 'backend-requests', share: 0.6, open: backendRequests },
];

/** Keys for tests alone: the Ed25519 key of RFC 9421 §B.1.4, and one beside it. */
const deviceKeyText = 'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF';
const backendKeyText = 'MC4CAQAwBQYDK2VwBCIEIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g';

const baseUrl = 'https://wallet.example.kz';
const terminalNumber = '10000001';

/** A proven answer says whatever the backend says; nothing but the request's own echo makes it final. */
function walletAnswers(): Decoder {
  return jsonDecoder(goodAnswers, (text) => {
    const body = jsonValue(text);
    const kinds = answerReaders.map((read) => read({ kind: 'answer', status: 200, body, backendWallMs: 0 }));
    return kinds.every((kind) => kind === 'unknown') ? 'refused' : 'taken';
  });
}

// ---------------------------------------------------------------- below the meaning

interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const checkRequest: WalletHttpRequest = { method: 'POST', path: '/v1/top-ups', body: { operationId: 'o1' } };

/** Whatever is changed in a signed answer, only what was signed is believed. */
async function httpAnswers(): Promise<Decoder> {
  const signed: string[] = [];
  const samples: PlainAnswer[] = [];
  const request = await captured();
  for (const { status, headers, body } of plainAnswers) {
    const answer = await signAnswer(
      backendKeyFromText(backendKeyText),
      { status, headers, body: Buffer.from(body) },
      request,
      new VirtualClock().wallMs(),
    );
    samples.push({ status, headers: answer.headers, body });
    signed.push(`${status} ${body}`);
  }
  const decoder = jsonDecoder(samples, () => 'taken');
  return {
    ...decoder,
    read: async (input) => {
      const answer = plainAnswerOf(jsonValue(new TextDecoder().decode(input)));
      if (answer === undefined) return 'refused';
      const got = await client({ ...answer, kind: 'answered', body: Buffer.from(answer.body) }).send(
        checkRequest,
        5_000,
      );
      if (got.kind === 'no-answer') return 'refused';
      promise(signed.includes(`${got.status} ${answer.body}`), 'an answer that nobody signed is believed');
      return 'taken';
    },
  };
}

const plainAnswers: readonly PlainAnswer[] = [
  { status: 200, headers: { 'content-type': 'application/json' }, body: '{"outcome":"credited"}' },
  { status: 422, headers: { 'retry-after': '30' }, body: '{"type":"urn:qyzyl:problem:limit-exceeded"}' },
  { status: 503, headers: {}, body: '{"type":"urn:qyzyl:problem:unavailable","detail":"later"}' },
];

/** Node hands headers over as texts; a status is whatever the status line said. */
function plainAnswerOf(value: unknown): PlainAnswer | undefined {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('status' in value) ||
    !('headers' in value) ||
    !('body' in value)
  )
    return undefined;
  const { status, headers, body } = value;
  if (
    typeof status !== 'number' ||
    typeof headers !== 'object' ||
    headers === null ||
    typeof body !== 'string'
  )
    return undefined;
  const texts = Object.entries(headers).filter(
    (entry) => typeof entry[1] === 'string' || Array.isArray(entry[1]),
  );
  return { status, headers: Object.fromEntries(texts.map(([name, text]) => [name, String(text)])), body };
}

function client(result: HttpExchangeResult, onRequest?: (request: HttpExchangeRequest) => void) {
  return walletHttp({
    baseUrl,
    backendKeys: backendKeys([backendKeyFromText(backendKeyText).publicKey]),
    signingKey: () => deviceKey,
    exchange: {
      exchange: (request) => {
        onRequest?.(request);
        return Promise.resolve(result);
      },
    },
    clock: new VirtualClock(),
    nonce: () => 'a-nonce-of-24-characters',
  });
}

const deviceKey: DeviceKey = (() => {
  const privateKey = createPrivateKey({
    key: Buffer.from(deviceKeyText, 'base64'),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = String(createPublicKey(privateKey).export({ format: 'jwk' }).x);
  return { privateKey, publicKey, keyId: keyIdOf(publicKey) };
})();

/** The request that the answers are bound to, as it leaves. */
async function captured(): Promise<HttpExchangeRequest> {
  let seen: HttpExchangeRequest | undefined;
  const nobody = { kind: 'failed', why: 'connection-lost', sentMaybe: true, staleConnection: false } as const;
  await client(nobody, (request) => {
    seen = request;
  }).send(checkRequest, 5_000);
  if (seen === undefined) throw new Error('no request was sent');
  return seen;
}

// ---------------------------------------------------------------- the embedded backend

/** Calls that are signed as they should be, and say anything. */
function backendCalls(): Decoder {
  const clock = new VirtualClock();
  const backend = createBackend({ clock, random: seededRandom(1) });
  backend.enrol(terminalNumber, deviceKey.publicKey);
  let sent = 0;
  return {
    ...jsonDecoder(goodRequests, () => 'taken'),
    read: async (input) => {
      const value = jsonValue(new TextDecoder().decode(input));
      const request = callOf(value);
      if (request === undefined) return 'refused';
      sent += 1;
      const url = new URL(request.path, baseUrl);
      const body = Buffer.from(request.body);
      const headers = await signRequest(
        deviceKey,
        { method: request.method, url, body },
        clock.wallMs(),
        `nonce-of-call-number-${sent}`,
      );
      const delivery = await backend.deliver({ method: request.method, url, headers, body });
      backend.ledger.check();
      promise(delivery.kind === 'whole', 'no answer');
      return delivery.answer.status === 200 ? 'taken' : 'refused';
    },
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

function callOf(value: unknown): Call | undefined {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('method' in value))
    return undefined;
  const { path, method } = value;
  const isPath = typeof path === 'string' && path.startsWith('/') && URL.canParse(path, baseUrl);
  if (!isPath || (method !== 'GET' && method !== 'POST')) return undefined;
  return { method, path, body: 'body' in value && method === 'POST' ? JSON.stringify(value.body) : '' };
}

/** Requests whose headers anybody may have written: without a signature that holds, nothing is booked. */
async function backendRequests(): Promise<Decoder> {
  const clock = new VirtualClock();
  const backend = createBackend({ clock, random: seededRandom(1) });
  backend.enrol(terminalNumber, deviceKey.publicKey);
  const samples = await Promise.all(
    goodRequests.map(async ({ method, path, body }, at) => {
      const bytes = Buffer.from(JSON.stringify(body) ?? '');
      const unsigned = { method, url: new URL(path, baseUrl), body: bytes };
      // Signed long ago: even an unchanged one is refused, and is read to its end before.
      const headers = await signRequest(
        deviceKey,
        unsigned,
        clock.wallMs() - 3_600_000,
        `nonce-of-sample-number-${at}`,
      );
      return { status: 0, headers, method, path, body: bytes.toString() };
    }),
  );
  return {
    ...jsonDecoder(samples, () => 'taken'),
    read: async (input) => {
      const value = jsonValue(new TextDecoder().decode(input));
      const plain = plainAnswerOf(value);
      const call = callOf(value);
      if (plain === undefined || call === undefined) return 'refused';
      const delivery = await backend.deliver({
        method: call.method,
        url: new URL(call.path, baseUrl),
        headers: plain.headers,
        body: Buffer.from(plain.body),
      });
      promise(
        delivery.kind === 'whole' && delivery.answer.status >= 400,
        'a request that nobody signed is served',
      );
      return plain.headers['content-digest'] === contentDigest(Buffer.from(plain.body)) ? 'taken' : 'refused';
    },
  };
}
