import { afterEach, beforeEach, expect, test } from 'vitest';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { StaffedWorld } from './staffed-world.ts';

/*
 * A cassette leaves a terminal that has no paper: the collector photographs the slip from the screen, and the original
 * is printed once there is paper, saying that it was printed later; what comes after that is a copy.
 */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
  await world.toCash();
  for (const note of [5_000, 2_000, 2_000]) await world.pay(note);
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  world.printer.change({ rollMm: 0 });
  await world.clock.advance(2_000);
  await open('collection');
  await world.press('staff-begin');
  await until(() => world.pageOf('collection').slip === 'failed', 'the printer to refuse');
});
afterEach(() => world.close());

async function open(section: string): Promise<void> {
  await world.signIn('collector');
  await world.press('staff-open', section);
  await world.clock.advance(10);
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  await world.clock.advanceUntil(isSo, 20_000, what);
}

async function carryAway(): Promise<void> {
  world.mechanics.removeCassette();
  await until(() => world.pageOf('collection').stage === 'emptied', 'the empty place');
  world.mechanics.insertCassette(new Cassette());
  await world.typeDigits('4711');
  await world.press('staff-next');
  await world.clock.advance(10);
}

async function paperComes(): Promise<void> {
  world.printer.putNewRoll();
  await world.clock.advance(10_000);
}

function copies(): readonly boolean[] {
  return world.facts.flatMap((fact) => (fact.kind === 'slip-intended' ? [fact.copy] : []));
}

const printedLater = 'Кейін басылды';
const saysCopy = /^\[image 512x57\]/;

test('the slip is on the screen as a code, for as long as the sums are', async () => {
  expect(world.pageOf('collection').slipCode).toBeUndefined();
  await world.press('staff-reveal', 'held');
  const code = world.pageOf('collection').slipCode?.split('\n');
  expect(code?.[0]).toBe(`QYZYL ${world.view.frame.terminalNumber} SLIP 1`);
  expect(code?.slice(3)).toEqual([
    'CASSETTE -',
    'COLLECTOR 1002',
    '5000 X 1',
    '2000 X 2',
    'NOTES 3',
    'TOTAL 9000',
  ]);
  await world.press('staff-reveal', 'let-go');
  expect(world.pageOf('collection').slipCode).toBeUndefined();
});

test('paper that comes while the cassette is still in: the original says that it was printed later', async () => {
  await paperComes();
  await world.press('staff-slip');
  await until(() => world.pageOf('collection').slip === 'printed', 'the slip');
  expect(copies()).toEqual([false, false]);
  expect(world.paper.at(-1)).toContain(printedLater);
  expect(world.paper.at(-1)).not.toMatch(saysCopy);
  await world.press('staff-reveal', 'held');
  expect(world.pageOf('collection').slipCode).toBeUndefined();
});

test('somebody who comes back to the work after a power cut is still offered the code', async () => {
  world.kill();
  await world.restart();
  await world.until('out-of-service', 60_000);
  await open('collection');
  expect(world.pageOf('collection').slip).toBe('failed');
  await world.press('staff-reveal', 'held');
  expect(world.pageOf('collection').slipCode).toContain('TOTAL 9000');
});

test('paper that comes after the cassette has left: the original is printed from past collections, then copies', async () => {
  await carryAway();
  await world.leaveAllTheSame();
  await paperComes();
  await open('collections');
  await world.press('staff-pick', '1');
  expect(world.pageOf('collected').hasSlip).toBe(false);
  expect(world.pageOf('collected').slipCode).toBeUndefined();
  await world.press('staff-reveal', 'held');
  expect(world.pageOf('collected').slipCode).toContain('TOTAL 9000');
  await world.press('staff-reveal', 'let-go');
  for (let count = 0; count < 2; count += 1) {
    await world.press('staff-slip');
    await until(() => world.pageOf('collected').slip === 'printed', 'the slip');
  }
  expect(copies()).toEqual([false, false, true]);
  const [original, copy] = world.paper.slice(-2);
  expect(original).toContain(printedLater);
  expect(original).toContain('9 000');
  expect(original).not.toMatch(saysCopy);
  expect(copy).toMatch(saysCopy);
  expect(copy).not.toContain(printedLater);
  await world.press('staff-back');
  await world.clock.advance(10);
  await world.press('staff-pick', '1');
  expect(world.pageOf('collected').hasSlip).toBe(true);
  await world.press('staff-reveal', 'held');
  expect(world.pageOf('collected').slipCode).toBeUndefined();
});
