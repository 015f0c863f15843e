import { describe, expect, test } from 'vitest';
import { acceptorAtStart } from './acceptor-board.ts';
import { acceptorActions, type DockCommand, printerActions, tengeNotes, worldSchema } from './contract.ts';
import { printerAtStart } from './printer-board.ts';
import { openDockedWorld } from './testing/docked-world.ts';

const wallet = '+77010000001';

describe('the dock', () => {
  test('says in its own contract how the world is', () => {
    const { dock } = openDockedWorld();
    const world = dock.world();
    expect(worldSchema.parse(world)).toEqual(world);
    expect(world).toMatchObject({ host: 'starting', screenUrl: '', networkPlugged: true, faults: [] });
    expect(world.wallets.find(({ phone }) => phone === wallet)?.holderName).toBe('Айгүл С.');
  });

  test('every hand action and every note means something to the devices', async () => {
    const { dock, misunderstood } = openDockedWorld();
    for (const action of acceptorActions) await dock.obey({ kind: 'acceptor', action });
    for (const action of printerActions) await dock.obey({ kind: 'printer', action });
    for (const tenge of tengeNotes) {
      for (const condition of ['good', 'unreadable', 'doubtful'] as const) {
        await dock.obey({ kind: 'insert', note: { kind: 'tenge', tenge, condition } });
      }
    }
    await dock.obey({ kind: 'insert', note: { kind: 'foreign' } });
    expect(misunderstood).toEqual([]);
  });

  test('a note that the terminal does not want stays in the hand, and the reason is told', async () => {
    const { dock } = openDockedWorld();
    await dock.obey({ kind: 'insert', note: { kind: 'tenge', tenge: 5_000, condition: 'good' } });
    const [latest] = dock.world().happenings;
    expect(latest).toMatchObject({ where: 'acceptor', text: expect.stringContaining('stayed in your hand') });
    expect(dock.world().acceptor).toMatchObject({ inside: '', inMouth: '', cassetteNotes: 0 });
  });

  const troubles: readonly (readonly [string, DockCommand, object])[] = [
    ['power', { kind: 'acceptor', action: 'power off' }, { acceptor: { powered: false } }],
    ['cable', { kind: 'acceptor', action: 'unplug' }, { acceptor: { plugged: false } }],
    ['jam', { kind: 'acceptor', action: 'jam' }, { acceptor: { jam: 'head' } }],
    ['blocked cassette', { kind: 'acceptor', action: 'jam cassette' }, { acceptor: { jam: 'cassette' } }],
    ['cassette out', { kind: 'acceptor', action: 'cassette out' }, { acceptor: { cassette: 'out' } }],
    ['cassette full', { kind: 'acceptor', action: 'cassette full' }, { acceptor: { cassette: 'full' } }],
    ['paper out', { kind: 'printer', action: 'paper out' }, { printer: { paper: 'out' } }],
    ['paper low', { kind: 'printer', action: 'paper low' }, { printer: { paper: 'low' } }],
    ['paper stuck', { kind: 'printer', action: 'paper jam' }, { printer: { paperStuck: true } }],
    ['cover', { kind: 'printer', action: 'cover open' }, { printer: { coverOpen: true } }],
    ['knife', { kind: 'printer', action: 'cutter jam' }, { printer: { cutterStuck: true } }],
    ['hot head', { kind: 'printer', action: 'head hot' }, { printer: { headHot: true } }],
    ['printer’s power', { kind: 'printer', action: 'power off' }, { printer: { powered: false } }],
    ['printer’s cable', { kind: 'printer', action: 'unplug' }, { printer: { plugged: false } }],
    ['network', { kind: 'network', plugged: false }, { networkPlugged: false }],
    [
      'backend',
      { kind: 'fault-on', plan: { fault: { kind: 'stall' }, call: 'top-up' } },
      { faults: [{ fault: { kind: 'stall' }, call: 'top-up' }] },
    ],
  ];

  test.each(troubles)('shows trouble with the %s, and mends it', async (_name, command, seen) => {
    const { dock } = openDockedWorld();
    await dock.obey(command);
    expect(dock.world()).toMatchObject(seen);
    await dock.obey({ kind: 'mend-all' });
    expect(dock.world()).toMatchObject({
      acceptor: acceptorAtStart,
      printer: printerAtStart,
      networkPlugged: true,
      faults: [],
    });
  });

  test('mending touches nothing that is well', async () => {
    const { dock, done } = openDockedWorld();
    const before = dock.world().happenings;
    await dock.obey({ kind: 'mend-all' });
    expect(dock.world().happenings).toEqual(before);
    expect(done).toEqual([]);
  });

  test('a fault replaces the one of its kind; others stay', async () => {
    const { dock, backend } = openDockedWorld();
    await dock.obey({ kind: 'fault-on', plan: { fault: { kind: 'slow', delayMs: 1 } } });
    await dock.obey({ kind: 'fault-on', plan: { fault: { kind: 'unsigned' }, times: 1 } });
    await dock.obey({ kind: 'fault-on', plan: { fault: { kind: 'slow', delayMs: 2 } } });
    expect(backend.faults.active()).toEqual([
      { fault: { kind: 'unsigned' }, times: 1 },
      { fault: { kind: 'slow', delayMs: 2 } },
    ]);
    await dock.obey({ kind: 'fault-off', fault: 'unsigned' });
    expect(dock.world().faults).toEqual([{ fault: { kind: 'slow', delayMs: 2 } }]);
  });

  test('follows the terminal’s process through a crash and an absence', async () => {
    const { dock, done } = openDockedWorld();
    dock.terminalServed('http://127.0.0.1:1/#token=x');
    expect(dock.world()).toMatchObject({
      host: 'running',
      hostStarts: 1,
      screenUrl: 'http://127.0.0.1:1/#token=x',
    });
    await dock.obey({ kind: 'kill-host' });
    dock.terminalEnded(true);
    // The screen stays where it is: its page finds its way back by itself.
    expect(dock.world()).toMatchObject({ host: 'starting', screenUrl: 'http://127.0.0.1:1/#token=x' });
    dock.terminalServed('http://127.0.0.1:1/#token=x');
    expect(dock.world()).toMatchObject({ host: 'running', hostStarts: 2 });
    await dock.obey({ kind: 'away', minutes: 10 });
    await dock.obey({ kind: 'away', minutes: 10 });
    dock.terminalEnded(false);
    expect(dock.world().host).toBe('away');
    expect(done).toEqual(['kill', 'off for 600000']);
    dock.terminalEnded(false);
  });

  test('keeps the last lines of the log', () => {
    const { dock } = openDockedWorld();
    for (let line = 0; line < 200; line += 1) dock.terminalLogged(`line ${line}`);
    const { log } = dock.lines();
    expect(log).toHaveLength(80);
    expect(log.at(-1)).toBe('line 199');
  });
});
