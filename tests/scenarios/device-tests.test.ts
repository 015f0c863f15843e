import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foreignNote, type NoteKind, tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import type { Fact } from '../../terminal/facts.ts';
import { expectMoneySoon } from './expect-money.ts';
import { StaffedWorld } from './staffed-world.ts';

/* What a technician tries on the devices: no note is kept, no money moves, and each trial leaves a row with a name. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

function page() {
  return world.pageOf('devices');
}

async function openDevice(device: string): Promise<void> {
  await world.signIn('technician');
  await world.press('staff-open', 'devices');
  await world.press('staff-device', device);
  await world.clock.advance(10);
}

function testOf<Kind extends NonNullable<ReturnType<typeof page>['test']>['kind']>(kind: Kind) {
  const { test: running } = page();
  return running?.kind === kind
    ? (running as Extract<NonNullable<ReturnType<typeof page>['test']>, { kind: Kind }>)
    : undefined;
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  await world.clock.advanceUntil(isSo, 20_000, what);
}

function tested(): readonly string[] {
  return world.facts.flatMap((fact) => (fact.kind === 'device-tested' ? [fact.how] : []));
}

const ofMoney = (fact: Fact): boolean => fact.kind.startsWith('note-') || fact.kind.startsWith('operation-');

describe('Notes without credit', () => {
  async function openNotes(): Promise<void> {
    await openDevice('acceptor');
    await world.press('staff-test');
    await until(() => testOf('notes')?.isOpen === true, 'the open acceptor');
  }

  /** A hand puts it in and takes it again as soon as it comes. */
  async function show(note: NoteKind): Promise<void> {
    world.mechanics.insert(note);
    await until(() => testOf('notes')?.notes.at(-1)?.fate === 'shown', 'the note to be shown');
    await until(() => world.mechanics.take() !== undefined, 'the note in the mouth');
    await until(() => testOf('notes')?.notes.at(-1)?.fate === 'returned', 'the note to be given back');
  }

  test.each([500, 5_000, 20_000])('%i ₸ is shown with its value and goes back', async (tenge) => {
    await openNotes();
    await show(tengeNote(tenge));
    expect(testOf('notes')?.notes).toEqual([{ valueMinor: tenge * 100, fate: 'returned' }]);
    expect(world.facts).toContainEqual(
      expect.objectContaining({
        kind: 'device-tested',
        how: 'note-shown',
        valueMinor: tenge * 100,
        by: '1001',
      }),
    );
    expect(world.facts.filter(ofMoney)).toEqual([]);
    expect(world.mechanics.cassette?.notes).toEqual([]);
    expect(world.creditedMinor()).toBe(0);
  });

  test.each(['id003', 'essp', 'ebds'] as const)('over %s too no note is let in', async (protocol) => {
    await world.close();
    world = new StaffedWorld({ protocol });
    await world.toAttract();
    await openNotes();
    await show(tengeNote(5_000));
    await show(tengeNote(10_000));
    expect(world.facts.filter(ofMoney)).toEqual([]);
    expect(world.mechanics.cassette?.notes).toEqual([]);
  });

  test('a stranger is not recognised, and the next note is taken', async () => {
    await openNotes();
    world.mechanics.insert(foreignNote());
    await until(() => testOf('notes')?.notes.at(-1)?.fate === 'rejected', 'the stranger to come back');
    await until(() => world.mechanics.take() !== undefined, 'the stranger in the mouth');
    await until(() => testOf('notes')?.isOpen === true, 'the open acceptor');
    await show(tengeNote(2_000));
    expect(testOf('notes')?.notes).toEqual([{ fate: 'rejected' }, { valueMinor: 200_000, fate: 'returned' }]);
  });

  test.each([
    ['the trial is ended', (): Promise<void> => world.press('staff-test')],
    ['another device is chosen', (): Promise<void> => world.press('staff-device', 'printer')],
    ['the technician leaves', (): Promise<void> => world.press('staff-leave')],
  ])('no note goes in once %s', async (_name, end) => {
    await openNotes();
    await end();
    await world.clock.advance(2_000);
    world.mechanics.insert(tengeNote(5_000));
    await world.clock.advance(5_000);
    expect(world.facts.filter((fact) => fact.kind === 'device-tested').map(({ how }) => how)).toEqual([
      'test-begun',
    ]);
    expect(world.facts.filter(ofMoney)).toEqual([]);
  });

  test('is not offered while something is wrong that would stop a visitor too', async () => {
    await openDevice('acceptor');
    expect(world.offered()).toContain('staff-test');
    world.mechanics.removeCassette();
    await until(() => page().chosen.faults.length > 0, 'the missing cassette');
    expect(world.offered()).not.toContain('staff-test');
  });

  test('the next visitor pays in as ever', async () => {
    await openNotes();
    await show(tengeNote(5_000));
    await world.press('staff-leave');
    await world.until('attract', 20_000);
    await world.toCash();
    await world.pay(2_000);
    await world.press('pay');
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    await expectMoneySoon(world, { boxedTenge: 2_000, creditedTenge: 2_000 });
  });
});

