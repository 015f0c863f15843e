import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { createScreenPort, type ScreenPort } from '../../host/screen-port.ts';
import { type RefusedLink, type ScreenServer, startScreenServer } from '../../host/screen-server.ts';
import { decodeDown } from '../../terminal/contract/decode.ts';
import type { ScreenView } from '../../terminal/contract/messages.ts';

const view: ScreenView = {
  frame: {
    terminalNumber: '10027344',
    supportPhone: '8 800 080 00 27',
    language: 'kk',
    languages: ['kk', 'ru'],
    easyMode: false,
    moreTime: false,
    simulated: true,
    panel: { pixelsPerMm: 3.77, noteSlot: 'below', receiptSlot: 'below' },
  },
  screen: { kind: 'one-moment' },
  offers: [],
};

describe('the screen server', () => {
  let folder: string;
  let server: ScreenServer;
  let port: ScreenPort;
  let heard: string[];
  let refused: RefusedLink[];
  let origin: string;
  let token: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qyzyl-page-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Qyzyl</title>');
    heard = [];
    refused = [];
    port = createScreenPort((text) => heard.push(text));
    server = await startScreenServer({
      pageFolder: folder,
      onLink: port.plugIn,
      onRefused: (why) => refused.push(why),
    });
    const url = new URL(server.url);
    origin = url.origin;
    token = url.hash.replace('#token=', '');
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const socket = (path: string, options: ClientOptions) =>
    new WebSocket(`${origin.replace('http', 'ws')}${path}`, options);
  const dial = (options: ClientOptions = { origin }) => socket(`/screen?token=${token}`, options);
  const nextText = (line: WebSocket) =>
    new Promise<string>((resolve) => line.once('message', (data) => resolve(String(data))));
  const ended = (line: WebSocket) =>
    new Promise<string>((resolve) => {
      line.once('close', (code) => resolve(`closed ${code}`));
      line.once('error', (error) => resolve(error.message));
    });

  test('gives a new line the whole view, and hears it', async () => {
    port.show(view);
    const line = dial();
    const message = decodeDown(await nextText(line));
    expect(message).toEqual({ kind: 'message', message: { kind: 'view', revision: 1, view } });
    line.send('hello');
    await expect.poll(() => heard).toEqual(['hello']);
  });

  test('a new valid line replaces the old one; the old one is heard no more', async () => {
    port.show(view);
    const first = dial();
    await nextText(first);
    const firstEnd = ended(first);
    const second = dial();
    await nextText(second);
    expect(await firstEnd).toBe('closed 4000');
    second.send('from the second');
    await expect.poll(() => heard).toEqual(['from the second']);
  });

  test.each([
    ['no token', '/screen', 'token'],
    ['a wrong token', '/screen?token=x', 'token'],
    ['another path', '/elsewhere', 'path'],
  ] as const)('refuses %s', async (_name, path, why) => {
    expect(await ended(socket(path, { origin }))).toContain('403');
    expect(refused).toEqual([why]);
  });

  test.each([
    ['another site', 'https://evil.example'],
    ['another port of this machine', 'http://127.0.0.1:1'],
    ['a file', 'null'],
  ])('refuses the right token from %s', async (_name, otherOrigin) => {
    expect(await ended(dial({ origin: otherOrigin }))).toContain('403');
    expect(refused).toEqual(['origin']);
  });

  /** Asks for a WebSocket by hand: a client library would put the address right. */
  const asking = (target: string) => {
    const { hostname, port: portNumber, host } = new URL(origin);
    const caller = connect(Number(portNumber), hostname);
    caller.write(
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    return caller;
  };

  test.each(['//', '///', 'http://['])('refuses %s, which is no address', async (target) => {
    const caller = asking(target);
    const answer = await new Promise((resolve) => caller.once('data', (data) => resolve(String(data))));
    caller.destroy();
    expect(answer).toContain('403');
    expect(refused).toEqual(['path']);
  });

  test('outlives callers that hang up on the refusal', async () => {
    for (let call = 1; call <= 20; call += 1) {
      const caller = asking('/screen').on('error', () => undefined);
      caller.once('connect', () => setImmediate(() => caller.resetAndDestroy()));
      await new Promise((resolve) => caller.once('close', resolve));
    }
    // An error that nobody hears ends the test run, as it would end the terminal.
    port.show(view);
    const line = dial();
    expect(decodeDown(await nextText(line)).kind).toBe('message');
    line.close();
  });

  test('refuses a name that only points at this machine', async () => {
    expect(await ended(dial({ origin, headers: { host: 'rebound.example' } }))).toContain('403');
    const { port: portNumber } = new URL(origin);
    const status = await new Promise((resolve, reject) => {
      request(
        { host: '127.0.0.1', port: portNumber, path: '/', headers: { host: 'rebound.example' } },
        (response) => resolve(response.statusCode),
      )
        .once('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  test('ends a line that sends more than any press needs; the terminal hears nothing of it', async () => {
    port.show(view);
    const line = dial();
    await nextText(line);
    const end = ended(line);
    line.send('x'.repeat(100_000));
    expect(await end).toBe('closed 1009');
    expect(heard).toEqual([]);
  });

  test('serves the page with a policy that lets nothing foreign in, and nothing outside its folder', async () => {
    const page = await fetch(`${origin}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${origin}/..%2f..%2fetc%2fpasswd`)).status).toBe(404);
  });
});
