import type { AcceptorProtocol, AcceptorReport } from '../../terminal/devices.ts';
import type { Clock, IdSource } from '../../terminal/ports.ts';
import type { Link } from '../link/link.ts';
import type { AcceptorLogEvent } from './note-path/state.ts';
import { acceptorProtocol } from './protocols.ts';

export type ProbeEvent = AcceptorReport | AcceptorLogEvent;

export interface AcceptorProbe {
  readonly protocol: AcceptorProtocol;
  readonly link: Link;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** How long to watch. */
  readonly forMs: number;
  readonly onEvent: (event: ProbeEvent) => void;
}

/**
 * Shows a technician what hangs on a line: name plate, bill table, and what happens meanwhile. It is the real driver
 * without a lease and without a ledger: the acceptor stays disabled, a note in escrow goes back, and a credit event is
 * left unacknowledged for the terminal to hear. Resolves to whether an acceptor was identified.
 */
export async function probeAcceptor(probe: AcceptorProbe): Promise<boolean> {
  let identified = false;
  const driver = acceptorProtocol(probe.protocol).createDriver({
    link: probe.link,
    clock: probe.clock,
    ids: probe.ids,
    log: probe.onEvent,
  });
  driver.start((report) => {
    if (report.kind === 'acceptor-connected') identified = true;
    probe.onEvent(report);
  });
  await new Promise<void>((resolve) => {
    probe.clock.setTimer(probe.forMs, resolve);
  });
  await driver.stop();
  return identified;
}
