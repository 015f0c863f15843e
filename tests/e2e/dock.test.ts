import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DockCustomer, type DockStage, openDockStage } from './dock-stage.ts';

/* A newcomer's first minutes: the stories of the dock, played on the page with real devices behind it. */

let stage: DockStage;
let customer: DockCustomer;

beforeAll(async () => {
  stage = await openDockStage();
  customer = new DockCustomer(stage);
}, 90_000);
afterAll(() => stage?.end());

async function insert(tenge: number, totalAfter: string): Promise<void> {
  await customer.insert(tenge);
  await customer.at('cash').getByText(totalAfter).first().waitFor();
}

/** The row of the wallet everybody pays into, if that is what it holds. */
function holds(amount: string): Locator {
  const wallets = stage.page.getByRole('region', { name: 'Wallets' });
  return wallets.getByRole('row', { name: new RegExp(`701 000 00 01.* ${amount}$`) });
}

test('three notes, Pay, green circle, receipt, and the wallet has it', async () => {
  await customer.toCash();
  await insert(5000, '5 000 ₸');
  await insert(2000, '7 000 ₸');
  await insert(1000, '8 000 ₸');
  await customer.touch('Pay', 'result');
  await customer.at('result').getByText('Credited').first().waitFor();
  const { page } = stage;
  await holds('8 000 ₸').waitFor();
  await page.getByRole('button', { name: /Slip 1/ }).click();
  await page.getByRole('img', { name: 'Slip 1' }).waitFor();
  // Paper as long as a receipt: a picture that cannot be fetched has no height.
  const heightPx = () => page.evaluate<number>('document.querySelector(".enlarged img").naturalHeight');
  await expect.poll(heightPx).toBeGreaterThan(800);
  await page.getByRole('button', { name: 'Close' }).click();
}, 90_000);

test('a killed terminal comes back with the visit and its money', async () => {
  const { page } = stage;
  await customer.touch('Done', 'attract');
  await customer.toCash();
  await insert(2000, '2 000 ₸');
  await page.getByRole('tab', { name: 'Terminal itself' }).click();
  await page.getByRole('button', { name: 'Kill the terminal' }).click();
  await page.getByText('another one starts').waitFor();
  await page.getByText('The terminal is back').waitFor();
  await customer.at('cash').getByText('2 000 ₸').first().waitFor();
}, 90_000);

test('a dead backend ends in an honest "accepted"; ten minutes later the money is where it belongs', async () => {
  const { page } = stage;
  await page.getByRole('button', { name: 'Dead backend' }).click();
  await page.getByRole('button', { name: 'Kill the backend' }).click();
  await insert(1000, '3 000 ₸');
  await customer.touch('Pay', 'paying');
  await customer.at('result').getByText('Accepted').first().waitFor();
  expect(await holds('8 000 ₸').count()).toBe(1);
  await page.getByRole('button', { name: 'Revive it' }).click();
  await page.getByRole('button', { name: 'Switch off for 10 min' }).click();
  await page.getByText('Clock 10 min ahead').waitFor();
  await holds('11 000 ₸').waitFor();
  await customer.at('attract').waitFor();
}, 90_000);
