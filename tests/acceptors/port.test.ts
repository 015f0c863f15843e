import { describe, expect, it, onTestFinished } from 'vitest';
import { probeCommand } from '../../cli/device-probe.ts';
import { acceptorProtocol } from '../../hardware/banknote/protocols.ts';
import { serialLink } from '../../hardware/link/serial.ts';
import { tcpLink } from '../../hardware/link/tcp.ts';
import { systemClock } from '../../host/system-clock.ts';
import { acceptorFace } from '../../simulator/acceptor-faces.ts';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { fastTimings } from '../../simulator/devices/acceptor/timings.ts';
import type { SimulatedDevice } from '../../simulator/devices/simulated-device.ts';
import type { Plug } from '../../simulator/plug.ts';
import { servePty } from '../../simulator/pty.ts';
import { serveTcp } from '../../simulator/tcp.ts';
import type { AcceptorDriver, AcceptorReport } from '../../terminal/devices.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import { type AcceptorCase, acceptorCases } from './acceptor-cases.ts';

/* In real time: the real serial library on a pseudo-terminal, and a real socket. */

interface Reports {
  readonly all: AcceptorReport[];
  readonly hear: (report: AcceptorReport) => void;
  /** Resolves at the next report of that kind. */
  next(kind: AcceptorReport['kind']): Promise<AcceptorReport>;
}

function reportsHeard(): Reports {
  const all: AcceptorReport[] = [];
  const waiting = new Set<{ kind: string; resolve: (report: AcceptorReport) => void }>();
  return {
    all,
    hear: (report) => {
      all.push(report);
      for (const one of waiting) {
        if (one.kind !== report.kind) continue;
        waiting.delete(one);
        one.resolve(report);
      }
    },
    next: (kind) => new Promise((resolve) => waiting.add({ kind, resolve })),
  };
}

function unit({ protocol }: AcceptorCase): { mechanics: AcceptorMechanics; device: SimulatedDevice } {
  const mechanics = new AcceptorMechanics(systemClock, fastTimings);
  const device = acceptorFace(protocol, systemClock, mechanics);
  mechanics.powerOn();
  return { mechanics, device };
}

function started(driver: AcceptorDriver): Reports {
  const reports = reportsHeard();
  driver.start((report) => {
    reports.hear(report);
    if (report.kind === 'note-escrowed') driver.stack(report.escrowId);
    if (report.kind === 'note-stacked') driver.confirmCredit(report.creditId);
  });
  onTestFinished(() => driver.stop());
  return reports;
}

function vouch(driver: AcceptorDriver): void {
  driver.renewLease({
    untilMonoMs: systemClock.monoMs() + 60_000,
    denominations: [minorFromTenge(1_000)],
  });
}

const ids = { uuidV7: () => 'run' };

async function served(acceptor: AcceptorCase, serve: (device: SimulatedDevice) => Promise<Plug>) {
  const { mechanics, device } = unit(acceptor);
  const plug = await serve(device);
  onTestFinished(() => plug.close());
  return { mechanics, plug };
}

describe.each(acceptorCases)('$name: the driver on a real port', (acceptor) => {
  it('takes a note over the serial library, survives an unplugged adapter, and takes another', async () => {
    const { mechanics, plug } = await served(acceptor, servePty);
    const { createDriver, serial } = acceptorProtocol(acceptor.protocol);
    const driver = createDriver({
      link: serialLink(plug.path, serial),
      clock: systemClock,
      ids,
    });
    const reports = started(driver);
    await reports.next('acceptor-recovered');
    vouch(driver);
    await reports.next('acceptor-enabled');
    mechanics.insert(tengeNote(1_000));
    await reports.next('credit-released');

    const lost = reports.next('acceptor-lost');
    await plug.unplug();
    await lost;
    const back = reports.next('acceptor-enabled');
    await plug.replug();
    await back;
    mechanics.insert(tengeNote(1_000));
    await reports.next('credit-released');
    expect(mechanics.cassette?.notes.length).toBe(2);
    const credits = reports.all.flatMap((told) => (told.kind === 'note-stacked' ? [told.creditId] : []));
    expect(new Set(credits).size).toBe(2);
  });

  it('takes a note over TCP', async () => {
    const { mechanics, plug } = await served(acceptor, serveTcp);
    const [host = '', port = ''] = plug.path.split(':');
    const { createDriver } = acceptorProtocol(acceptor.protocol);
    const driver = createDriver({
      link: tcpLink({ host, port: Number(port) }, systemClock),
      clock: systemClock,
      ids,
    });
    const reports = started(driver);
    await reports.next('acceptor-recovered');
    vouch(driver);
    await reports.next('acceptor-enabled');
    mechanics.insert(tengeNote(1_000));
    await reports.next('credit-released');
    expect(mechanics.cassette?.notes.length).toBe(1);
  });
});

describe('device probe', () => {
  it.each(acceptorCases)(
    '$name: identifies a unit, shows its bill table, and never enables it',
    async (acceptor) => {
      const { mechanics, plug } = await served(acceptor, servePty);
      const lines: string[] = [];
      // Long enough for a unit that tells its notes one by one.
      await probeCommand([plug.path, '--protocol', acceptor.protocol, '--seconds', '2'], (line) =>
        lines.push(line),
      );
      const events = lines.map((line) => JSON.parse(line));
      expect(events.map((event) => event.kind)).toContain('identified');
      expect(events).toContainEqual(
        expect.objectContaining({
          kind: 'acceptor-connected',
          identity: expect.objectContaining({ protocol: acceptor.protocol, model: acceptor.model }),
        }),
      );
      const read = events.find((event) => event.kind === 'bill-table-read');
      expect(read.table).toContainEqual({ valueMinor: 100_000, currency: 'KZT' });
      expect(events.map((event) => event.kind)).not.toContain('acceptor-enabled');
      mechanics.insert(tengeNote(1_000));
      expect(mechanics.path.kind).toBe('empty');
    },
  );

  it('shows every byte when asked, and fails where there is no acceptor', async () => {
    const lines: string[] = [];
    const probe = probeCommand(
      ['/dev/no-such-port', '--protocol', 'ccnet', '--seconds', '0.2', '--trace'],
      (line) => lines.push(line),
    );
    await expect(probe).rejects.toThrow(/no CCNET acceptor was identified on serial \/dev\/no-such-port/);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { kind: 'acceptor-lost', fault: 'not-connected' },
    ]);
  });

  it.each([
    [[]],
    [['/dev/x']],
    [['/dev/x', '--protocol', 'morse']],
    [['/dev/x', '--protocol', 'ccnet', '--seconds', '0']],
  ])('explains itself when called with %j', async (args) => {
    await expect(probeCommand(args)).rejects.toThrow(/--seconds|usage: device probe/);
  });
});
