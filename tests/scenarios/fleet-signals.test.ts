import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { World } from './world.ts';

/* What the office gets to know without asking: how the terminal is, and what has gone wrong, soon. */

const minuteMs = 60_000;
const terminalNumber = (): string => world.settings.terminal.number;

let world: World;
beforeEach(async () => {
  world = new World();
  await world.toAttract();
});
afterEach(() => world.close());

const told = (): unknown => world.backend.condition(terminalNumber());

async function paidVisit(tenge: number): Promise<void> {
  await world.toCash();
  await world.pay(tenge);
  await world.press('pay');
  await world.until('result', 15_000);
  await world.press('done');
  await world.until('attract', 1_000);
}

describe('a heartbeat', () => {
  test('tells at the start what is attached', () => {
    expect(told()).toMatchObject({
      build: 'simulated',
      alarms: [],
      acceptor: { connected: expect.any(Boolean) },
    });
  });

  test('tells what lies in the cassette, and that the next customer may begin', async () => {
    await paidVisit(5_000);
    await paidVisit(500);
    await world.clock.advance(7 * minuteMs);
    expect(told()).toMatchObject({
      state: 'free',
      acceptor: {
        connected: true,
        enabled: false,
        faults: [],
        protocol: 'ccnet',
        model: expect.stringMatching(/^SM-KZ/),
      },
      printer: { ready: true, paperLow: false },
      cassette: {
        periodNumber: 1,
        notes: [
          { denominationMinor: 500_000, count: 1 },
          { denominationMinor: 50_000, count: 1 },
        ],
        sumMinor: 550_000,
        notesInDoubt: 0,
      },
      queue: { waiting: 0, accepted: 0, stopped: 0 },
      unknownNotes: 0,
      diskFreePercent: expect.any(Number),
      lastPaymentAt: expect.any(Number),
      lastCreditedAt: expect.any(Number),
    });
  });

  test('says why nothing is sold', async () => {
    world.mechanics.removeCassette();
    await world.until('out-of-service', minuteMs);
    await world.clock.advance(7 * minuteMs);
    expect(told()).toMatchObject({
      state: 'out-of-service',
      why: 'collection',
      acceptor: { faults: ['cassette-removed'] },
      alarms: [{ alarm: 'cassette-removed-unannounced', subject: 'cassette' }],
    });
  });
});

describe('an alarm', () => {
  /** The events of that name that the backend holds. */
  const events = (name: string) =>
    world.backend.records('event').filter(({ body }) => (body as { name: string }).name === name);

  test.each([
    ['a pulled cassette', 'cassette-removed-unannounced', () => world.mechanics.removeCassette()],
    ['a failing part', 'acceptor-trouble', () => world.mechanics.fail(0x50)],
    ['an acceptor that is gone', 'acceptor-trouble', () => world.acceptorLine.unplug()],
    ['a printer without paper', 'printer-trouble', () => world.printer.change({ rollMm: 0 })],
    ['a printer that is gone', 'printer-trouble', () => world.printerLine.unplug()],
  ] as const)('of %s is with the office within ten seconds', async (_what, name, happens) => {
    happens();
    await world.clock.advanceUntil(() => events(name).length > 0, 10_000, `${name} at the office`);
    await world.clock.advance(minuteMs);
    expect(events(name)).toMatchObject([{ body: { severity: 'alarm', fields: { raised: true } } }]);
  });

  test('of paper that ends soon is a warning, and ends with a new roll', async () => {
    world.printer.change({ rollMm: 400 });
    await world.clock.advanceUntil(() => events('paper-low').length === 1, 30_000, 'the warning');
    expect(events('paper-low')).toMatchObject([{ body: { severity: 'warning', fields: { raised: true } } }]);
    world.printer.putNewRoll();
    await world.clock.advanceUntil(() => events('paper-low').length === 2, 30_000, 'its end');
    expect(world.screen('attract')).toBeDefined();
  });

  test('of nobody paying grows with the hours', async () => {
    world.close();
    world = new World({ settings: { fleet: { noPaymentWarningHours: 1, noPaymentCriticalHours: 2 } } });
    await world.toAttract();
    await paidVisit(1_000);
    await world.clock.advance(62 * minuteMs);
    expect(events('no-payment')).toMatchObject([{ body: { severity: 'warning' } }]);
    await world.clock.advance(60 * minuteMs);
    const severities = events('no-payment').map(({ body }) => (body as { severity: string }).severity);
    expect(severities.sort()).toEqual(['alarm', 'info', 'warning']);
    await paidVisit(1_000);
    await world.clock.advance(2 * minuteMs);
    expect(events('no-payment')).toHaveLength(4);
  });
});
