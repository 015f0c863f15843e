import { afterEach, describe, expect, test } from 'vitest';
import { openReader } from '../../db/open.ts';
import { ledgerPlace, simulatedEnrolmentCode } from '../../host/simulate.ts';
import type { ServicePageView } from '../../terminal/contract/service-mode.ts';
import { serviceModeSchema } from '../../terminal/contract/service-mode.ts';
import { waitMsAfter } from '../../terminal/staff/lock-out.ts';
import { World } from './world.ts';

/* Who looks after a terminal, through restarts and clocks that somebody has set. */

let world: World;

afterEach(() => world.close());

const pin = '493816';

async function knock(): Promise<void> {
  await world.press('staff-knock');
  for (let count = 1; count < 5; count += 1) await world.tap('staff-knock');
}

async function type(digits: string): Promise<void> {
  await world.press('staff-digit', digits.slice(0, 1));
  for (const digit of digits.slice(1)) await world.tap('staff-digit', digit);
}

function page(): ServicePageView {
  return serviceModeSchema.parse(world.screen('service-mode').page).page;
}

/** The first person of a fresh terminal, with a PIN of their own. */
async function enrolFirst(): Promise<void> {
  world = new World();
  await world.toAttract();
  await knock();
  expect(page().kind).toBe('enrol');
  await type(simulatedEnrolmentCode);
  await type(pin);
  await type(pin);
  await world.clock.advance(10);
  expect(page()).toMatchObject({ kind: 'home', who: { staffId: '1001', role: 'administrator' } });
}

async function tryPin(typed: string): Promise<void> {
  await type('1001');
  await type(typed);
  await world.clock.advance(10);
}

describe('The first person of a terminal', () => {
  test('is known after a restart, by the PIN alone', async () => {
    await enrolFirst();
    await world.restart();
    await world.until('attract', 60_000);
    await knock();
    await tryPin(pin);
    expect(page()).toMatchObject({ kind: 'home' });
  });

  test('leaves no PIN behind in the journal', async () => {
    await enrolFirst();
    const database = openReader(ledgerPlace(world.machine).folder);
    const rows = database
      .prepare<[], { kind: string; payload: string }>('SELECT kind, payload FROM journal')
      .all();
    database.close();
    expect(rows.map(({ kind }) => kind)).toContain('staff-pin-set');
    expect(rows.filter(({ payload }) => payload.includes(pin) || payload.includes('verifier'))).toEqual([]);
    expect(world.logged.map((event) => JSON.stringify(event)).join()).not.toContain(pin);
  });

  test('takes the terminal off sale while at work, and a visit goes on as ever afterwards', async () => {
    await enrolFirst();
    await world.press('staff-leave');
    await world.toConfirm();
    await world.press('confirm');
    await world.pay(2_000);
    expect(world.cassetteMinor()).toBe(200_000);
  });
});

describe('A stranger who guesses', () => {
  async function missThrice(): Promise<void> {
    await enrolFirst();
    await world.press('staff-leave');
    await knock();
    for (let count = 0; count < 3; count += 1) await tryPin('000111');
    expect(page()).toMatchObject({ lockedForMs: expect.any(Number) });
  }

  test('waits the whole time again after pulling the plug', async () => {
    await missThrice();
    await world.restart();
    await world.until('attract', 60_000);
    await world.clock.advance(5_000);
    await knock();
    const seen = page();
    const left = seen.kind === 'sign-in' ? (seen.lockedForMs ?? 0) : 0;
    expect(left).toBeGreaterThan(waitMsAfter(3) - 15_000);
    await tryPin(pin);
    expect(page().kind).toBe('sign-in');
  });

  test('gains nothing by a clock set forward', async () => {
    await missThrice();
    world.setClock(24 * 3_600_000);
    await world.clock.advance(1_000);
    await tryPin(pin);
    expect(page().kind).toBe('sign-in');
  });

  test('makes nobody wait longer than told', async () => {
    await missThrice();
    await world.clock.advance(waitMsAfter(3));
    await tryPin(pin);
    expect(page().kind).toBe('home');
  });
});
