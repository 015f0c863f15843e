import { expect, it } from 'vitest';
import { acceptorProtocol } from '../../hardware/banknote/protocols.ts';
import { formatTapRecord, parseTrace, replayLink } from '../../hardware/link/tap.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { AcceptorReport } from '../../terminal/devices.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { TerminalBench } from './terminal-bench.ts';

const leaseMs = 60_000;
const leasedAtMonoMs = 10_000;
const denominations = [minorFromTenge(1_000)];

it.each(acceptorCases)(
  '$name: a recorded line, kept as text, gives the same reports when it is played back',
  async (acceptor) => {
    const bench = new TerminalBench(acceptor);
    bench.mechanics.powerOn();
    bench.start();
    await bench.clock.advance(leasedAtMonoMs);
    bench.driver.renewLease({ untilMonoMs: leasedAtMonoMs + leaseMs, denominations });
    await bench.until('acceptor-enabled');
    bench.insert();
    await bench.until('credit-released');
    const text = bench.trace.map(formatTapRecord).join('\n');
    expect(bench.written()).toContain('stack');

    const clock = new VirtualClock();
    const reports: AcceptorReport[] = [];
    const driver = acceptorProtocol(acceptor.protocol).createDriver({
      link: replayLink(parseTrace(text), clock),
      clock,
      ids: { uuidV7: () => 'start1' },
    });
    driver.start((report) => {
      reports.push(report);
      if (report.kind === 'note-escrowed')
        clock.setTimer(bench.commitMs, () => driver.stack(report.escrowId));
      if (report.kind === 'note-stacked')
        clock.setTimer(bench.commitMs, () => driver.confirmCredit(report.creditId));
    });
    await clock.advance(leasedAtMonoMs);
    driver.renewLease({ untilMonoMs: leasedAtMonoMs + leaseMs, denominations });
    await clock.advance(bench.clock.monoMs() - leasedAtMonoMs);
    expect(reports).toEqual(bench.reports);
  },
);
