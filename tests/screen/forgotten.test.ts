import { afterAll, beforeAll, expect, test } from 'vitest';
import type { World } from '../scenarios/world.ts';
import { GlassStage, inTime, traces, wallet, wordsOf } from './glass-stage.ts';

/*
 * A visitor's number is gone when the visit is: from the page, and from the memory of the browser's script engine, as a
 * heap snapshot shows it after a collection.
 */

const words = wordsOf('kk');
let stage: GlassStage;
let world: World;

beforeAll(async () => {
  stage = await GlassStage.open();
  world = await stage.behind();
  await world.toAttract();
}, 120_000);
afterAll(() => stage.close());

interface Snapshot {
  readonly strings: readonly string[];
}

async function stringsInMemory(): Promise<readonly string[]> {
  const cdp = await stage.page.context().newCDPSession(stage.page);
  const chunks: string[] = [];
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await cdp.detach();
  const { strings } = JSON.parse(chunks.join('')) as Snapshot;
  return strings;
}

async function tracesInMemory(): Promise<readonly string[]> {
  const strings = await stringsInMemory();
  return strings.filter((text) => traces.some((trace) => text.includes(trace)));
}

/** One collection may leave what was let go of a moment before; what is still held stays for ever. */
async function isForgotten(): Promise<void> {
  await expect.poll(tracesInMemory, inTime).toEqual([]);
}

/** However it is grouped, and in whatever attribute. */
async function isOnPage(): Promise<boolean> {
  const html = await stage.page.content();
  return [html, html.replaceAll(/<[^>]*>/g, '')].some((text) => text.replaceAll(/\D/g, '').includes(wallet));
}

test('while it is being confirmed the number is there: the search can find it', async () => {
  await stage.toConfirm('kk');
  expect(await isOnPage()).toBe(true);
  expect(await tracesInMemory()).not.toEqual([]);
}, 120_000);

test('once it is paid and done, it is nowhere', async () => {
  await stage.touch(words['button.confirmYes'] ?? '');
  await world.pay(1_000);
  await stage.touch(/Төлеу/);
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await stage.touch(words['button.done'] ?? '');
  await stage.at('attract').waitFor(inTime);
  expect(await isOnPage()).toBe(false);
  await isForgotten();
}, 120_000);

test('nor after a visit that somebody has walked away from, nor when the line breaks', async () => {
  await stage.toConfirm('kk');
  await world.clock.advance(100_000);
  world.screen('attract');
  await stage.caughtUp();
  await isForgotten();

  await stage.toConfirm('kk');
  await stage.pull();
  await stage.at('one-moment').waitFor(inTime);
  expect(await isOnPage()).toBe(false);
  await isForgotten();
}, 120_000);
