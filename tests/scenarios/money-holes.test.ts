import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { productionTerminal } from '../../host/simulate.ts';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { CrashPoints } from './crash-points.ts';
import { expectMoneySoon, readBooks } from './expect-money.ts';
import { ledgerFiles } from './ledger-files.ts';
import { expectNextVisitorServed } from './next-visitor.ts';
import { slowFor } from './slow-disk.ts';
import { bringTo, finishVisit, movingTenge, untilScreen } from './stages.ts';
import { both } from './walk-mishap.ts';
import { World } from './world.ts';

/*
 * Ways in which money could be lost or doubled that are not seen at first sight. One test for each, so that each has a
 * name; the mishap tests beside this one walk them through every stage of a visit.
 */

const terminal = await productionTerminal();

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

function supplements(): readonly unknown[] {
  return readBooks(world).operations.filter(({ supplementOf }) => supplementOf !== null);
}

test('the only note of a visit is unknown at a jam: a claim, and no empty top-up', async () => {
  await world.toAttract();
  await world.toCash();
  world.mechanics.obstruct('cassette');
  world.insert(movingTenge);
  await untilScreen(world, 'needs-help');
  const books = await expectMoneySoon(world, {
    boxedTenge: 0,
    creditedTenge: 0,
    unknownTenge: [movingTenge],
  });
  expect(books.operations).toMatchObject([{ end: 'needs-help', amountMinor: 0, topUp: null }]);
  expect(world.backend.records('claim')).toHaveLength(1);
});

test('a note is proven after its operation was sent: one supplement to the same wallet', async () => {
  await bringTo(world, 'stacking, past return');
  world.mechanics.powerOff();
  await untilScreen(world, 'out of service: acceptor-absent', 180_000);
  expect(readBooks(world).operations).toMatchObject([{ topUp: 'credited' }]);
  world.mechanics.powerOn();
  await world.until('attract', 60_000);
  await expectMoneySoon(world, both);
  expect(supplements()).toHaveLength(1);
  expect(world.backend.ledger.balanceMinor('+77010000001')).toBe(700_000);
});

test('the host dies between intent and stack byte, and the next person brings the same kind: each has their own', async () => {
  const points = new CrashPoints(world, 'before STACK, time 2');
  await bringTo(world, 'attract');
  await world.toCash();
  await world.pay(movingTenge);
  await world.until('cash', 5_000, ({ isAcceptorOpen }) => isAcceptorOpen);
  world.insert(movingTenge);
  await world.clock.advanceUntil(() => points.hasKilled, 10_000, 'the death', 1);
  // The unit gives the note back by itself; its owner has gone, and somebody else pushes one in.
  await world.clock.advance(12_000);
  world.mechanics.take();
  world.insert(movingTenge);
  await world.clock.advance(110_000);
  world.mechanics.take();
  await world.boot();
  await world.until('attract', 90_000);
  world.mechanics.take();
  await expectMoneySoon(world, { boxedTenge: movingTenge, creditedTenge: movingTenge });
  await expectNextVisitorServed(world, movingTenge);
});

test('a commit is slow while the device swaps notes: the second is not stacked in the name of the first', async () => {
  let delayMs = 0;
  world.wrapStore = slowFor('note-intended', () => delayMs, world.clock);
  await bringTo(world, 'cash, nothing in yet');
  delayMs = 10_000;
  world.insert(movingTenge);
  await world.clock.advanceUntil(() => world.mechanics.mouth !== undefined, 13_000, 'the note in the mouth');
  world.mechanics.take();
  world.insert(1_000);
  await world.clock.advance(15_000);
  delayMs = 0;
  world.mechanics.take();
  await world.clock.advance(5_000);
  const boxedTenge = world.cassetteMinor() / 100;
  expect(boxedTenge).toBe(world.screen('cash').insertedMinor / 100);
  await finishVisit(world);
  await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
});

describe('a note is settled by hand while the device still has a word to say', () => {
  const settle = (as: 'stacked' | 'returned'): void =>
    terminal.settleNotes(
      world.machine,
      ({ period }) => ({ as, periodId: period?.periodId }),
      world.clock.wallMs(),
    );

  beforeEach(async () => {
    await bringTo(world, 'stacking, past return');
    world.mechanics.powerOff();
    await untilScreen(world, 'out of service: acceptor-absent', 180_000);
    world.kill();
  });

  test('persons say it is there, and then the device says so too: paid once, and the office is called', async () => {
    settle('stacked');
    await world.boot();
    world.mechanics.powerOn();
    await world.clock.advance(60_000);
    expect(world.cassetteMinor()).toBe(700_000);
    expect(world.creditedMinor()).toBe(700_000);
    expect(supplements()).toHaveLength(1);
    expect(readBooks(world).alarmsRaised.filter((alarm) => alarm.startsWith('credit-without'))).toHaveLength(
      1,
    );
  });

  test('persons say it went back, and the device says it is there: for persons again, nothing is credited', async () => {
    settle('returned');
    await world.boot();
    world.mechanics.powerOn();
    await world.clock.advance(60_000);
    expect(world.creditedMinor()).toBe(200_000);
    expect(supplements()).toHaveLength(0);
    expect(readBooks(world).notes.at(-1)).toMatchObject({ state: 'unknown', valueMinor: movingTenge * 100 });
  });
});

