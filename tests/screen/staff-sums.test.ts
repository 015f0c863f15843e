import { afterAll, beforeAll, expect, test } from 'vitest';
import { StaffedWorld } from '../scenarios/staffed-world.ts';
import { GlassStage, inTime } from './glass-stage.ts';

/* Sums on the real page: for the collector's eyes, and no longer than the finger lies there. */

let stage: GlassStage;

beforeAll(async () => {
  stage = await GlassStage.open();
}, 60_000);

afterAll(() => stage.close());

test('the sums are there while the button is held, and gone when the finger goes', async () => {
  const world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
  await world.toCash();
  await world.pay(5_000);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  await world.signIn('collector');
  await stage.touch('Инкассация');
  const button = stage.button('Көру үшін басып тұрыңыз');
  await expect.poll(() => button.isVisible(), inTime).toBe(true);
  await world.clock.advance(1_000);
  await stage.wake();
  const place = await button.boundingBox();
  if (place === null) throw new Error('the button has a place');
  const { mouse } = stage.page;
  await mouse.move(place.x + place.width / 2, place.y + place.height / 2);
  expect(await sums()).toBe(false);
  await mouse.down();
  await expect.poll(sums, inTime).toBe(true);
  // A finger slides while its owner reads.
  await mouse.move(5, 5);
  expect(await sums()).toBe(true);
  await mouse.up();
  await expect.poll(sums, inTime).toBe(false);
}, 60_000);

async function sums(): Promise<boolean> {
  await stage.world.clock.advance(10);
  return (await stage.text()).replaceAll('\u00a0', ' ').includes('5 000 ₸');
}
