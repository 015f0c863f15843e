import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { StaffedWorld } from './staffed-world.ts';

/* Before the terminal is the customers' again: whoever leaves is told what is not in order. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

function wrong(): readonly (string | undefined)[] {
  return world.pageOf('leaving').checks.flatMap(({ why }) => (why === undefined ? [] : [why]));
}

async function troubleIn(section: 'devices' | 'collection', isThere: () => boolean): Promise<void> {
  await world.press('staff-open', section);
  await world.clock.advanceUntil(isThere, 20_000, 'the trouble');
}

const isUnwell = (): boolean => world.pageOf('devices').devices.some(({ isWell }) => !isWell);

describe('Leaving', () => {
  test('closes at once when all is in order', async () => {
    await world.signIn('technician');
    await world.press('staff-leave');
    await world.until('attract', 1_000);
    expect(world.facts.at(-1)).toEqual({ kind: 'staff-signed-out', staffId: '1001', why: 'asked' });
  });

  test('with the printer open: names it, waits, and closes by itself when it is shut', async () => {
    await world.signIn('technician');
    world.printer.change({ rollMm: 0 });
    await troubleIn('devices', isUnwell);
    await world.press('staff-leave');
    expect(wrong()).toEqual(['paper-out']);
    world.printer.putNewRoll();
    await world.until('attract', 20_000);
    expect(world.facts.findLast(({ kind }) => kind === 'staff-signed-out')).toEqual({
      kind: 'staff-signed-out',
      staffId: '1001',
      why: 'asked',
    });
  });

  test('all the same is a second press, and what was left is on record', async () => {
    await world.signIn('technician');
    world.mechanics.obstruct('head');
    await troubleIn('devices', isUnwell);
    await world.leaveAllTheSame();
    expect(world.screen('out-of-service').reason).toBe('acceptor-fault');
    expect(world.facts.findLast(({ kind }) => kind === 'staff-signed-out')).toMatchObject({
      unfinished: ['jam-in-head'],
    });
  });

  test('in the middle of a collection: the cassette is missed, and the way back is open', async () => {
    await world.signIn('collector');
    await world.press('staff-open', 'collection');
    await world.clock.advance(10);
    await world.press('staff-begin');
    await world.clock.advanceUntil(() => world.pageOf('collection').slip === 'printed', 15_000, 'the slip');
    world.mechanics.removeCassette();
    await world.clock.advanceUntil(
      () => world.pageOf('collection').stage === 'emptied',
      5_000,
      'the empty place',
    );
    await world.press('staff-leave');
    expect(wrong()).toEqual(['cassette-removed', 'collection-open']);
    await world.press('staff-back');
    world.mechanics.insertCassette(new Cassette());
    await world.press('staff-open', 'collection');
    await world.clock.advance(10);
    await world.typeDigits('4711');
    await world.press('staff-next');
    await world.clock.advance(10);
    await world.press('staff-leave');
    await world.until('attract', 60_000);
  });

  test('while a test note lies in the mouth', async () => {
    await world.signIn('technician');
    await world.press('staff-open', 'devices');
    await world.press('staff-test');
    await world.clock.advance(5_000);
    world.mechanics.insert(tengeNote(5_000));
    await world.clock.advanceUntil(
      () => world.facts.some((fact) => fact.kind === 'device-tested' && fact.how === 'note-shown'),
      20_000,
      'the note to be shown',
    );
    await world.press('staff-leave');
    expect(wrong()).toEqual(['note-stuck']);
    await world.clock.advanceUntil(() => world.mechanics.take() !== undefined, 20_000, 'the note');
    await world.until('attract', 20_000);
  });

  test('is no question for those who may mend nothing', async () => {
    await world.signIn('auditor');
    world.printer.change({ rollMm: 0 });
    await world.clock.advance(10_000);
    await world.press('staff-leave');
    await world.until('attract', 1_000);
  });
});
