import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ledgerPlace } from '../../host/simulate.ts';
import { World } from './world.ts';

const minuteMs = 60_000;

let world: World;
beforeEach(async () => {
  world = new World();
  await world.toAttract();
});
afterEach(() => world.close());

/** Somebody with access to the disk makes a note worth more, and knows about the triggers, but not about the chain. */
function forgeJournal(): void {
  const database = new Database(join(ledgerPlace(world.machine).folder, 'ledger.db'));
  const triggers = database
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'journal'",
    )
    .all();
  expect(triggers.length).toBeGreaterThan(0);
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  const { changes } = database
    .prepare("UPDATE journal SET payload = replace(payload, '500000', '900000') WHERE kind = 'note-escrowed'")
    .run();
  expect(changes).toBe(1);
  database.close();
}

async function paidVisit(): Promise<void> {
  await world.toCash();
  await world.pay(5_000);
  await world.press('pay');
  await world.until('result', 15_000);
  await world.press('done');
  await world.until('attract', 1_000);
}

const alarmsOf = (alarm: string) =>
  world.facts.filter((fact) => fact.kind === 'alarm-raised' && fact.alarm === alarm);

describe('the whole ledger is walked', () => {
  test('soon after an unclean stop: a forged row stops sales and calls a person', async () => {
    await paidVisit();
    await world.restart();
    await world.until('attract', 60_000);
    forgeJournal();
    await world.until('out-of-service', 2 * minuteMs, (screen) => screen.reason === 'ledger');
    expect(alarmsOf('ledger-damaged')).toHaveLength(1);
  });

  test('a sound one changes nothing', async () => {
    await paidVisit();
    await world.restart();
    await world.until('attract', 60_000);
    await world.clock.advance(2 * minuteMs);
    expect(world.screen('attract')).toBeDefined();
    expect(alarmsOf('ledger-damaged')).toEqual([]);
  });
});

describe('a disk that fills is seen coming', () => {
  test('no sale while little room is left; sales go on once somebody has made room', async () => {
    world.freeBytes = 10 * 1024 * 1024;
    await world.until('out-of-service', minuteMs, (screen) => screen.reason === 'storage');
    world.freeBytes = undefined;
    await world.until('attract', minuteMs);
    await paidVisit();
    expect(world.creditedMinor()).toBe(500_000);
    expect(alarmsOf('storage-trouble')).toHaveLength(1);
  });

  test('with money in, what was inserted is paid; no further note is taken', async () => {
    await world.toCash();
    await world.pay(5_000);
    world.freeBytes = 10 * 1024 * 1024;
    await world.until('cash', minuteMs, (screen) => screen.stopped === 'storage' && !screen.isAcceptorOpen);
    await world.until('result', 2 * minuteMs);
    expect(world.creditedMinor()).toBe(500_000);
  });
});
