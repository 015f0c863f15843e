import { describe, expect, it } from 'vitest';
import { acceptorProtocol } from '../../hardware/banknote/protocols.ts';
import { type Link, LinkError } from '../../hardware/link/link.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { TerminalBench } from './terminal-bench.ts';

/*
 * Who dies when: the acceptor's power, the cable, or the host. Each at every stage of a note, and each time the books
 * must end as the box does, or say that they do not know.
 */

type Stage = 'accepting' | 'escrow' | 'before the point of return' | 'past it' | 'stacked';

const stages: readonly Stage[] = ['accepting', 'escrow', 'before the point of return', 'past it', 'stacked'];

async function bringTo(bench: TerminalBench, stage: Stage): Promise<void> {
  await bench.ready();
  if (stage === 'escrow') bench.commitMs = 1_000;
  if (stage === 'stacked') bench.confirms = false;
  bench.insert();
  switch (stage) {
    case 'accepting':
      await bench.until('note-accepting');
      return;
    case 'escrow':
      await bench.until('note-escrowed');
      return;
    case 'before the point of return':
      await bench.untilEvent('note-stacking');
      await bench.clock.advance(100);
      return;
    case 'past it':
      await bench.untilEvent('note-stacking');
      await bench.clock.advance(900);
      return;
    case 'stacked':
      await bench.until('note-stacked');
      await bench.clock.advance(500);
      return;
  }
}

describe.each(acceptorCases)('$name: the acceptor loses power for five seconds', (acceptor) => {
  async function cutPower(bench: TerminalBench, stage: Stage): Promise<void> {
    await bringTo(bench, stage);
    bench.mechanics.powerOff();
    await bench.clock.advance(5_000);
    bench.confirms = true;
    bench.mechanics.powerOn();
    await bench.clock.advanceUntil(
      () => {
        bench.mechanics.take();
        return bench.count('acceptor-recovered') > 0;
      },
      60_000,
      'acceptor-recovered',
    );
    await bench.clock.advance(1_000);
  }

  it.each([['accepting'], ['escrow'], ['before the point of return']] as const)(
    'while %s: the note comes out, no credit',
    async (stage) => {
      const bench = new TerminalBench(acceptor);
      await cutPower(bench, stage);
      expect(bench.boxed()).toBe(0);
      expect(bench.credits.size).toBe(0);
      expect(bench.count('note-returned')).toBe(1);
      expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'head' }]);
    },
  );

  it('past the point of return: the credit follows the RESET', async () => {
    const bench = new TerminalBench(acceptor);
    await cutPower(bench, 'past it');
    expect(bench.boxed()).toBe(1);
    const [escrow] = bench.of('note-escrowed');
    expect([...bench.credits.values()]).toMatchObject([{ escrowId: escrow?.escrowId, minor: 100_000 }]);
    expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'nothing' }]);
  });

  it('after the credit event and before its ACK: still one credit', async () => {
    const bench = new TerminalBench(acceptor);
    await bringTo(bench, 'stacked');
    const [told] = bench.of('note-stacked');
    bench.mechanics.powerOff();
    // The host stores it meanwhile; the device will not say it again.
    if (told !== undefined) bench.driver.confirmCredit(told.creditId);
    await bench.clock.advance(2_000);
    bench.mechanics.powerOn();
    await bench.until('acceptor-recovered');
    expect(new Set(bench.of('note-stacked').map((one) => one.creditId)).size).toBe(1);
    expect(bench.count('credit-released')).toBe(1);
    expect(bench.boxed()).toBe(1);
  });

  it('twice during the recovery of a note: one credit', async () => {
    const bench = new TerminalBench(acceptor);
    await bringTo(bench, 'past it');
    for (let cut = 0; cut < 3; cut += 1) {
      bench.mechanics.powerOff();
      await bench.clock.advance(3_000);
      bench.mechanics.powerOn();
      await bench.clock.advance(4_000);
    }
    await bench.until('acceptor-recovered');
    expect(bench.credits.size).toBe(1);
    expect(bench.boxed()).toBe(1);
  });
});

