import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openReader } from '../../db/open.ts';
import { ledgerPlace } from '../../host/simulate.ts';
import { readBooks } from './expect-money.ts';
import { bringTo } from './stages.ts';
import { World } from './world.ts';

/*
 * What a visitor has typed and paid is the visitor's. The whole number stands where it is typed and confirmed and nowhere
 * else; when the visit has ended, however it ends, nothing of it is left on the screen (design §3).
 */

const digits = '7010000001';
const holder = 'Айгүл';

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

async function enterNumber(): Promise<void> {
  await world.press('start', 'ru');
  await world.press('choose-top-up');
  await world.typeNumber(digits);
}

async function toConfirm(): Promise<void> {
  await world.toAttract();
  await enterNumber();
  await world.until('confirm', 5_000);
}

async function toResult(): Promise<void> {
  await bringTo(world, 'between notes');
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
}

/** Nobody touches anything any more. */
async function silence(): Promise<void> {
  await world.clock.advance(120_000);
}

const ends: Readonly<Record<string, () => Promise<void>>> = {
  'Done on the last screen': async () => {
    await toResult();
    await world.press('done');
  },
  'silence on the last screen': async () => {
    await toResult();
    await silence();
  },
  'Back from half a number': async () => {
    await world.toAttract();
    await world.press('start', 'ru');
    await world.press('choose-top-up');
    await world.press('digit', '7');
    for (const digit of digits.slice(1, 6)) await world.tap('digit', digit);
    await world.press('back');
    await world.press('back');
  },
  'silence over half a number': async () => {
    await world.toAttract();
    await world.press('start', 'ru');
    await world.press('choose-top-up');
    for (const digit of digits.slice(0, 6)) await world.press('digit', digit);
    await silence();
  },
  'Cancel while the wallet is checked': async () => {
    await world.toAttract();
    world.backend.faults.add({ kind: 'slow', delayMs: 5_000 });
    await enterNumber();
    await world.press('cancel');
    await world.clock.advance(10_000);
  },
  'Cancel when the check has failed': async () => {
    await world.toAttract();
    world.backend.faults.add({ kind: 'server-error' });
    await enterNumber();
    await world.until('check-failed', 5_000);
    await world.press('cancel');
  },
  'Cancel at the holder’s name': async () => {
    await toConfirm();
    await world.press('cancel');
  },
  'silence at the holder’s name': async () => {
    await toConfirm();
    await silence();
  },
  'Cancel at the question about paper': async () => {
    await world.toAttract();
    world.printer.change({ rollMm: 0 });
    await world.clock.advance(10_000);
    await enterNumber();
    await world.until('confirm', 5_000);
    await world.press('confirm');
    await world.press('cancel');
  },
  'Cancel before the first note': async () => {
    await bringTo(world, 'cash, nothing in yet');
    await world.press('cancel');
  },
  'silence before the first note': async () => {
    await bringTo(world, 'cash, nothing in yet');
    await silence();
  },
  'silence with money in': async () => {
    await bringTo(world, 'between notes');
    await silence();
  },
  'a clock gone wrong at the holder’s name': async () => {
    await toConfirm();
    world.setClock(86_400_000);
    await world.clock.advance(2_000);
  },
  'a restart over the last screen': async () => {
    await toResult();
    await world.restart();
    await world.clock.advance(20_000);
  },
  'a restart over money, resumed and left': async () => {
    await bringTo(world, 'between notes');
    await world.restart();
    await world.clock.advance(10_000);
    world.screen('cash');
    await silence();
  },
  'a note in doubt, and silence': async () => {
    await bringTo(world, 'intent stored, no stack byte yet');
    world.acceptorLine.unplug();
    await world.until('result', 60_000, ({ result }) => result.kind === 'needs-help');
    await silence();
  },
};

/** All by which the visit could be told. */
function traces(): readonly string[] {
  const numbers = readBooks(world).operations.map(({ operationNumber }) => operationNumber);
  return [digits, digits.slice(0, 5), '•', holder, ...numbers];
}

describe('after the visit nothing of the visitor is shown', () => {
  test.each(Object.entries(ends))('%s', async (_name, end) => {
    await end();
    expect(['attract', 'out-of-service']).toContain(world.view.screen.kind);
    const endedAt = world.views.length;
    await world.clock.advance(60_000);
    const shown = JSON.stringify([world.view, ...world.views.slice(endedAt)]);
    for (const trace of traces()) expect(shown).not.toContain(trace);
    // Neither choices nor questions are handed on.
    const { frame, question, overlay } = world.view;
    expect(frame).toMatchObject({ language: 'kk', easyMode: false, moreTime: false });
    expect([question, overlay]).toEqual([undefined, undefined]);
  });

  test('"top up again" keeps the language, and opens an empty number', async () => {
    await world.toAttract();
    await world.press('start', 'sw');
    await world.press('choose-top-up');
    await world.typeNumber(digits);
    await world.until('confirm', 5_000);
    await world.press('confirm');
    await world.pay(1_000);
    await world.press('pay');
    await world.until('result', 15_000);
    await world.press('top-up-again');
    expect(world.screen('number')).toMatchObject({ digits: '', again: false });
    expect(world.view.frame.language).toBe('sw');
    const shown = JSON.stringify(world.view);
    for (const trace of traces()) expect(shown).not.toContain(trace);
  });
});

describe('during the visit', () => {
  test('the whole number stands where it is typed and confirmed, and nowhere else', async () => {
    await toResult();
    const elsewhere = world.views.filter(
      ({ screen }) => screen.kind !== 'number' && screen.kind !== 'confirm',
    );
    expect(JSON.stringify(elsewhere)).not.toContain(digits);
    expect(JSON.stringify(world.views)).toContain(digits);
  });

  test('paper, log, alarms and journal do not know it', async () => {
    await bringTo(world, 'between notes');
    world.backend.faults.add(
      { kind: 'refuse', reason: 'wallet-closed', retryable: false },
      { call: 'top-up' },
    );
    await world.press('pay');
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    await world.clock.advance(60_000);
    expect(world.paper.join('').replace(/\s/g, '')).not.toContain(digits);
    expect(JSON.stringify(world.logged)).not.toContain(digits);
    expect(JSON.stringify(world.backend.records('event'))).not.toContain(digits);
    const database = openReader(ledgerPlace(world.machine).folder);
    const payloads = database.prepare<[], string>('SELECT payload FROM journal').pluck().all();
    database.close();
    expect(payloads.join('')).not.toContain(digits);
  });
});
