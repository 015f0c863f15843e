import { parseArgs } from 'node:util';
import { v7 } from 'uuid';
import { type ProbeEvent, probeAcceptor } from '../hardware/banknote/probe.ts';
import { acceptorProtocol } from '../hardware/banknote/protocols.ts';
import type { Link } from '../hardware/link/link.ts';
import { type SerialSettings, serialLink } from '../hardware/link/serial.ts';
import { formatHex, formatTapRecord, tapLink } from '../hardware/link/tap.ts';
import { tcpLink } from '../hardware/link/tcp.ts';
import { systemClock } from '../host/system-clock.ts';
import { acceptorProtocols, isAcceptorProtocol } from '../terminal/devices.ts';
import { UsageError } from './usage-error.ts';

export const probeUsage = `usage: device probe <port> --protocol <protocol> [--seconds <n>] [--trace]
  <port>      a serial port (/dev/ttyUSB0), or <host>:<port> of a network adapter
  --protocol  what the acceptor speaks: ${acceptorProtocols.join(', ')}
  --seconds   how long to watch (30)
  --trace     every byte too
Stop the terminal first: a port has one user. The acceptor stays disabled, and nothing is credited.
Events on standard output, one JSON document a line; exit code 1 if no acceptor was identified.`;

const secondsMax = 24 * 3_600;

/** `device probe`: who is on this port, what does it know, what does it say. */
export async function probeCommand(
  args: readonly string[],
  print: (line: string) => void = console.log,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      protocol: { type: 'string' },
      seconds: { type: 'string', default: '30' },
      trace: { type: 'boolean', default: false },
    },
  });
  const [port, ...others] = positionals;
  const seconds = Number(values.seconds);
  if (port === undefined || others.length > 0) throw new UsageError(probeUsage);
  const { protocol = '' } = values;
  if (!isAcceptorProtocol(protocol)) throw new UsageError(`unknown protocol\n${probeUsage}`);
  if (!(seconds > 0 && seconds <= secondsMax)) throw new UsageError(`--seconds: 1 to ${secondsMax}`);
  const { name, serial } = acceptorProtocol(protocol);
  const link = linkTo(port, serial);
  const identified = await probeAcceptor({
    protocol,
    link: values.trace ? tapLink(link, systemClock, (record) => print(formatTapRecord(record))) : link,
    clock: systemClock,
    ids: { uuidV7: v7 },
    forMs: seconds * 1_000,
    onEvent: (event) => print(eventLine(event)),
  });
  if (!identified) throw new Error(`no ${name} acceptor was identified on ${link.description}`);
}

function linkTo(port: string, serial: SerialSettings): Link {
  const [, host, number] = /^([^/:]+):(\d{1,5})$/.exec(port) ?? [];
  if (host !== undefined) return tcpLink({ host, port: Number(number) }, systemClock);
  return serialLink(port, serial);
}

/** Bytes as people write them. */
function eventLine(event: ProbeEvent): string {
  return JSON.stringify(event, (_key, value: unknown) =>
    value instanceof Uint8Array ? formatHex(value) : value,
  );
}
