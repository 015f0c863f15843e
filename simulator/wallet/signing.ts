import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  verify,
} from 'node:crypto';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import type { RawAnswer, RawRequest } from './messages.ts';

/*
 * The backend's half of the signature profile of docs/wallet-api.md, written from that page: it checks what terminals
 * sign and signs its own answers.
 */

const requestParts = '@method @authority @path content-digest';
const answerParts = [
  '@status',
  'content-digest',
  '@method;req',
  '@authority;req',
  '@path;req',
  'content-digest;req',
  'signature;req',
];

function digestOf(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/** RFC 7638 thumbprint of a raw Ed25519 public key (base64url). */
export function thumbprint(publicKey: string): string {
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${publicKey}"}`).digest('base64url');
}

function importPublicKey(publicKey: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** Does `signature` (base64url) let the key `newKeyId` in, in the name of an older key of that terminal? */
export function endorses(
  olderPublicKey: string,
  terminalNumber: string,
  newKeyId: string,
  signature: string,
): boolean {
  const key = importPublicKey(olderPublicKey);
  const text = Buffer.from(`qyzyl-pair\n${terminalNumber}\n${newKeyId}`);
  return key !== undefined && verify(null, text, key, Buffer.from(signature, 'base64url'));
}

// ---------------------------------------------------------------- requests

interface RequestSignature {
  readonly keyId: string;
  readonly nonce: string;
  readonly createdMs: number;
}

export type RequestProof =
  | { readonly kind: 'signed'; readonly by: RequestSignature }
  | { readonly kind: 'signature-missing' | 'signature-invalid' | 'key-unknown' | 'digest-mismatch' };

export async function proveRequest(
  request: RawRequest,
  publicKeyOf: (keyId: string) => string | undefined,
): Promise<RequestProof> {
  const { signature, 'content-digest': digest } = request.headers;
  if (signature === undefined) return { kind: 'signature-missing' };
  if (digest !== digestOf(request.body)) return { kind: 'digest-mismatch' };
  const parts: string[] = [];
  const found: { by?: RequestSignature; keyUnknown?: boolean } = {};
  try {
    const fits = await httpbis.verifyMessage(
      {
        all: true,
        requiredParams: ['created', 'nonce', 'keyid', 'alg', 'tag'],
        notAfter: Number.MAX_SAFE_INTEGER, // the clocks are compared by the caller, who answers with the right time
        componentParser: (name, params) => {
          parts.push(params.size === 0 ? name : `${name};…`);
          return null;
        },
        keyLookup: async ({ keyid = '', nonce = '', alg, tag, created }) => {
          if (alg !== 'ed25519' || tag !== 'qyzyl-request') return null;
          if (!(created instanceof Date) || nonce.length < 16 || nonce.length > 64) return null;
          found.by = { keyId: keyid, nonce, createdMs: created.getTime() };
          const key = importPublicKey(publicKeyOf(keyid) ?? '');
          found.keyUnknown = key === undefined;
          if (key === undefined) return null;
          const fits = createVerifier(key, 'ed25519');
          // One signature, canonically spelt: base64 leaves bits of its last letter unused.
          const isCanonical = (bytes: Buffer): boolean => signature === `sig=:${bytes.toString('base64')}:`;
          return { verify: async (base, bytes) => isCanonical(bytes) && (await fits(base, bytes)) };
        },
      },
      { method: request.method, url: request.url, headers: { ...request.headers } },
    );
    if (fits === true && found.by !== undefined && parts.join(' ') === requestParts) {
      return { kind: 'signed', by: found.by };
    }
  } catch {
    // The library throws at whatever it cannot read or cannot find a key for.
  }
  return { kind: found.keyUnknown === true ? 'key-unknown' : 'signature-invalid' };
}

// ---------------------------------------------------------------- answers

/** The backend's own key pair. */
export interface BackendKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

export function makeBackendKeyText(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}

export function backendKeyFromText(text: string): BackendKey {
  const privateKey = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  const publicKey = String(createPublicKey(privateKey).export({ format: 'jwk' }).x);
  return { keyId: thumbprint(publicKey), publicKey, privateKey };
}

export async function signAnswer(
  key: BackendKey,
  answer: RawAnswer,
  request: RawRequest,
  createdMs: number,
): Promise<RawAnswer> {
  // A request that lacks a header cannot be bound to by it; its sender could not have expected a valid answer.
  const bound = answerParts.filter((part) => {
    const [name = '', req] = part.split(';');
    return req === undefined || name.startsWith('@') || request.headers[name] !== undefined;
  });
  const signed = await httpbis.signMessage(
    {
      key: createSigner(key.privateKey, 'ed25519', key.keyId),
      name: 'sig',
      fields: bound,
      params: ['created', 'keyid', 'alg', 'tag'],
      paramValues: { created: new Date(createdMs), tag: 'qyzyl-answer' },
    },
    { status: answer.status, headers: { ...answer.headers, 'content-digest': digestOf(answer.body) } },
    { method: request.method, url: request.url, headers: { ...request.headers } },
  );
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(signed.headers)) headers[name.toLowerCase()] = String(value);
  return { ...answer, headers };
}
