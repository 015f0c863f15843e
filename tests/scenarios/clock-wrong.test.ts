import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed, expectTakesNoNote } from './next-visitor.ts';
import { bringTo, finishVisit, type StagePlan, screenName, stages, untilScreen } from './stages.ts';
import { World } from './world.ts';

/*
 * Somebody, or a dead battery, sets the clock. No note is taken under a time that cannot be true (money rule M7); visits
 * run on the other clock and end as they should; as soon as the time is right again, so is the terminal.
 */

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const jumps = [
  ['a day forward', dayMs],
  ['six minutes forward', 6 * minuteMs],
  ['an hour back', -60 * minuteMs],
  ['to before the software was made', -400 * dayMs],
] as const;

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

/** Before money is in, the visit ends; with money in it goes on without further notes. */
function saysOf({ stage }: StagePlan): string {
  if (stage === 'attract' || stage === 'number') return 'out of service: clock';
  const isPaid = stage === 'Pay pressed while a note moves' || stage === 'paying' || stage === 'result';
  return isPaid ? 'credited' : 'cash, stopped: clock';
}

describe.each(jumps)('the clock jumps %s', (_name, byMs) => {
  test.each(stages)('at: $stage', async (plan) => {
    await bringTo(world, plan.stage);
    world.setClock(byMs);
    await untilScreen(world, saysOf(plan), 10_000);
    await world.clock.advance(5_000);
    world.mechanics.take();
    await world.clock.advance(1_000);
    expectTakesNoNote(world);
    expect(standingClockAlarms()).toBe(1);
    await finishVisit(world);
    expect(screenName(world)).toBe('out of service: clock');

    world.setClock(-byMs);
    await untilScreen(world, 'attract', 2_000);
    expect(standingClockAlarms()).toBe(0);
    const boxedTenge = world.cassetteMinor() / 100;
    await expectMoneySoon(world, { boxedTenge, creditedTenge: boxedTenge });
    await expectNextVisitorServed(world);
  });

  test('while nothing runs: the next process sells nothing until the time is right', async () => {
    await world.toAttract();
    await expectNextVisitorServed(world);
    world.kill();
    world.setClock(byMs);
    await world.boot();
    await untilScreen(world, 'out of service: clock');
    expectTakesNoNote(world);
    await world.restart();
    await untilScreen(world, 'out of service: clock');
    world.setClock(-byMs);
    await expectNextVisitorServed(world);
    expect(standingClockAlarms()).toBe(0);
  });
});

describe('the backend cannot be asked what time it is', () => {
  test('a clock set back is known by the rows already written, through a restart too', async () => {
    await world.toAttract();
    world.network.plugged = false;
    world.setClock(-60 * minuteMs);
    await untilScreen(world, 'out of service: clock');
    await world.restart();
    await untilScreen(world, 'out of service: clock');
    await world.clock.advance(60 * minuteMs);
    expect(screenName(world)).toBe('attract');
  });

  test('a clock set forward is known by the backend’s last word', async () => {
    await world.toAttract();
    world.network.plugged = false;
    world.setClock(60 * minuteMs);
    await untilScreen(world, 'out of service: clock', 2_000);
    world.setClock(-60 * minuteMs);
    await untilScreen(world, 'attract', 2_000);
  });
});

test.each([
  ['a second back', -1_000],
  ['four minutes forward', 4 * minuteMs],
])('%s is how clocks are kept right: nobody notices', async (_name, byMs) => {
  await bringTo(world, 'between notes');
  world.setClock(byMs);
  await world.clock.advance(5_000);
  expect(screenName(world)).toBe('cash');
  await world.pay(1_000);
  await world.press('pay');
  await world.until('result', 15_000);
  await expectMoneySoon(world, { boxedTenge: 8_000, creditedTenge: 8_000 });
});

describe('schedules', () => {
  test('a queue that formed under a wrong time drains soon after that is mended', async () => {
    await bringTo(world, 'between notes');
    world.backend.faults.add({ kind: 'server-error' }, { call: 'top-up' });
    world.backend.faults.add({ kind: 'server-error' }, { call: 'status' });
    world.setClock(dayMs);
    await world.press('pay');
    await world.clock.advance(10 * minuteMs);
    world.setClock(-dayMs);
    world.backend.faults.clear();
    await world.clock.advance(20 * minuteMs);
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
  });

  test('and one that formed before the clock was set back', async () => {
    await bringTo(world, 'between notes');
    world.backend.faults.add({ kind: 'server-error' }, { call: 'top-up' });
    world.backend.faults.add({ kind: 'server-error' }, { call: 'status' });
    await world.press('pay');
    await world.clock.advance(5 * minuteMs);
    world.setClock(-dayMs);
    world.backend.faults.clear();
    await world.clock.advance(20 * minuteMs);
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
  });

  test('one written under a clock far ahead, by a process that never heard the backend, is due once it is right', async () => {
    await bringTo(world, 'between notes');
    world.backend.faults.add({ kind: 'gateway-error', status: 502 });
    await world.press('pay');
    await world.clock.advance(minuteMs);
    world.kill();
    world.setClock(10 * dayMs);
    await world.boot();
    await world.clock.advance(20 * minuteMs);
    world.setClock(-10 * dayMs);
    world.backend.faults.clear();
    await world.clock.advance(30 * minuteMs);
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
  });

  test('a clock that calls the queue too old does not end it before the backend has been asked', async () => {
    await bringTo(world, 'between notes');
    world.network.plugged = false;
    await world.press('pay');
    await world.clock.advance(minuteMs);
    world.kill();
    world.setClock(400 * dayMs);
    await world.boot();
    await world.clock.advance(5 * minuteMs);
    world.network.plugged = true;
    await world.clock.advance(10 * minuteMs);
    await expectMoneySoon(world, { boxedTenge: 7_000, creditedTenge: 7_000 });
  });

  test('time-outs of the visit do not notice', async () => {
    await bringTo(world, 'between notes');
    for (const byMs of [dayMs, -2 * dayMs, dayMs]) {
      world.setClock(byMs);
      await world.clock.advance(5_000);
    }
    expect(world.view.question).toBeUndefined();
    await world.clock.advance(15_000);
    expect(world.view.question?.silence).toBe('pays');
  });
});

function standingClockAlarms(): number {
  return world.facts.reduce((standing, fact) => {
    if (fact.kind === 'alarm-raised' && fact.alarm === 'clock-wrong') return standing + 1;
    return fact.kind === 'alarm-ended' && fact.alarm === 'clock-wrong' ? standing - 1 : standing;
  }, 0);
}
