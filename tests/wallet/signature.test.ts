import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSigner, createVerifier, httpbis } from 'http-message-signatures';
import { describe, expect, test } from 'vitest';
import { keyIdOf } from '../../host/device-key.ts';
import { backendKeys, contentDigest, proveAnswer, signRequest } from '../../host/http-signature.ts';
import { proveRequest } from '../../simulator/wallet/signing.ts';
import vectors from '../vectors/rfc9421.json' with { type: 'json' };

const { b26, responseBoundToRequest } = vectors;
const rfcKey = createPrivateKey({
  key: Buffer.from(b26.privateKeyPkcs8, 'base64'),
  format: 'der',
  type: 'pkcs8',
});

describe('the signature library', () => {
  test('signs as RFC 9421 §B.2.6 does', async () => {
    const signed = await httpbis.signMessage(
      {
        key: createSigner(rfcKey, 'ed25519', b26.keyid),
        name: 'sig-b26',
        fields: b26.fields,
        params: ['created', 'keyid'],
        paramValues: { created: new Date(b26.created * 1_000) },
      },
      b26.request,
    );
    expect(signed.headers).toMatchObject({ 'Signature-Input': b26.signatureInput, Signature: b26.signature });
  });

  test('verifies an answer bound to its request, as in RFC 9421 §2.4, and to no other', async () => {
    const key = createPublicKey({
      key: Buffer.from(responseBoundToRequest.publicKeySpki, 'base64'),
      format: 'der',
      type: 'spki',
    });
    const verify = (request: typeof responseBoundToRequest.request): Promise<boolean | null> =>
      httpbis.verifyMessage(
        { keyLookup: async () => ({ verify: createVerifier(key, 'ecdsa-p256-sha256') }) },
        responseBoundToRequest.response,
        request,
      );
    expect(await verify(responseBoundToRequest.request)).toBe(true);
    expect(await verify({ ...responseBoundToRequest.request, method: 'PUT' })).toBe(false);
    const otherBody = { 'content-digest': contentDigest(Buffer.from('another')) };
    expect(await verify({ ...responseBoundToRequest.request, headers: otherBody })).toBe(false);
  });
});

describe('the example of docs/wallet-api.md', () => {
  const [request, answer] = examples();
  const { host } = request.headers;
  const url = new URL(`https://${host}${request.target}`);
  const publicKey = String(createPublicKey(rfcKey).export({ format: 'jwk' }).x);

  test('is what the terminal sends', async () => {
    const key = { keyId: keyIdOf(publicKey), publicKey, privateKey: rfcKey };
    const body = Buffer.from(request.body);
    const unsigned = { method: 'POST', url, body };
    const headers = await signRequest(key, unsigned, 1_795_330_800_000, 'q83vEjRWeJCrze8SNFZ4kKvN');
    expect(request.headers).toMatchObject(headers);
  });

  test('is taken by the backend', async () => {
    const message = { method: 'POST', url, headers: request.headers, body: Buffer.from(request.body) };
    expect(await proveRequest(message, () => publicKey)).toMatchObject({ kind: 'signed' });
  });

  test('is taken by the terminal', async () => {
    const keys = backendKeys(['6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw']);
    const sent = { method: 'POST', url, headers: request.headers };
    expect(await proveAnswer(keys, { status: 200, headers: answer.headers }, sent)).toEqual({
      kind: 'proven',
      createdWallMs: 1_795_330_801_000,
    });
    expect(answer.headers['content-digest']).toBe(contentDigest(Buffer.from(answer.body)));
  });
});

