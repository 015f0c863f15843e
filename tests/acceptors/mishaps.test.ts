import { describe, expect, it } from 'vitest';
import { acceptorProtocol } from '../../hardware/banknote/protocols.ts';
import { memoryLine } from '../../hardware/link/memory.ts';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { loopedBackCable, modem } from '../../simulator/devices/strangers.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { AcceptorReport } from '../../terminal/devices.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { TerminalBench } from './terminal-bench.ts';

describe.each(acceptorCases)('$name: a jam', (acceptor) => {
  it.each([['head'], ['cassette']] as const)(
    'at the %s while stacking: trouble, and after service the credit',
    async (place) => {
      const bench = new TerminalBench(acceptor);
      await bench.ready();
      bench.insert();
      await bench.until('note-stacking');
      if (place === 'head') await bench.clock.advance(600);
      bench.mechanics.obstruct(place);
      await bench.until('acceptor-trouble');
      expect(bench.of('acceptor-trouble')).toMatchObject([
        { fault: place === 'head' || !acceptor.tellsJamPlace ? 'jam-in-head' : 'jam-in-cassette' },
      ]);
      expect(bench.credits.size).toBe(0);
      bench.mechanics.clearJam();
      bench.driver.reset();
      await bench.until('acceptor-recovered');
      expect(bench.credits.size).toBe(1);
      expect(bench.boxed()).toBe(1);
      expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'nothing' }]);
      expect(bench.count('acceptor-trouble-ended')).toBe(1);
    },
  );

  it('cleared by taking the note out: no credit, and nobody claims that it went back', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    bench.mechanics.obstruct('head');
    await bench.until('acceptor-trouble');
    bench.mechanics.clearJam('taken');
    bench.driver.reset();
    await bench.until('acceptor-recovered');
    expect(bench.credits.size).toBe(0);
    expect(bench.count('note-returned')).toBe(0);
    expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'stacker' }]);
  });

  it('is not cured by the driver on its own', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    bench.mechanics.obstruct('head');
    await bench.clock.advance(60_000);
    expect(bench.written()).not.toContain('reset');
  });
});

describe.each(acceptorCases)('$name: hands in the acceptor', (acceptor) => {
  it('a note pulled back by force is cheating, and no credit', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    bench.mechanics.pull();
    await bench.until('acceptor-trouble');
    expect(bench.of('acceptor-trouble')).toMatchObject([{ fault: 'cheated' }]);
    bench.driver.reset();
    await bench.until('acceptor-recovered');
    expect(bench.credits.size + bench.boxed()).toBe(0);
  });

  it('a second note pushed in early is a pause that ends when it is taken', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-accepting');
    bench.insert(tengeNote(500));
    if (acceptor.tellsPause) await bench.until('acceptor-trouble');
    else await bench.clock.advance(5_000);
    const pauses = acceptor.tellsPause ? [{ fault: 'paused' }] : [];
    expect(bench.of('acceptor-trouble')).toMatchObject(pauses);
    bench.mechanics.take();
    await bench.until('credit-released');
    expect(bench.count('acceptor-trouble-ended')).toBe(pauses.length);
    expect(bench.credits.size).toBe(1);
    expect(bench.written()).not.toContain('reset');
  });

  it('a changed cassette: the device is read again and works again', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.mechanics.removeCassette();
    await bench.until('acceptor-trouble');
    expect(bench.of('acceptor-trouble')).toMatchObject([{ fault: 'cassette-removed' }]);
    await bench.clock.advance(60_000);
    bench.mechanics.insertCassette(new Cassette());
    bench.driver.reset();
    await bench.until('acceptor-recovered');
    await bench.until('acceptor-enabled');
    expect(bench.kinds()).toContain('acceptor-connected');
    bench.insert();
    await bench.until('credit-released');
    expect(bench.boxed()).toBe(1);
  });

  it('a cassette pulled while a note goes in: the note is credited when the device says so', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    await bench.clock.advance(600);
    bench.mechanics.removeCassette();
    await bench.until('acceptor-trouble');
    expect(bench.credits.size).toBe(0);
    bench.mechanics.insertCassette(new Cassette());
    bench.driver.reset();
    await bench.until('acceptor-recovered');
    expect(bench.credits.size).toBe(1);
    expect(bench.boxed()).toBe(1);
  });

  it('a full cassette is told after the credit of the note that filled it', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    bench.mechanics.fillCassette();
    await bench.until('acceptor-trouble');
    await bench.clock.advance(5_000);
    expect(bench.of('acceptor-trouble')).toMatchObject([{ fault: 'cassette-full' }]);
  });

  it('a failing part is named', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.mechanics.fail(acceptor.failure.code);
    await bench.until('acceptor-trouble');
    expect(bench.of('acceptor-trouble')).toEqual([
      { kind: 'acceptor-trouble', fault: 'failure', detail: acceptor.failure.detail },
    ]);
  });

  it('a returned note left in the mouth is a trouble after a minute', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.decide = () => 'return';
    bench.insert();
    await bench.until('acceptor-trouble', 90_000);
    expect(bench.of('acceptor-trouble')).toMatchObject([{ fault: 'note-in-mouth' }]);
    bench.mechanics.take();
    await bench.until('acceptor-trouble-ended');
    expect(bench.count('note-returned')).toBe(1);
  });
});

describe.each(acceptorCases)('$name: something else on the port', (acceptor) => {
  async function reportsOf(
    device: (clock: VirtualClock) => ReturnType<typeof modem>,
  ): Promise<AcceptorReport[]> {
    const clock = new VirtualClock();
    const { link } = memoryLine(device(clock), clock);
    const { createDriver } = acceptorProtocol(acceptor.protocol);
    const driver = createDriver({ link, clock, ids: { uuidV7: () => 'run' } });
    const reports: AcceptorReport[] = [];
    driver.start((report) => reports.push(report));
    driver.renewLease({ untilMonoMs: 1e9, denominations: [] });
    await clock.advance(60_000);
    return reports;
  }

  it('a looped-back cable is named', async () => {
    expect(await reportsOf(loopedBackCable)).toMatchObject([{ kind: 'acceptor-lost', fault: 'looped-back' }]);
  });

  it('a modem is no acceptor', async () => {
    expect(await reportsOf(modem)).toMatchObject([{ kind: 'acceptor-lost', fault: 'no-answer' }]);
  });

  it('a unit with other money is refused by its name', async () => {
    const bench = new TerminalBench(acceptor);
    bench.device.teach([{ valueMinor: minorFromTenge(1_000), currency: 'RUB' }]);
    bench.mechanics.powerOn();
    bench.start();
    await bench.until('acceptor-lost');
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'bill-table', detail: acceptor.foreignMoney }]);
  });
});