describe('The test page', () => {
  test('is proven to be on paper', async () => {
    await openDevice('printer');
    await world.press('staff-test');
    await until(() => testOf('page')?.print === 'printed', 'the test page');
    expect(tested()).toEqual(['test-begun', 'printed']);
    expect(world.paper).toHaveLength(1);
  });

  test('says that nothing came out when there is no paper', async () => {
    await openDevice('printer');
    world.printer.change({ rollMm: 0 });
    await until(() => page().chosen.faults.includes('paper-out'), 'the printer to complain');
    await world.press('staff-test');
    await until(() => testOf('page')?.print === 'failed', 'the printer to refuse');
    expect(tested()).toEqual(['test-begun', 'failed']);
  });
});

describe('The connection', () => {
  test('works, step by step, and the clocks are compared', async () => {
    await openDevice('clock');
    await world.press('staff-test');
    await until(() => testOf('link')?.outcome !== undefined, 'the answer');
    const outcome = testOf('link')?.outcome;
    expect(outcome?.steps.map(({ state }) => state)).toEqual(Array(5).fill('passed'));
    expect(Math.abs(outcome?.aheadSeconds ?? Number.NaN)).toBeLessThanOrEqual(1);
    expect(tested()).toEqual(['test-begun', 'link-works']);
  });

  test.each([
    [
      'the line is pulled',
      'connect',
      () => {
        world.network.plugged = false;
      },
    ],
    ['the answer never comes', 'answer', () => world.backend.faults.add({ kind: 'stall' })],
    ['the answer is not signed', 'signature', () => world.backend.faults.add({ kind: 'unsigned' })],
    ['the signature is wrong', 'signature', () => world.backend.faults.add({ kind: 'bad-signature' })],
  ] as const)('names the step that fails: %s', async (_name, step, strike) => {
    await openDevice('backend');
    strike();
    await world.press('staff-test');
    await until(() => testOf('link')?.outcome !== undefined, 'the end of the trial');
    expect(testOf('link')?.outcome?.steps.find(({ state }) => state === 'failed')).toEqual({
      step,
      state: 'failed',
    });
    expect(tested().at(-1)).toBe(`link-fails-at-${step}`);
  });
});

test('disk and ledger are looked at in full, and every trial stands in the audit log', async () => {
  await openDevice('disk');
  await world.press('staff-test');
  await until(() => testOf('ledger')?.outcome !== undefined, 'the walk');
  expect(testOf('ledger')?.outcome).toMatchObject({ isWhole: true });
  expect(testOf('ledger')?.outcome?.freeMegabytes).toBeGreaterThan(0);
  await world.press('staff-leave');
  await world.until('attract', 20_000);
  await world.signIn('auditor');
  await world.press('staff-open', 'audit');
  await world.clock.advance(10);
  const rows = world.pageOf('audit').rows?.filter(({ kind }) => kind === 'device-tested');
  expect(rows).toMatchObject([{ by: '1001', why: 'ledger-whole' }, { why: 'test-begun' }]);
});

describe('The glass', () => {
  test.each([
    ['684 0', { cells: 684, dead: 0 }, 'touch-whole'],
    ['684 12', { cells: 684, dead: 12 }, 'touch-dead'],
  ])('says how far it answers: %s', async (told, outcome, how) => {
    await openDevice('screen');
    expect(world.offered()).not.toContain('staff-tested');
    await world.press('staff-test', 'touch');
    expect(world.offered()).not.toContain('staff-test');
    await world.press('staff-tested', told);
    expect(testOf('touch')?.outcome).toEqual(outcome);
    expect(tested()).toEqual(['test-begun', how]);
    expect(world.offered()).toContain('staff-test');
    expect(world.offered()).not.toContain('staff-tested');
  });

  test('what cannot be so is not believed', async () => {
    await openDevice('screen');
    await world.press('staff-test', 'sound');
    expect(page().test).toBeUndefined();
    await world.press('staff-test', 'touch');
    for (const told of ['0 0', '10 11', '5001 0', '-5 0', '9 1 1', 'even', '']) {
      await world.press('staff-tested', told);
      expect(testOf('touch')).toEqual({ kind: 'touch' });
    }
    expect(tested()).toEqual(['test-begun']);
  });

  test('a whole glass takes its time: service mode does not close meanwhile, but does in the end', async () => {
    await openDevice('screen');
    await world.press('staff-test', 'touch');
    await world.clock.advance(500_000);
    await world.press('staff-tested', '684 3');
    expect(testOf('touch')?.outcome?.dead).toBe(3);
    await world.press('staff-test', 'touch');
    await world.until('attract', 630_000);
  });

  test.each(['even', 'flawed'] as const)('whoever looks at its pictures says: %s', async (verdict) => {
    await openDevice('screen');
    await world.press('staff-test', 'picture');
    await world.press('staff-tested', '684 0');
    expect(testOf('picture')).toEqual({ kind: 'picture' });
    await world.press('staff-tested', verdict);
    expect(testOf('picture')?.outcome).toBe(verdict);
    expect(tested()).toEqual(['test-begun', `picture-${verdict}`]);
  });

  test('dead places stand in the audit log with their count', async () => {
    await openDevice('screen');
    await world.press('staff-test', 'touch');
    await world.press('staff-tested', '684 12');
    await world.press('staff-leave');
    await world.until('attract', 20_000);
    await world.signIn('auditor');
    await world.press('staff-open', 'audit');
    await world.clock.advance(10);
    const rows = world.pageOf('audit').rows?.filter(({ kind }) => kind === 'device-tested');
    expect(rows).toMatchObject([{ by: '1001', why: 'touch-dead: 12' }, { why: 'test-begun' }]);
  });
});