describe('a good signature over the wrong things', () => {
  const keyId = keyIdOf(String(createPublicKey(rfcKey).export({ format: 'jwk' }).x));
  const publicKey = String(createPublicKey(rfcKey).export({ format: 'jwk' }).x);
  const body = Buffer.from('{}');
  const request = {
    method: 'POST',
    url: new URL('https://wallet.example.kz/v1/top-ups'),
    headers: { 'content-digest': contentDigest(body), signature: 'sig=:AAEC:' },
  };
  const whole = ['@method', '@authority', '@path', 'content-digest'];
  const bound = ['@status', 'content-digest', '@method;req', '@authority;req', '@path;req'];
  const wholeAnswer = [...bound, 'content-digest;req', 'signature;req'];

  const sign = (fields: string[], tag: string, name = 'sig') => ({
    key: createSigner(rfcKey, 'ed25519', keyId),
    name,
    fields,
    params: ['created', 'nonce', 'keyid', 'alg', 'tag'],
    paramValues: { created: new Date(1_000), nonce: '0123456789abcdef', tag },
  });

  test.each([
    ['is taken if whole', whole, 'qyzyl-request', 'signed'],
    ['lacks the path', ['@method', '@authority', 'content-digest'], 'qyzyl-request', 'signature-invalid'],
    ['lacks the digest', ['@method', '@authority', '@path'], 'qyzyl-request', 'signature-invalid'],
    ['was made for something else', whole, 'qyzyl-answer', 'signature-invalid'],
  ])('a request: %s', async (_name, fields, tag, kind) => {
    const unsigned = { ...request, headers: { 'content-digest': contentDigest(body) } };
    const { headers } = await httpbis.signMessage(sign(fields, tag), unsigned);
    expect(
      await proveRequest({ ...request, headers: lowerCase(headers), body }, () => publicKey),
    ).toMatchObject({ kind });
  });

  test.each([
    ['is taken if whole', wholeAnswer, 'qyzyl-answer', 'proven'],
    ['is bound to no request', ['@status', 'content-digest'], 'qyzyl-answer', 'bad-signature'],
    ['is not bound to the nonce', [...bound, 'content-digest;req'], 'qyzyl-answer', 'bad-signature'],
    ['lacks the status', wholeAnswer.slice(1), 'qyzyl-answer', 'bad-signature'],
    ['was made for something else', wholeAnswer, 'qyzyl-request', 'bad-signature'],
  ])('an answer: %s', async (_name, fields, tag, kind) => {
    const plain = { status: 200, headers: { 'content-digest': contentDigest(body) } };
    const { headers } = await httpbis.signMessage(sign(fields, tag), plain, request);
    const answer = { status: 200, headers: lowerCase(headers) };
    expect(await proveAnswer(backendKeys([publicKey]), answer, request)).toMatchObject({ kind });
    expect(await proveAnswer(backendKeys([]), answer, request)).toEqual({ kind: 'bad-signature' });
  });

  test('an answer with a second signature over nothing is none', async () => {
    const plain = { status: 200, headers: { 'content-digest': contentDigest(body) } };
    const once = await httpbis.signMessage(sign(wholeAnswer, 'qyzyl-answer'), plain, request);
    const twice = await httpbis.signMessage(sign([], 'qyzyl-answer', 'other'), once, request);
    const answer = { status: 200, headers: lowerCase(twice.headers) };
    expect(await proveAnswer(backendKeys([publicKey]), answer, request)).toEqual({ kind: 'bad-signature' });
  });

  test('a signature has one spelling: the spare bits of base64 are not free', async () => {
    const plain = { status: 200, headers: { 'content-digest': contentDigest(body) } };
    const { headers } = await httpbis.signMessage(sign(wholeAnswer, 'qyzyl-answer'), plain, request);
    const { signature = '', ...rest } = lowerCase(headers);
    const respelt = signature.replace(/([AQgw])==:$/, (_all, last: string) => `${respell(last)}==:`);
    expect(respelt).not.toBe(signature);
    expect(Buffer.from(respelt.slice(5, -1), 'base64')).toEqual(
      Buffer.from(signature.slice(5, -1), 'base64'),
    );
    const answer = { status: 200, headers: { ...rest, signature: respelt } };
    expect(await proveAnswer(backendKeys([publicKey]), answer, request)).toEqual({ kind: 'bad-signature' });
  });

  test('an answer with two signatures, both good, is none', async () => {
    const plain = { status: 200, headers: { 'content-digest': contentDigest(body) } };
    const once = await httpbis.signMessage(sign(wholeAnswer, 'qyzyl-answer'), plain, request);
    const twice = await httpbis.signMessage(sign(wholeAnswer, 'qyzyl-answer', 'other'), once, request);
    const answer = { status: 200, headers: lowerCase(twice.headers) };
    expect(await proveAnswer(backendKeys([publicKey]), answer, request)).toEqual({ kind: 'bad-signature' });
  });
});

/** Another letter for the same two leading bits. */
function respell(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}

function lowerCase(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

interface Example {
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function examples(): [Example, Example] {
  const page = readFileSync(new URL('../../docs/wallet-api.md', import.meta.url), 'utf8');
  const blocks = [...page.matchAll(/```http\n(.*?)\n```/gs)].map(([, block = '']) => parse(block));
  const [request, answer] = blocks;
  if (request === undefined || answer === undefined) throw new Error('the page has lost its example');
  return [request, answer];
}

function parse(block: string): Example {
  const [head = '', body = ''] = block.split('\n\n');
  const [first = '', ...lines] = head.split('\n');
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2),
  ]);
  return { target: first.split(' ')[1] ?? '', headers: Object.fromEntries(headers), body };
}
