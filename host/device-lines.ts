import type { Link } from '../hardware/link/link.ts';
import { type SerialSettings, serialLink } from '../hardware/link/serial.ts';
import { tcpLink } from '../hardware/link/tcp.ts';
import { escposSerialSettings } from '../hardware/printer/escpos/profile.ts';
import type { Clock } from '../terminal/ports.ts';
import type { LineSettings } from '../terminal/settings.ts';

/** The line an operator's settings name, with the protocol's own serial parameters. */
export function lineOf(line: LineSettings, serial: SerialSettings, clock: Clock): Link {
  switch (line.kind) {
    case 'serial':
      return serialLink(
        line.path,
        line.baudRate === undefined ? serial : { ...serial, baudRate: line.baudRate },
      );
    case 'tcp':
      return tcpLink({ host: line.host, port: line.port }, clock);
  }
}

export const printerSerial: SerialSettings = escposSerialSettings;

/** What a serial printer's line carries: eight data bits travel as ten. */
export function bytesPerSecond(line: LineSettings): number | undefined {
  return line.kind === 'serial' ? (line.baudRate ?? printerSerial.baudRate) / 10 : undefined;
}
