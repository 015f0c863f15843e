import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { StaffedWorld } from './staffed-world.ts';

/* What a technician reads of each device, and what is said about its trouble. */

let world: StaffedWorld;

beforeEach(async () => {
  world = new StaffedWorld();
  await world.toAttract();
});
afterEach(() => world.close());

async function look(device: string): Promise<ReturnType<typeof chosen>> {
  await world.press('staff-device', device);
  await world.clock.advanceUntil(() => chosen().troubles !== undefined, 1_000, 'the record');
  return chosen();
}

function chosen() {
  return world.pageOf('devices').chosen;
}

async function open(): Promise<void> {
  await world.signIn('technician');
  await world.press('staff-open', 'devices');
  await world.clock.advance(10);
}

describe('The diagnostics page', () => {
  test('shows what every device is and that it is well', async () => {
    await world.toCash();
    for (const note of [5_000, 2_000]) await world.pay(note);
    await world.press('pay');
    await world.until('result', 15_000, ({ print }) => print === 'printed');
    await world.press('done');
    await open();
    expect(world.pageOf('devices').devices.map(({ isWell }) => isWell)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    const { facts } = await look('acceptor');
    expect(facts).toContainEqual({ fact: 'noteCount', count: 2 });
    expect(facts).toContainEqual({ fact: 'protocol', text: 'ccnet' });
    expect(facts.filter(({ fact }) => fact === 'model' || fact === 'serialNumber')).toHaveLength(2);
    expect((await look('printer')).facts).toContainEqual({ fact: 'paper', paper: 'enough' });
    const contact = (await look('backend')).facts.find(({ fact }) => fact === 'lastContact');
    expect(contact).toMatchObject({ fact: 'lastContact' });
    expect((await look('clock')).troubles).toEqual([]);
  });

  test('names a fault, and keeps it on record after it is mended', async () => {
    await open();
    world.printer.change({ rollMm: 0 });
    await world.clock.advanceUntil(
      () => world.pageOf('devices').devices.some(({ isWell }) => !isWell),
      10_000,
      'the printer to complain',
    );
    const out = await look('printer');
    expect(out.faults).toEqual(['paper-out']);
    expect(out.facts).toContainEqual({ fact: 'paper', paper: 'out' });
    expect(out.troubles).toMatchObject([{ alarm: 'printer-trouble', fault: 'paper-out' }]);
  });

  test('counts the notes that the acceptor gave back by itself', async () => {
    await world.toCash();
    world.mechanics.insert(tengeNote(5_000, 'unreadable'));
    await world.clock.advance(10_000);
    await world.press('cancel');
    await world.until('attract', 20_000);
    await open();
    expect((await look('acceptor')).facts).toContainEqual({
      fact: 'rejectedNotes',
      count: 1,
      of: 1,
    });
  });

  test('is for nobody but those who look after devices', async () => {
    await world.signIn('auditor');
    expect(world.pageOf('home').sections).not.toContain('devices');
  });
});
