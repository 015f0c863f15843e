import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { SimulatedDevice } from './devices/simulated-device.ts';
import type { Plug } from './plug.ts';

/**
 * Serves a device on a TCP port of this machine, as a serial-to-network adapter would. One host at a time: a second
 * connection is closed at once. The path is `127.0.0.1:<port>`.
 */
export async function serveTcp(device: SimulatedDevice, port = 0): Promise<Plug> {
  let server: Server | undefined;
  let socket: Socket | undefined;
  let boundPort = port;

  const onConnection = (newcomer: Socket): void => {
    newcomer.on('error', () => undefined);
    if (socket !== undefined) {
      newcomer.destroy();
      return;
    }
    socket = newcomer.setNoDelay();
    newcomer.on('data', (chunk) => device.receive(chunk));
    device.connect((bytes) => newcomer.write(bytes));
    newcomer.once('close', () => {
      device.connect(undefined);
      socket = undefined;
    });
  };
  const replug = async (): Promise<void> => {
    if (server !== undefined) return;
    const opened = createServer(onConnection);
    opened.listen(boundPort, '127.0.0.1');
    await once(opened, 'listening');
    const address = opened.address();
    if (address !== null && typeof address !== 'string') boundPort = address.port;
    server = opened;
  };
  const unplug = async (): Promise<void> => {
    const open = server;
    server = undefined;
    if (open === undefined) return;
    const closed = once(open, 'close');
    open.close();
    socket?.destroy();
    await closed;
  };

  await replug();
  return { path: `127.0.0.1:${boundPort}`, unplug, replug, close: unplug };
}
