import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Plug } from './plug.ts';
import type { SimulatedUnit } from './simulated-protocols.ts';

export interface DeviceConsole {
  readonly protocol: string;
  readonly unit: SimulatedUnit;
  readonly plug: Plug;
  /** One command a line. */
  readonly commands: Readable;
  /** Ends the session as `quit` does. */
  readonly stop: AbortSignal;
  /** Takes one JSON document, without the line end. */
  readonly printLine: (json: string) => void;
}

/** What a console tells besides the device's own events. */
export type ConsoleRemark =
  | { readonly kind: 'unplugged' | 'replugged' }
  | { readonly kind: 'error'; readonly message: string };

/**
 * Serves one simulated device until `quit`, `stop` or the end of the commands. The first line printed is
 * `{"protocol","path"}`; after it come physical events, and `{"kind":"error","message"}` for words that mean nothing.
 */
export async function runDeviceConsole(session: DeviceConsole): Promise<void> {
  const { protocol, unit, plug } = session;
  const print = (document: object): void => session.printLine(JSON.stringify(document));
  print({ protocol, path: plug.path });
  unit.listen(print);
  unit.start();
  for await (const line of createInterface({ input: session.commands, signal: session.stop })) {
    const words = line.trim().split(/\s+/).filter(Boolean);
    const command = words.join(' ');
    if (command === 'quit') break;
    if (command === 'unplug' || command === 'replug') {
      await plug[command]();
      print({ kind: command === 'unplug' ? 'unplugged' : 'replugged' });
    } else if (command !== '' && !unit.perform(words)) {
      print({
        kind: 'error',
        message: `not understood: ${command}. Known: ${unit.help} | unplug | replug | quit`,
      });
    }
  }
  await plug.close();
}
