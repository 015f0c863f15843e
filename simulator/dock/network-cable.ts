import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** The wire between a terminal and its backend: a port of this machine that passes everything on while plugged in. */
export interface NetworkCable {
  /** The backend's address, as the terminal is to know it. */
  readonly url: string;
  /** Open connections break and new ones are refused, as with a router that has lost its uplink. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
}

/** `target`: the backend's own address, `http://127.0.0.1:…`. */
export async function layNetworkCable(target: string): Promise<NetworkCable> {
  const { hostname, port } = new URL(target);
  const ends = new Set<Socket>();
  let server: Server | undefined;
  let ownPort = 0;

  const keep = (end: Socket): void => {
    ends.add(end);
    end.once('close', () => ends.delete(end));
  };
  const join = (near: Socket): void => {
    const far = connect({ host: hostname, port: Number(port) });
    for (const end of [near, far]) {
      keep(end);
      end.on('error', () => undefined);
    }
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
    near.pipe(far);
    far.pipe(near);
  };
  const plugIn = async (): Promise<void> => {
    if (server !== undefined) return;
    const opened = createServer(join);
    server = opened;
    opened.listen(ownPort, '127.0.0.1');
    await once(opened, 'listening');
    const address = opened.address();
    if (typeof address === 'object' && address !== null) ownPort = address.port;
  };
  const unplug = async (): Promise<void> => {
    const open = server;
    server = undefined;
    if (open === undefined) return;
    const closed = once(open, 'close');
    open.close();
    for (const end of ends) end.destroy();
    await closed;
  };

  await plugIn();
  return { url: `http://127.0.0.1:${ownPort}`, unplug, plugIn };
}