test.each(['between notes', 'stacking, past return'] as const)(
  'the cassette is changed while the power is off (%s): no note is lost between the two',
  async (stage) => {
    await bringTo(world, stage);
    const taken = world.mechanics.cassette;
    world.mechanics.powerOff();
    world.mechanics.removeCassette();
    await world.clock.advance(2_000);
    world.mechanics.insertCassette(new Cassette());
    world.mechanics.powerOn();
    await world.clock.advance(20_000);
    await finishVisit(world);
    await expectMoneySoon(world, both);
    expect((taken?.totalMinor('KZT') ?? 0) + world.cassetteMinor()).toBe(700_000);
  },
);

test('the database is copied back, with its write-ahead log: refused, and nothing is sent twice', async () => {
  await bringTo(world, 'between notes');
  const files = ledgerFiles(world);
  files.copy('old');
  await world.press('pay');
  await world.until('result', 15_000);
  await world.clock.advance(5_000);
  world.kill();
  files.putBackLedger('old');
  await world.boot();
  await untilScreen(world, 'out of service: ledger');
  await world.clock.advance(20 * 60_000);
  expect(world.creditedMinor()).toBe(700_000);
});

test('the answer to a batch is lost, and the batch is cut anew with more in it: each sum arrives once', async () => {
  await world.toAttract();
  const stop = world.backend.faults.add({ kind: 'gateway-error', status: 503 }, { call: 'top-up' });
  const stopBatches = world.backend.faults.add({ kind: 'drop-after' }, { call: 'batch' });
  const visits = 11;
  for (let visit = 0; visit < visits; visit += 1) {
    await world.toCash();
    await world.pay(1_000);
    await world.press('pay');
    await world.until('result', 15_000);
    await world.press('done');
  }
  await world.clock.advance(10 * 60_000);
  stop();
  stopBatches();
  await world.clock.advance(15 * 60_000);
  await expectMoneySoon(world, { boxedTenge: visits * 1_000, creditedTenge: visits * 1_000 });
});

test('a gateway refuses without a signature: no refusal, and the sum arrives', async () => {
  await bringTo(world, 'between notes');
  const lies = [
    world.backend.faults.add(
      { kind: 'refuse', reason: 'wallet-closed', retryable: true },
      { call: 'top-up' },
    ),
    world.backend.faults.add({ kind: 'unsigned' }, { call: 'top-up' }),
  ];
  await world.press('pay');
  await untilScreen(world, 'accepted', 15_000);
  await world.clock.advance(60_000);
  expect(readBooks(world).operations).toMatchObject([{ end: 'paid', topUp: 'waiting' }]);
  for (const end of lies) end();
  await world.clock.advance(10 * 60_000);
  await expectMoneySoon(world, both);
});

test('the host dies in the middle of a slip: nobody gets a second original, and the money is not touched', async () => {
  await bringTo(world, 'between notes');
  await world.press('pay');
  await world.until('result', 2_000);
  await world.clock.advance(600);
  expect(world.facts.filter(({ kind }) => kind === 'print-ended')).toEqual([]);
  await world.restart();
  await world.until('attract', 60_000);
  await expectMoneySoon(world, both);
  expect(world.facts.filter(({ kind }) => kind === 'print-intended')).toHaveLength(1);
  expect(world.facts.find(({ kind }) => kind === 'print-ended')).toMatchObject({ outcome: 'unknown' });
  const [former] = readBooks(world).operations;
  const slipsBefore = world.paper.length;
  await expectNextVisitorServed(world);
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  const slips = world.paper.slice(slipsBefore).join('').replace(/\s/g, '');
  expect(slips).not.toContain(former?.operationNumber);
});

test('the credit frame comes once more after its release: for persons, and nothing is credited', async () => {
  let creditFrame: Uint8Array | undefined;
  let isDue = false;
  world.wrapLink = (link, device) =>
    device === 'printer'
      ? link
      : {
          ...link,
          open: (events) =>
            link.open({
              ...events,
              onBytes: (bytes) => {
                if (bytes[2] === 7 && bytes[3] === 0x81) creditFrame = bytes;
                events.onBytes(isDue && creditFrame !== undefined ? creditFrame : bytes);
                isDue = false;
              },
            }),
        };
  await bringTo(world, 'cash, nothing in yet');
  await world.pay(2_000);
  await world.clock.advanceUntil(
    () => world.facts.some(({ kind }) => kind === 'note-released'),
    5_000,
    'the release',
  );
  expect(creditFrame).toBeDefined();
  isDue = true;
  await world.clock.advance(5_000);
  await finishVisit(world);
  await world.clock.advance(15_000);
  expect(world.cassetteMinor()).toBe(200_000);
  expect(world.creditedMinor()).toBe(200_000);
  const { notes, alarmsRaised } = readBooks(world);
  expect(notes).toMatchObject([{ state: 'stacked' }, { state: 'unknown', operationId: null }]);
  expect(alarmsRaised.filter((alarm) => alarm.startsWith('credit-without-record'))).toHaveLength(1);
});
