import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { makeDeviceKey } from './device-key.ts';
import { type HttpExchange, nodeHttpExchange } from './http-exchange.ts';
import { systemClock } from './system-clock.ts';
import { walletHttp } from './wallet-http.ts';

/* The network's own mischief, against plain servers that know nothing of the contract. */

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function serve(listener: RequestListener): Promise<{ url: URL; server: Server }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/terminal`), server };
}

function open(bodyBytesMax = 1_000): HttpExchange {
  const exchange = nodeHttpExchange({ bodyBytesMax });
  cleanups.push(() => exchange.close());
  return exchange;
}

const never = new AbortController().signal;
const get = (url: URL) => ({ method: 'GET', url, headers: {}, body: new Uint8Array() });

describe('an exchange', () => {
  test('brings status, headers and body', async () => {
    const { url } = await serve((_request, response) =>
      response.writeHead(418, { 'x-kind': 'tea' }).end('short'),
    );
    expect(await open().exchange(get(url), never)).toMatchObject({
      kind: 'answered',
      status: 418,
      headers: { 'x-kind': 'tea' },
      body: Buffer.from('short'),
    });
  });

  test('stops reading a body that is too large', async () => {
    const { url } = await serve((_request, response) => {
      response.write('x'.repeat(1_001));
    });
    expect(await open().exchange(get(url), never)).toMatchObject({ kind: 'failed', why: 'too-large' });
  });

  test('takes a body of exactly the largest size', async () => {
    const { url } = await serve((_request, response) => response.end('x'.repeat(1_000)));
    expect((await open().exchange(get(url), never)).kind).toBe('answered');
  });

  test('knows that nothing was sent when nobody listens', async () => {
    const { url, server } = await serve(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await open().exchange(get(url), never)).toMatchObject({
      why: 'refused-connection',
      sentMaybe: false,
    });
  });

  test('tells a name that nobody has from a host that does not listen', async () => {
    // RFC 2606: no name under `.invalid` ever exists.
    expect(await open().exchange(get(new URL('http://wallet.invalid/')), never)).toMatchObject({
      why: 'no-such-name',
      sentMaybe: false,
    });
  });

  test('cannot know it when the line breaks midway', async () => {
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setImmediate(() => response.destroy());
    });
    expect(await open().exchange(get(url), never)).toMatchObject({ why: 'connection-lost', sentMaybe: true });
  });

  test('over TLS against a server without it sends nothing', async () => {
    const server = createTcpServer((socket) => socket.end('plain words'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => server.close());
    const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await open().exchange(get(url), never)).toMatchObject({ why: 'tls', sentMaybe: false });
  });

  test('ends when it is told to, even with half a body there', async () => {
    const { url } = await serve((_request, response) => {
      response.write('half');
    });
    const abort = new AbortController();
    const result = open().exchange(get(url), abort.signal);
    abort.abort();
    expect(await result).toMatchObject({ kind: 'failed', why: 'deadline' });
  });
});

describe('the wallet client', () => {
  const ask = async (url: URL, deadlineMs = 10_000) =>
    walletHttp({
      baseUrl: url.origin,
      backendKeys: new Map(),
      signingKey: () => key,
      exchange: open(),
      clock: systemClock,
    }).send({ method: 'GET', path: '/v1/terminal' }, deadlineMs);
  const key = makeDeviceKey();

  test('follows no redirect', async () => {
    let calls = 0;
    const { url } = await serve((_request, response) => {
      calls += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await ask(url)).toMatchObject({ kind: 'no-answer', why: 'redirect' });
    expect(calls).toBe(1);
  });

  test('unpacks nothing', async () => {
    const { url } = await serve((request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity');
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('…');
    });
    expect(await ask(url)).toMatchObject({ kind: 'no-answer', why: 'encoded' });
  });

  test.each([
    ['30', 30_000],
    ['86400', 900_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ])('honours Retry-After: %s', async (text, retryAfterMs) => {
    const { url } = await serve((_request, response) =>
      response.writeHead(503, { 'retry-after': text }).end(),
    );
    const answer = await ask(url);
    expect(answer).toMatchObject({ kind: 'no-answer', why: 'not-signed' });
    expect(answer.retryAfterMs).toBe(retryAfterMs);
  });

  test('keeps the deadline to the last byte of the body', async () => {
    const { url } = await serve((_request, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      cleanups.push(() => clearInterval(drip));
    });
    expect(await ask(url, 200)).toEqual({ kind: 'no-answer', why: 'deadline', sentMaybe: true });
  });

  test('tries again at once, with a new nonce, when a kept connection had died', async () => {
    const nonces: (string | string[] | undefined)[] = [];
    const { url, server } = await serve((request, response) => {
      nonces.push(request.headers['signature-input']);
      response.end('{}');
    });
    const client = walletHttp({
      baseUrl: url.origin,
      backendKeys: new Map(),
      signingKey: () => key,
      exchange: open(),
      clock: systemClock,
    });
    const send = () => client.send({ method: 'GET', path: '/v1/terminal' }, 10_000);
    await send();
    // The server hangs up on the kept connection just as the next request is on its way.
    server.prependOnceListener('request', (request) => request.socket.destroy());
    expect(await send()).toMatchObject({ why: 'not-signed' });
    expect(new Set(nonces).size).toBe(3);
  });
});
