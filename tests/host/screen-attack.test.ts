import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createScreenPort } from '../../host/screen-port.ts';
import { type ScreenServer, startScreenServer } from '../../host/screen-server.ts';
import { seededRandom } from '../../simulator/random.ts';
import { decodeDown } from '../../terminal/contract/decode.ts';
import type { ScreenView } from '../../terminal/contract/messages.ts';
import { bentBytes } from '../fuzz/mutate-bytes.ts';
import { bentJson } from '../fuzz/mutate-json.ts';
import { expectMoney } from '../scenarios/expect-money.ts';
import { World } from '../scenarios/world.ts';

/*
 * A stranger who has the token and the origin, on the living line of a terminal with a note in it: whatever they send, the
 * terminal lives, the money is where it was, and the next screen gets the whole view.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Fewer in a second than a terminal gives up listening to. */
const batch = { texts: 10, takesMs: 500 } as const;
const batchesSent = 100;

let folder: string;
let world: World;
let server: ScreenServer;
let heard = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'qyzyl-page-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Qyzyl</title>');
  world = new World();
  heard = 0;
  const port = createScreenPort((text) => {
    heard += 1;
    world.hear(text);
  });
  world.onView = (view) => port.show(view);
  server = await startScreenServer({ pageFolder: folder, onLink: port.plugIn, onRefused: () => undefined });
  await world.toAttract();
  await world.toCash();
  await world.pay(2_000);
});
afterEach(async () => {
  await server.close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

function address(): { readonly origin: string; readonly host: string; readonly target: string } {
  const { origin, host, hash } = new URL(server.url);
  return { origin, host, target: `/screen?token=${hash.replace('#token=', '')}` };
}

async function dial(): Promise<{ readonly line: WebSocket; readonly view: ScreenView }> {
  const { origin, host, target } = address();
  const line = new WebSocket(`ws://${host}${target}`, { origin });
  const [data] = (await once(line, 'message')) as [Buffer];
  const decoded = decodeDown(String(data));
  if (decoded.kind !== 'message') throw new Error('the first word is no view');
  return { line, view: decoded.message.view };
}

/** Another screen comes, sees the same visit, and it ends with the money where it belongs. */
async function expectUnharmed(): Promise<void> {
  expect(world.fatal).toEqual([]);
  const { line, view } = await dial();
  expect(view).toEqual(world.view);
  line.close();
  // A stranger may do what a finger may: close a sheet, or pay.
  if (world.view.overlay !== undefined) await world.press('close-overlay');
  if (world.view.screen.kind === 'cash') await world.press('pay');
  await world.until('result', 20_000);
  await world.clock.advance(60_000);
  expectMoney(world, { boxedTenge: 2_000, creditedTenge: 2_000 });
}

/** A press of every button of this screen and of the ones before, and what is no press at all. */
function samplesOf(): readonly Uint8Array[] {
  const offers = [...world.views.slice(-40).flatMap((view) => view.offers)];
  // Pay would end the visit, which is no attack.
  return offers
    .filter(({ action }) => action !== 'pay')
    .map(({ offerId }, at) =>
      encoder.encode(JSON.stringify({ kind: 'press', pressId: `p${at}`, offerId, value: '7' })),
    );
}

test('bent, stale and foreign messages change nothing but what a finger could', async () => {
  const { line } = await dial();
  const random = seededRandom(20_261_127);
  const samples = samplesOf();
  for (let batches = 1; batches <= batchesSent; batches += 1) {
    for (let texts = 0; texts < batch.texts; texts += 1) {
      // What is too long to be let through at all ends the line, and is another test.
      line.send(decoder.decode(bentJson(samples, random)).slice(0, 600));
    }
    await expect.poll(() => heard).toBe(batches * batch.texts);
    await world.clock.advance(batch.takesMs);
  }
  const whys = world.logged.flatMap((log) => (log.event === 'press-refused' ? [log.why] : []));
  // Every kind of refusal but that of a flood: each text was looked at.
  expect(new Set(whys)).toEqual(
    new Set(['too-long', 'not-json', 'not-in-contract', 'told-twice', 'not-offered']),
  );
  expect(whys.length).toBeGreaterThan((batchesSent * batch.texts) / 2);
  line.close();
  await expectUnharmed();
});

test.each([
  ['a text that is longer than any press', 'x'.repeat(1_000_000), 1009],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0xc0]), undefined],
  ['very many bytes', randomBytes(1_000_000), 1009],
])('%s', async (_name, data, closedWith) => {
  const { line } = await dial();
  const closed = once(line, 'close');
  line.send(data);
  if (closedWith === undefined) line.close();
  const [code] = await closed;
  if (closedWith !== undefined) expect(code).toBe(closedWith);
  await expectUnharmed();
});

test('frames that are no frames, sent past every library', async () => {
  const { origin, host, target } = address();
  const random = seededRandom(7);
  const press = Buffer.from(samplesOf()[0] ?? []);
  const good = Buffer.concat([Buffer.from([0x81, 0x80 | press.length, 0, 0, 0, 0]), press]);
  for (let caller = 0; caller < 200; caller += 1) {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const upgraded = once(socket, 'data');
    socket.write(
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
    );
    await upgraded;
    socket.write(bentBytes([good, Buffer.from([0x88, 0x80, 0, 0, 0, 0])], random));
    await ended(socket, caller % 2 === 0);
  }
  await expectUnharmed();
});

/** Half of them hang up properly, half as a cable does. */
async function ended(socket: Socket, isPolite: boolean): Promise<void> {
  const closed = once(socket, 'close');
  if (isPolite) socket.end();
  else socket.resetAndDestroy();
  socket.resume();
  await closed;
}
