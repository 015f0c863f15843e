import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../terminal/limits.ts';
import { CrashPoints } from './crash-points.ts';
import { expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed } from './next-visitor.ts';
import { World } from './world.ts';

/*
 * The process is gone between two instructions, at every moment at which that can make a difference, and another one
 * starts on what it left. Plain deaths leave no doubt: whatever lies in the cassette is credited to the visitor who put
 * it in, once, and whatever does not is not.
 */

const visitorPhone = '+77010000001';
/** Two of a kind: a credit event cannot tell them apart. */
const notesTenge = [5_000, 5_000] as const;

let world = new World();
const everyPoint = await pointsPassed(visit);
/** Two deaths within one note: the second process dies while it recovers from the first one's end. */
const secondPoints = await pointsAfterStackByte();

beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

describe('killed and started again five seconds later', () => {
  test.each(everyPoint)('%s', async (point) => {
    await walkUntil(point);
    await world.clock.advance(5_000);
    const hadMoney = hasOpenMoney();
    const { seconds } = await bootAndLetEnd();
    // Money rule M12: whoever has money in goes on, for a minute.
    if (hadMoney) expect(seconds.get('cash') ?? 0).toSatisfy(isResumeTime);
    if (boxedTenge() === 0) expect(seconds.get('cash')).toBeUndefined();
    await expectSettled();
  });
});

describe('killed and started again when the visitor has gone', () => {
  test.each(everyPoint.filter(isAboutTheVisitor))('%s', async (point) => {
    await walkUntil(point);
    await world.clock.advance(limits.resumeIfYoungerThanMs);
    const { seconds } = await bootAndLetEnd();
    for (const screen of ['cash', 'counting', 'paying', 'result']) {
      expect(seconds.get(screen), screen).toBeUndefined();
    }
    await expectSettled();
  });
});

describe('killed while the next person pushes in a note of the same kind', () => {
  test.each(everyPoint.filter(isAboutANote))('%s', async (point) => {
    await walkUntil(point);
    await world.clock.advance(1_000);
    world.insert(notesTenge[0]);
    // The validator's own time-out gives back what nobody decided about.
    await world.clock.advance(11_500);
    world.mechanics.take();
    world.insert(notesTenge[0]);
    await world.clock.advance(1_500);
    await bootAndLetEnd();
    await expectSettled();
  });
});

describe('killed after the stack byte, and again in the next process', () => {
  test.each(secondPoints)('%s', async (point) => {
    await walkUntil('after STACK');
    await world.clock.advance(2_000);
    const points = new CrashPoints(world, point);
    await goOn().catch((error: unknown) => {
      if (!points.hasKilled) throw error;
    });
    expect(points.hasKilled, 'the walk comes by this point').toBe(true);
    await world.clock.advance(2_000);
    await bootAndLetEnd();
    await expectSettled();
    expect(boxedTenge()).toBeGreaterThan(0);
  });
});

// ---------------------------------------------------------------- the visit

async function visit(): Promise<void> {
  await world.toAttract();
  await world.toCash();
  for (const tenge of notesTenge) await world.pay(tenge);
  await endVisit();
}

/** After a death: the same visitor is still there, and has one note more. */
async function goOn(): Promise<void> {
  await world.boot();
  await world.until('cash', 60_000, ({ insertedMinor }) => insertedMinor === notesTenge[0] * 100);
  await world.pay(notesTenge[1]);
  await endVisit();
}

async function endVisit(): Promise<void> {
  await world.press('pay');
  await world.until('result', 15_000, ({ print }) => print === 'printed');
  await world.press('done');
  await world.clock.advance(1_000);
}

/** One walk without a death. Of the many pieces of a slip the first, the last and some between them. */
async function pointsPassed(walk: () => Promise<void>): Promise<readonly string[]> {
  const points = new CrashPoints(world);
  await walk();
  await world.close();
  const isSlip = (point: string): boolean => point.includes('slip bytes');
  const slips = points.passed.filter(isSlip);
  const kept = slips.filter((_point, index) => index % 16 === 0 || index === slips.length - 1);
  return points.passed.filter((point) => !isSlip(point) || kept.includes(point));
}

async function pointsAfterStackByte(): Promise<readonly string[]> {
  world = new World();
  await walkUntil('after STACK');
  await world.clock.advance(2_000);
  return pointsPassed(goOn);
}

/** Before, nobody is known yet; after, nobody is waited for any more. */
function isAboutTheVisitor(point: string): boolean {
  const at = everyPoint.indexOf(point);
  const isAfterOpening = at >= everyPoint.indexOf('before commit operation-opened');
  return isAfterOpening && at <= everyPoint.findLastIndex((other) => other.includes('slip bytes'));
}

/** From the draw-in to the acknowledged credit. */
function isAboutANote(point: string): boolean {
  return /hearing (15|80|17|81)|note-|STACK|ACK/.test(point);
}

async function walkUntil(point: string): Promise<void> {
  const points = new CrashPoints(world, point);
  await visit().catch((error: unknown) => {
    if (!points.hasKilled) throw error;
  });
  expect(points.hasKilled, 'the walk comes by this point').toBe(true);
}

/** Nobody touches the screen; a note that comes back is taken. Tells how long each screen was shown. */
async function bootAndLetEnd(): Promise<{ readonly seconds: ReadonlyMap<string, number> }> {
  const seconds = new Map<string, number>();
  await world.boot();
  for (let second = 0; second < 150; second += 1) {
    world.mechanics.take();
    await world.clock.advance(1_000);
    const { kind } = world.view.screen;
    seconds.set(kind, (seconds.get(kind) ?? 0) + 1);
  }
  world.screen('attract');
  return { seconds };
}

// ---------------------------------------------------------------- what must hold

function boxedTenge(): number {
  return world.cassetteMinor() / 100;
}

/** As the journal stands: a note is counted, and its operation open. */
function hasOpenMoney(): boolean {
  const lastEnd = world.facts.findLastIndex((fact) => fact.kind === 'operation-opened');
  const since = lastEnd < 0 ? [] : world.facts.slice(lastEnd);
  const isOpen = since.every((fact) => fact.kind !== 'operation-closed');
  return isOpen && since.some((fact) => fact.kind === 'note-stacked');
}

function isResumeTime(seconds: number): boolean {
  return Math.abs(seconds * 1_000 - limits.resumeForMs) <= 1_000;
}

/** Whatever fell into the cassette was this visitor's and is credited to this visitor. */
async function expectSettled(): Promise<void> {
  const boxed = boxedTenge();
  await expectMoneySoon(world, { boxedTenge: boxed, creditedTenge: boxed });
  expect(world.backend.ledger.balanceMinor(visitorPhone)).toBe(boxed * 100);
  const begun = world.facts.flatMap((fact) =>
    fact.kind === 'print-intended' && !fact.copy ? [fact.operationId] : [],
  );
  expect(new Set(begun).size, 'originals begun for one operation').toBe(begun.length);
  await expectNextVisitorServed(world, notesTenge[0]);
}