describe.each(acceptorCases)('$name: the cable is pulled for some seconds', (acceptor) => {
  it.each(stages)('while %s: the books end as the box does', async (stage) => {
    const bench = new TerminalBench(acceptor);
    await bringTo(bench, stage);
    bench.port.unplug();
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'not-connected' }]);
    await bench.clock.advance(4_000);
    bench.confirms = true;
    bench.port.plug();
    await bench.clock.advanceUntil(
      () => {
        bench.mechanics.take();
        return bench.count('acceptor-recovered') > 0;
      },
      60_000,
      'acceptor-recovered',
    );
    await bench.clock.advance(1_000);
    expect(bench.count('acceptor-connected')).toBe(1);
    expect(bench.credits.size).toBe(bench.boxed());
    expect(bench.boxed()).toBe(stage === 'accepting' || stage === 'escrow' ? 0 : 1);
    const escrowIds = bench.of('note-escrowed').map((told) => told.escrowId);
    for (const credit of bench.credits.values()) expect(escrowIds).toContain(credit.escrowId);
  });

  it('the terminal works again after it', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    for (let pull = 0; pull < 5; pull += 1) {
      bench.port.unplug();
      await bench.clock.advance(30_000);
      bench.port.plug();
      await bench.until('acceptor-enabled');
      bench.insert();
      await bench.until('credit-released');
    }
    expect(bench.credits.size).toBe(5);
  });

  it('a missing port is tried at once, then more and more rarely', async () => {
    const clock = new VirtualClock();
    const triedAtMs: number[] = [];
    const link: Link = {
      description: 'nothing',
      open: () => {
        triedAtMs.push(clock.monoMs());
        return Promise.reject(new LinkError('not-found', 'no such port'));
      },
    };
    const { createDriver } = acceptorProtocol(acceptor.protocol);
    createDriver({ link, clock, ids: { uuidV7: () => 'run' } }).start(() => undefined);
    await clock.advance(20_000);
    expect(triedAtMs).toEqual([0, 250, 750, 1_750, 3_750, 7_750, 11_750, 15_750, 19_750]);
  });

  it('a silent wire while a note goes in: no RESET wipes out the credit event that waits behind it', async () => {
    const bench = new TerminalBench(acceptor);
    await bringTo(bench, 'past it');
    bench.forget();
    bench.cable.unplug();
    await bench.clock.advance(40_000);
    expect(bench.written()).not.toContain('reset');
    bench.cable.replug();
    await bench.until('note-stacked');
    await bench.clock.advance(5_000);
    expect(bench.credits.size).toBe(1);
  });

  it('a wire that only loses bytes is found out by silence', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.cable.unplug();
    await bench.until('acceptor-lost');
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'no-answer' }]);
    await bench.clock.advance(60_000);
    bench.cable.replug();
    await bench.until('acceptor-enabled');
    expect(bench.count('acceptor-lost')).toBe(1);
  });
});

describe.each(acceptorCases)('$name: the host dies and starts again', (acceptor) => {
  it.each([['accepting'], ['escrow']] as const)(
    'while %s: the note is returned, never stacked',
    async (stage) => {
      const bench = new TerminalBench(acceptor);
      await bringTo(bench, stage);
      bench.forget();
      await bench.crashAndRestart(2_000);
      await bench.untilEvent('note-in-mouth');
      bench.mechanics.take();
      await bench.until('acceptor-recovered');
      expect(bench.of('note-escrowed')).toEqual([]);
      expect(bench.of('note-returned')).toMatchObject([{ escrowId: undefined, reason: 'escrow-stale' }]);
      expect(bench.boxed()).toBe(0);
    },
  );

  it.each([['before the point of return'], ['past it'], ['stacked']] as const)(
    'while %s: the new host hears the credit event',
    async (stage) => {
      const bench = new TerminalBench(acceptor);
      await bringTo(bench, stage);
      bench.forget();
      await bench.crashAndRestart(2_000);
      bench.confirms = true;
      await bench.until('acceptor-recovered');
      expect(bench.of('note-stacked').length).toBeGreaterThanOrEqual(1);
      expect([...bench.credits.keys()]).toEqual(['start2-c1']);
      expect(bench.boxed()).toBe(1);
      await bench.clock.advance(1_000);
      expect(bench.count('credit-released')).toBe(1);
    },
  );

  it('while idle: the enabled device is disabled before anything else', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    await bench.crashAndRestart(2_000);
    await bench.until('acceptor-recovered');
    bench.insert();
    expect(bench.events.at(-1)).toMatchObject({ kind: 'note-refused', reason: 'not-accepting' });
  });
});
