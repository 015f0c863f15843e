import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { World } from './world.ts';

/* "Check a payment": what became of it, for whoever holds the number or knows phone, amount and day. */

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** A top-up of 5 000 to 701 000 00 01; its number. */
async function paid(): Promise<string> {
  await world.toAttract();
  await world.toCash();
  await world.pay(5_000);
  await world.press('pay');
  const { operationNumber } = await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  return operationNumber;
}

async function fillIn(digits: string): Promise<void> {
  await world.press('digit', digits.slice(0, 1));
  for (const digit of digits.slice(1)) await world.tap('digit', digit);
  await world.tap('next');
  await world.clock.advance(10);
}

async function byNumber(number: string, lastFour: string): Promise<void> {
  await world.press('check-payment');
  await fillIn(number);
  await fillIn(lastFour);
}

describe('By the number and the last digits of the phone', () => {
  test('state, time and amount are shown, and nothing of the holder', async () => {
    await byNumber(await paid(), '0001');
    const screen = world.screen('found');
    expect(screen).toMatchObject({ result: { kind: 'credited' }, amountMinor: 500_000 });
    const text = JSON.stringify(world.view);
    expect(text).not.toContain('701');
    expect(text).not.toContain('Айгүл');
  });

  test('a payment that waits for the backend is told as what it is, and turns when it is through', async () => {
    await world.toAttract();
    await world.toCash();
    await world.pay(5_000);
    world.network.plugged = false;
    await world.press('pay');
    const { operationNumber } = await world.until('result', 15_000);
    await world.press('done');
    await byNumber(operationNumber, '0001');
    expect(world.screen('found').result).toMatchObject({ kind: 'accepted' });
    world.network.plugged = true;
    for (let minutes = 0; minutes < 30 && world.screen('found').result.kind !== 'credited'; minutes += 1) {
      await world.clock.advance(15_000);
      const stillThere = world.view.offers.some(({ action }) => action === 'continue');
      if (stillThere) await world.press('continue');
    }
    expect(world.screen('found').result).toEqual({ kind: 'credited' });
  });

  test('a wrong digit of the number is noticed at once', async () => {
    const number = await paid();
    const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
    await world.press('check-payment');
    await fillIn(wrong);
    expect(world.screen('find')).toMatchObject({ field: 'number', fault: 'number-wrong' });
  });

  test('somebody else’s digits find nothing, and are soon no longer looked up', async () => {
    const number = await paid();
    for (let tries = 0; tries < 5; tries += 1) {
      await byNumber(number, '9999');
      expect(world.screen('find')).toMatchObject({ fault: 'not-found', digits: '' });
      await world.press('back');
    }
    await byNumber(number, '0001');
    expect(world.screen('find')).toMatchObject({ fault: 'too-many' });
  });
});

describe('A slip that did not print', () => {
  test('is printed once, marked as a copy', async () => {
    const number = await paid();
    const papers = world.paper.length;
    await byNumber(number, '0001');
    await world.press('print-copy');
    await world.until('found', 15_000, (screen) => screen.print === 'printed');
    expect(world.paper.length).toBe(papers + 1);
    // The banner is printed white on black, as a picture.
    expect(world.paper.at(-1)).toMatch(/^\[image 512x57\]/);
    await world.press('done');
    await byNumber(number, '0001');
    expect(world.screen('found').canPrint).toBe(false);
    expect(world.view.offers.map(({ action }) => action)).not.toContain('print-copy');
  });
});

describe('Without a number in hand', () => {
  async function byAmount(phone: string, tenge: string, day: string): Promise<void> {
    await world.press('check-payment');
    await world.press('other-way');
    await fillIn(phone);
    await fillIn(tenge);
    await world.press('day', day);
    await world.clock.advance(10);
  }

  test('phone, amount and day find it', async () => {
    await paid();
    await byAmount('7010000001', '5000', '0');
    expect(world.screen('found')).toMatchObject({ amountMinor: 500_000 });
  });

  test.each([
    ['7010000002', '5000', '0'],
    ['7010000001', '5001', '0'],
    ['7010000001', '5000', '1'],
  ])('phone %s, %s ₸, %s days ago: nothing', async (phone, tenge, day) => {
    await paid();
    await byAmount(phone, tenge, day);
    expect(world.screen('find')).toMatchObject({ field: 'phone', fault: 'not-found' });
  });

  test('yesterday is yesterday in Kazakhstan', async () => {
    await paid();
    await world.clock.advance(12 * 3_600_000);
    await world.until('attract', 60_000);
    await byAmount('7010000001', '5000', '1');
    expect(world.screen('found')).toMatchObject({ amountMinor: 500_000 });
  });
});

test('it is open while nothing is sold', async () => {
  const number = await paid();
  world.mechanics.removeCassette();
  await world.until('out-of-service', 5_000);
  await byNumber(number, '0001');
  expect(world.screen('found')).toMatchObject({ result: { kind: 'credited' } });
  await world.press('done');
  await world.until('out-of-service', 5_000);
});
