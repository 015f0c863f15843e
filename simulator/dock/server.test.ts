import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { type DockMessage, decodeDockMessage } from './contract.ts';
import { type DockServer, startDockServer } from './server.ts';
import { type DockedWorld, openDockedWorld } from './testing/docked-world.ts';

describe('the dock’s server', () => {
  let folder: string;
  let server: DockServer;
  let docked: DockedWorld;
  let token: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'qyzyl-dock-page-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>dock</title>');
    mkdirSync(join(folder, 'slips'));
    writeFileSync(join(folder, 'slips', '1.png'), 'picture');
    server = await startDockServer({
      pageFolder: folder,
      slipsFolder: join(folder, 'slips'),
      screenOrigin: 'http://127.0.0.1:4242',
    });
    docked = openDockedWorld();
    server.attach(docked.dock);
    token = new URL(server.url).hash.replace('#token=', '');
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const socket = (path: string, options: ClientOptions) =>
    new WebSocket(`${server.origin.replace('http', 'ws')}${path}`, options);
  const dial = () => socket(`/dock?token=${token}`, { origin: server.origin });
  const refusal = (line: WebSocket) =>
    new Promise<string>((resolve) => line.once('error', (error) => resolve(error.message)));
  const told = (line: WebSocket, fits: (message: DockMessage) => boolean) =>
    new Promise<DockMessage>((resolve) => {
      line.on('message', (data) => {
        const message = decodeDockMessage(String(data));
        if (message !== undefined && fits(message)) resolve(message);
      });
    });

  test('tells a page how the world is, does what it says, and tells what came of it', async () => {
    const line = dial();
    await told(line, ({ kind }) => kind === 'world');
    line.send(JSON.stringify({ kind: 'printer', action: 'cover open' }));
    const isOpen = (message: DockMessage) => message.kind === 'world' && message.world.printer.coverOpen;
    expect(await told(line, isOpen)).toBeDefined();
  });

  test.each([
    ['no token', '/dock', undefined],
    ['a wrong token', '/dock?token=x', undefined],
    ['another path', '/screen', undefined],
    ['another site', '/dock', 'https://evil.example'],
    ['the screen’s own page', '/dock', 'http://127.0.0.1:4242'],
    ['a file', '/dock', 'null'],
  ])('lets nobody in with %s', async (_name, path, origin) => {
    const withToken = origin === undefined ? path : `${path}?token=${token}`;
    expect(await refusal(socket(withToken, { origin: origin ?? server.origin }))).toContain('403');
  });

  test('gives a slip’s picture to who has the token, and nothing else of the disk', async () => {
    const picture = await fetch(`${server.origin}/slips/1.png?token=${token}`);
    expect(await picture.text()).toBe('picture');
    expect((await fetch(`${server.origin}/slips/1.png`)).status).toBe(403);
    for (const path of ['..%2findex.html', '..%2f..%2fetc%2fpasswd', '2.png']) {
      expect((await fetch(`${server.origin}/slips/${path}?token=${token}`)).status).toBe(404);
    }
  });

  test('frames the screen alone, and stands in nobody’s frame', async () => {
    const page = await fetch(`${server.origin}/`);
    const policy = page.headers.get('content-security-policy')?.split('; ');
    expect(policy).toContain('frame-src http://127.0.0.1:4242');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("default-src 'none'");
  });

  test('answers to no name that only points at this machine', async () => {
    const { port } = new URL(server.origin);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'rebound.example' };
      request({ host: '127.0.0.1', port, path: '/', headers }, (response) => resolve(response.statusCode))
        .once('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  test('nothing that comes down a line does anything but what hands can do', async () => {
    const line = dial();
    await told(line, ({ kind }) => kind === 'world');
    const before = docked.dock.world();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json(), fc.uint8Array({ maxLength: 600 })), async (text) => {
        line.send(text);
      }),
    );
    line.send(JSON.stringify({ kind: 'network', plugged: false }));
    await expect.poll(() => docked.dock.world().networkPlugged).toBe(false);
    expect({ ...docked.dock.world(), networkPlugged: true, happenings: before.happenings }).toEqual(before);
    expect(docked.misunderstood).toEqual([]);
  });

  test('ends a line that sends more than any command needs', async () => {
    const line = dial();
    await told(line, ({ kind }) => kind === 'world');
    const closed = new Promise((resolve) => line.once('close', resolve));
    line.send('x'.repeat(100_000));
    expect(await closed).toBe(1009);
  });
});
