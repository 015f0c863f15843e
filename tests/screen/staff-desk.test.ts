import { afterAll, beforeAll, expect, test } from 'vitest';
import { StaffedWorld } from '../scenarios/staffed-world.ts';
import { GlassStage, inTime, traces } from './glass-stage.ts';

/* The money desk on the real page: an administrator's fingers, a refused payment, and nothing that a bystander may read. */

let stage: GlassStage;

beforeAll(async () => {
  stage = await GlassStage.open();
}, 60_000);

afterAll(() => stage.close());

test('an administrator finds a refused payment and sends it again, by touch alone', async () => {
  const world = new StaffedWorld();
  await stage.behind(world);
  await world.toAttract();
  const mend = world.backend.faults.add({ kind: 'refuse', reason: 'wallet-closed', retryable: true });
  await world.toCash();
  await world.pay(5_000);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  mend();
  await world.signIn('administrator');
  await stage.touch('Төлемдер');
  await drawn('5 000 ₸');
  const glass = await stage.text();
  expect(traces.filter((trace) => glass.includes(trace))).toEqual([]);
  await stage.touch(/0000/);
  await drawn('Әмиян жабық');
  await stage.touch('Қазір жіберу');
  await drawn('Әмиянға түсті');
  expect(world.creditedMinor()).toBe(500_000);
}, 60_000);

/** Lets time pass until the glass says so. */
async function drawn(words: string): Promise<void> {
  const says = async (): Promise<boolean> => {
    await stage.world.clock.advance(10);
    return (await stage.text()).replaceAll('\u00a0', ' ').includes(words);
  };
  await expect.poll(says, inTime).toBe(true);
}
