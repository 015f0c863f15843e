import { describe, expect, it } from 'vitest';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import type { EsspSettings } from '../../simulator/devices/essp/settings.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { TerminalBench } from './terminal-bench.ts';

/*
 * What only eSSP has: any poll lets the note in escrow in. And everything that its documents leave open, one way and the
 * other, with the moments at which a note may be lost or doubled.
 */

const essp = acceptorCases.find(({ protocol }) => protocol === 'essp');
if (essp === undefined) throw new Error('there is no eSSP');

const habits: readonly Partial<EsspSettings>[] = [
  {},
  { newestProtocol: 6 },
  { newestProtocol: 7 },
  { encryption: 'none' },
  { encryption: 'forced' },
  { knowsPollWithAck: false },
  { onWrongKey: 'key-not-set' },
  { hostSilenceMs: 10_000 },
  { onNoNote: 'fail' },
  { onRejectMidway: 'returns-note' },
  { plainCreditPolls: 4, encryption: 'none' },
  { plainCreditPolls: 4, knowsPollWithAck: false },
  { disabledTold: 'once' },
  { fullTold: 'once' },
  { ackClears: 'one' },
  { creditAfterPowerLoss: 'told-again' },
  { creditAfterPowerLoss: 'moved-to-cashbox' },
  { creditSurvivesNewKeys: false },
  { powerUpNamesChannel: false },
  { rejectingShows: 'while-moving' },
  { onCashboxBack: 'goes-on' },
  { onResetInEscrow: 'stacks-note' },
];

async function handsTakeFor(bench: TerminalBench, durationMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < durationMs; passedMs += 500) {
    await bench.clock.advance(500);
    bench.mechanics.take();
  }
}

describe.each(habits.map((habit) => ({ habit, name: JSON.stringify(habit) })))(
  'eSSP with $name',
  ({ habit }) => {
    const open = (): TerminalBench => new TerminalBench(essp, { habits: habit });

    it('three notes are three credits', async () => {
      const bench = open();
      await bench.ready();
      for (let note = 0; note < 3; note += 1) {
        bench.insert(tengeNote(5_000));
        await bench.until('credit-released');
        await bench.clock.advance(1_500);
      }
      expect(bench.credits.size).toBe(3);
      expect(bench.boxed()).toBe(3);
      expect(bench.count('acceptor-trouble')).toBe(0);
    });

    it('a credit that was let go is told to no host again, and be the one before killed at once', async () => {
      const bench = open();
      await bench.ready();
      bench.insert(tengeNote(5_000));
      await bench.until('credit-released');
      await bench.crashAndRestart(100);
      await bench.clock.advance(15_000);
      expect(bench.credits.size).toBe(1);
      expect(bench.boxed()).toBe(1);
    });

    it('a commit that hangs, for good: the note goes back, and nothing was sent that lets it in', async () => {
      const bench = open();
      await bench.ready();
      bench.commitMs = 600_000;
      bench.insert();
      await handsTakeFor(bench, 30_000);
      expect(bench.written()).not.toContain('stack');
      expect(bench.boxed()).toBe(0);
      expect(bench.count('note-returned')).toBe(1);
    });

    it('a host killed with a note in escrow, that never comes back: the unit returns it and takes no other', async () => {
      const bench = open();
      await bench.ready();
      bench.decide = () => 'nothing';
      bench.insert();
      await bench.until('note-escrowed');
      void bench.crashAndRestart(600_000);
      await handsTakeFor(bench, 30_000);
      expect(bench.boxed()).toBe(0);
      bench.insert();
      expect(bench.events.at(-1)).toMatchObject({ kind: 'note-refused' });
    });

    it.each([0, 300, 2_000, 4_000])(
      'a host killed in escrow that is back after %i ms sends it back',
      async (deadMs) => {
        const bench = open();
        await bench.ready();
        bench.commitMs = 1_500;
        bench.insert();
        await bench.until('note-escrowed');
        bench.forget();
        await bench.crashAndRestart(deadMs);
        await handsTakeFor(bench, 30_000);
        expect(bench.written()).not.toContain('stack');
        expect(bench.count('acceptor-recovered')).toBe(1);
        expect(bench.boxed() + bench.credits.size).toBe(0);
      },
    );

    it.each([100, 500, 900, 1_300])(
      'power lost %i ms into stacking: no credit without its note',
      async (atMs) => {
        const bench = open();
        await bench.ready();
        bench.insert();
        await bench.untilEvent('note-stacking');
        await bench.clock.advance(atMs);
        bench.mechanics.powerOff();
        await bench.clock.advance(5_000);
        bench.mechanics.powerOn();
        await handsTakeFor(bench, 40_000);
        expect(bench.credits.size).toBeLessThanOrEqual(bench.boxed());
        const isDoubtful = bench.of('acceptor-recovered').some((told) => told.leftInPath === 'stacker');
        expect(
          bench.credits.size === bench.boxed() || isDoubtful,
          'a person is told of what is missing',
        ).toBe(true);
        expect(bench.count('acceptor-enabled')).toBeGreaterThan(0);
      },
    );

    it('the stack byte is lost and the lease runs out: the note goes back', async () => {
      const bench = open();
      await bench.ready();
      bench.commitMs = 300;
      bench.insert();
      await bench.until('note-escrowed');
      bench.cable.unplug();
      await bench.clock.advance(350);
      expect(bench.written()).toContain('stack');
      bench.leased = false;
      bench.driver.endLease();
      bench.cable.replug();
      await handsTakeFor(bench, 30_000);
      expect(bench.boxed() + bench.credits.size).toBe(0);
      expect(bench.written().filter((word) => word === 'stack')).toEqual(['stack']);
    });

    it('its answer is lost and the lease runs out: the note is in, and is credited', async () => {
      const bench = open();
      await bench.ready();
      bench.insert();
      await bench.untilEvent('note-stacking');
      bench.cable.unplug();
      bench.leased = false;
      bench.driver.endLease();
      await bench.clock.advance(300);
      bench.cable.replug();
      await handsTakeFor(bench, 30_000);
      expect(bench.boxed()).toBe(1);
      expect(bench.credits.size).toBe(1);
      expect(bench.written().filter((word) => word === 'stack')).toEqual(['stack']);
    });
  },
);
