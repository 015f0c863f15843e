import type { Mouse } from 'playwright-core';
import { create } from 'qrcode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StaffedWorld } from '../scenarios/staffed-world.ts';
import { GlassStage, inTime } from './glass-stage.ts';

/* Sums on the real page: for the collector's eyes, and no longer than the finger lies there. */

let stage: GlassStage;

beforeAll(async () => {
  stage = await GlassStage.open();
}, 60_000);

afterAll(() => stage.close());

/** A terminal with one note in its cassette, and the button under the finger of a collector. */
async function finger(prepare: (world: StaffedWorld) => Promise<void>): Promise<Mouse> {
  const world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
  await world.toCash();
  await world.pay(5_000);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  await prepare(world);
  const button = stage.button('Көру үшін басып тұрыңыз');
  await expect.poll(() => button.isVisible(), inTime).toBe(true);
  await world.clock.advance(1_000);
  await stage.caughtUp();
  await stage.wake();
  const place = await button.boundingBox();
  if (place === null) throw new Error('the button has a place');
  const { mouse } = stage.page;
  await mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  return mouse;
}

test('the sums are there while the button is held, and gone when the finger goes', async () => {
  const mouse = await finger(async (world) => {
    await world.signIn('collector');
    await stage.touch('Инкассация');
  });
  expect(await sums()).toBe(false);
  await mouse.down();
  await expect.poll(sums, inTime).toBe(true);
  // A finger slides while its owner reads.
  await mouse.move(5, 5);
  expect(await sums()).toBe(true);
  await mouse.up();
  await expect.poll(sums, inTime).toBe(false);
}, 60_000);

test('without paper the slip is a square code beside the sums, large enough for a phone', async () => {
  const mouse = await finger(async (world) => {
    world.printer.change({ rollMm: 0 });
    await world.clock.advance(2_000);
    await world.signIn('collector');
    await world.press('staff-open', 'collection');
    await world.clock.advance(10);
    await world.press('staff-begin');
    await world.clock.advanceUntil(
      () => world.pageOf('collection').slip === 'failed',
      20_000,
      'the printer to refuse',
    );
  });
  const code = stage.page.locator('.service-slip-code .qr');
  await expect.poll(() => stage.text(), inTime).toContain('чек код болып шығады');
  expect(await code.count()).toBe(0);
  await mouse.down();
  await expect.poll(sums, inTime).toBe(true);
  await code.waitFor(inTime);
  const told = (stage.world as StaffedWorld).pageOf('collection').slipCode ?? '';
  expect(told.split('\n').slice(-3)).toEqual(['5000 X 1', 'NOTES 1', 'TOTAL 5000']);
  const { modules } = create(told, { errorCorrectionLevel: 'M' });
  const drawn = await code.locator('path').getAttribute('d');
  expect(drawn?.match(/M/g)).toHaveLength(modules.data.reduce((dark, module) => dark + module, 0));
  // Half a millimetre a module is what a phone reads at arm's length.
  const pixelsPerMm = stage.world.view.frame.panel.pixelsPerMm;
  const side = (await code.boundingBox())?.width ?? 0;
  expect(side / pixelsPerMm / (modules.size + 8)).toBeGreaterThan(0.5);
  await mouse.up();
  await expect.poll(() => code.count(), inTime).toBe(0);
}, 60_000);

async function sums(): Promise<boolean> {
  await stage.world.clock.advance(10);
  return (await stage.text()).replaceAll('\u00a0', ' ').includes('5 000 ₸');
}
