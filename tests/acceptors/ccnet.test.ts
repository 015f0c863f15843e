import { expect, it } from 'vitest';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { TerminalBench } from './terminal-bench.ts';

/* What only CCNET leaves open (CCNET §10), beyond what the tests of every acceptor ask. */

const [acceptor] = acceptorCases.filter(({ protocol }) => protocol === 'ccnet');
if (acceptor === undefined) throw new Error('there is no CCNET');

it.each([['initializes'], ['waits-for-reset']] as const)(
  'A changed cassette: the device %s, is read again and works again',
  async (onCassetteBack) => {
    const bench = new TerminalBench(acceptor, { habits: { onCassetteBack } });
    await bench.ready();
    bench.mechanics.removeCassette();
    await bench.until('acceptor-trouble');
    await bench.clock.advance(60_000);
    bench.mechanics.insertCassette(new Cassette());
    if (onCassetteBack === 'waits-for-reset') bench.driver.reset();
    await bench.until('acceptor-recovered');
    await bench.until('acceptor-enabled');
    expect(bench.kinds()).toContain('acceptor-connected');
    bench.insert();
    await bench.until('credit-released');
    expect(bench.boxed()).toBe(1);
  },
);

it.each([[true], [false]])(
  'A terminal that confirms after ten seconds has one credit (device repeats until its ACK: %s)',
  async (holdsReportsUntilAck) => {
    const bench = new TerminalBench(acceptor, { habits: { holdsReportsUntilAck } });
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    bench.commitMs = 10_000;
    await bench.until('credit-released');
    expect(bench.credits.size).toBe(1);
    expect(new Set(bench.of('note-stacked').map((told) => told.creditId)).size).toBe(1);
    expect(bench.boxed()).toBe(1);
  },
);

it('A recycler answers at another address and is not driven', async () => {
  const bench = new TerminalBench(acceptor, { habits: { address: 0x01 } });
  bench.mechanics.powerOn();
  bench.start();
  await bench.until('acceptor-lost');
  expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'no-answer' }]);
});

it('A validator that falls silent while it owes nothing is sent RESET (CCNET §4)', async () => {
  const bench = new TerminalBench(acceptor);
  await bench.ready();
  bench.cable.unplug();
  await bench.clock.advance(40_000);
  expect(bench.written()).toContain('reset');
});
