import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import { type DeviceKey, keyIdOf } from './device-key.ts';

/*
 * The terminal's half of the signature profile in docs/wallet-api.md: HTTP Message Signatures (RFC 9421) with Ed25519,
 * over a content digest (RFC 9530).
 */

const label = 'sig';
const requestTag = 'qyzyl-request';
const answerTag = 'qyzyl-answer';
const requestComponents = ['@method', '@authority', '@path', 'content-digest'];
/** The parts with `;req` bind the answer to this request: an answer to any other one does not verify. */
const answerComponents = [
  '@status',
  'content-digest',
  '@method;req',
  '@authority;req',
  '@path;req',
  'content-digest;req',
  'signature;req',
];

export interface UnsignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: Uint8Array;
}

export type Headers = Readonly<Record<string, string>>;

export interface AnswerMessage {
  readonly status: number;
  readonly headers: Headers;
}

export interface RequestMessage {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
}

/** The public keys of the backend by key id. */
export type BackendKeys = ReadonlyMap<string, KeyObject>;

/** `sha-256=:…:` of the body, an empty one included. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

export async function signRequest(
  key: DeviceKey,
  request: UnsignedRequest,
  createdWallMs: number,
  nonce: string,
): Promise<Headers> {
  const signed = await httpbis.signMessage(
    {
      key: createSigner(key.privateKey, 'ed25519', key.keyId),
      name: label,
      fields: requestComponents,
      params: ['created', 'nonce', 'keyid', 'alg', 'tag'],
      paramValues: { created: new Date(createdWallMs), nonce, tag: requestTag },
    },
    {
      method: request.method,
      url: request.url,
      headers: { 'content-digest': contentDigest(request.body) },
    },
  );
  return Object.fromEntries(
    Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

export type AnswerProof =
  | { readonly kind: 'proven'; readonly createdWallMs: number }
  | { readonly kind: 'not-signed' }
  | { readonly kind: 'bad-signature' };

/**
 * Checks that a backend key signed this answer to this request. The library says whether the signature fits what the
 * answer claims to cover; here we also hold that it covers exactly what the profile asks for, under one label only.
 */
export async function proveAnswer(
  keys: BackendKeys,
  answer: AnswerMessage,
  request: RequestMessage,
): Promise<AnswerProof> {
  const { signature, 'signature-input': signatureInput } = answer.headers;
  if (signature === undefined && signatureInput === undefined) return { kind: 'not-signed' };
  const covered: string[] = [];
  let createdWallMs = Number.NaN;
  try {
    const fits = await httpbis.verifyMessage(
      {
        all: true,
        requiredParams: ['created', 'keyid', 'alg', 'tag'],
        // The bond to the request's nonce makes the answer fresh; the clocks may differ.
        notAfter: Number.MAX_SAFE_INTEGER,
        keyLookup: async ({ keyid, tag, alg, created }) => {
          createdWallMs = created instanceof Date ? created.getTime() : Number.NaN;
          const key = keys.get(keyid ?? '');
          if (key === undefined || tag !== answerTag || alg !== 'ed25519') return null;
          const verify = createVerifier(key, 'ed25519');
          // One signature and one spelling of it: base64 has bits to spare at its end.
          const isOnly = (bytes: Buffer): boolean => signature === `${label}=:${bytes.toString('base64')}:`;
          return { verify: async (base, bytes) => isOnly(bytes) && (await verify(base, bytes)) };
        },
        componentParser: (name, params) => {
          covered.push(componentText(name, params));
          return null;
        },
      },
      { status: answer.status, headers: { ...answer.headers } },
      { method: request.method, url: request.url, headers: { ...request.headers } },
    );
    const complete =
      covered.length === answerComponents.length && answerComponents.every((part) => covered.includes(part));
    if (fits !== true || !complete || !Number.isSafeInteger(createdWallMs)) {
      return { kind: 'bad-signature' };
    }
    return { kind: 'proven', createdWallMs };
  } catch {
    // Whatever the library stumbles over in a stranger's header is no signature.
    return { kind: 'bad-signature' };
  }
}

function componentText(name: string, parameters: ReadonlyMap<string, string | number | boolean>): string {
  const texts = [...parameters].map(([key, value]) => (value === true ? key : `${key}=${value}`));
  return [name, ...texts].join(';');
}

/** The backend's raw public keys (base64url), as settings hold them: more than one while the backend changes its own. */
export function backendKeys(publicKeys: readonly string[]): BackendKeys {
  return new Map(
    publicKeys.map((x) => [
      keyIdOf(x),
      createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    ]),
  );
}
