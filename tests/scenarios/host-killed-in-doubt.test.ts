import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { limits } from '../../terminal/limits.ts';
import { expectMoneySoon } from './expect-money.ts';
import { expectNextVisitorServed } from './next-visitor.ts';
import { bringTo, countedTenge, movingTenge, screenName, untilScreen } from './stages.ts';
import { World } from './world.ts';

/*
 * Host and acceptor lose power together while a note moves, and the acceptor forgets how that ended. No device can prove
 * the note any more: it is unknown, the visit needs help, and the certain sum goes its way at once (money rule M12).
 */

const doubt = {
  boxedTenge: countedTenge + movingTenge,
  creditedTenge: countedTenge,
  unknownTenge: [movingTenge],
};

let world: World;
beforeEach(async () => {
  world = new World();
  await bringTo(world, 'stacked, untold');
  world.kill();
  world.mechanics.powerOff();
  await world.clock.advance(3_000);
  world.mechanics.powerOn();
});
afterEach(() => world.close());

describe('a note that no device can prove after a power cut', () => {
  test('its visitor, still there, is told so with a number and a slip', async () => {
    await world.boot();
    await untilScreen(world, 'needs-help');
    const { result, amountMinor, notes } = world.screen('result');
    expect(result).toMatchObject({ claimNumber: expect.stringMatching(/\d{4}/) });
    expect(amountMinor).toBe(countedTenge * 100);
    expect(notes).toContainEqual({ valueMinor: movingTenge * 100, state: 'unknown' });
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    await expectMoneySoon(world, doubt);
    expect(world.backend.records('claim')).toHaveLength(1);
  });

  test('nobody else sees it', async () => {
    await world.clock.advance(limits.resumeIfYoungerThanMs);
    const viewsBefore = world.views.length;
    await world.boot();
    await world.clock.advance(90_000);
    const screens = new Set(world.views.slice(viewsBefore).map(({ screen }) => screen.kind));
    expect([...screens].sort()).toEqual(['attract', 'one-moment']);
    await expectMoneySoon(world, doubt);
    expect(world.backend.records('claim')).toHaveLength(1);
    expect(world.paper).toEqual([]);
  });

  test('the next visitor is served, and a note of the same kind proves nothing', async () => {
    await world.clock.advance(limits.resumeIfYoungerThanMs);
    await world.boot();
    await world.clock.advance(90_000);
    await expectNextVisitorServed(world, movingTenge);
    await expectMoneySoon(world, {
      boxedTenge: doubt.boxedTenge + movingTenge,
      creditedTenge: doubt.creditedTenge + movingTenge,
      unknownTenge: doubt.unknownTenge,
    });
  });

  test('it stays unknown through another start', async () => {
    await world.boot();
    await untilScreen(world, 'needs-help');
    await world.restart();
    await world.clock.advance(30_000);
    expect(screenName(world)).toBe('attract');
    await expectMoneySoon(world, doubt);
  });
});

test('the visitor has gone, and the acceptor falls silent during the start: sold again as soon as the note is given up', async () => {
  await world.clock.advance(limits.resumeIfYoungerThanMs);
  world.acceptor.changeSettings({ busyAfterResetMs: 60_000 });
  await world.boot();
  const startedMonoMs = world.clock.monoMs();
  await world.clock.advance(30_000);
  world.mechanics.powerOff();
  await untilScreen(world, 'out of service: acceptor-absent', 90_000);
  // Found to be gone ten seconds later; from then on the note has its whole time.
  const givenUpMs = 40_000 + limits.noteReportMsMax;
  expect(world.clock.monoMs() - startedMonoMs).toBeLessThan(givenUpMs + 5_000);
});
