import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { layNetworkCable, type NetworkCable } from './network-cable.ts';

describe('the wire to the backend', () => {
  let backend: Server;
  let cable: NetworkCable;

  beforeEach(async () => {
    backend = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    backend.listen(0, '127.0.0.1');
    await once(backend, 'listening');
    const address = backend.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    cable = await layNetworkCable(`http://127.0.0.1:${address.port}`);
  });
  afterEach(async () => {
    await cable.unplug();
    backend.close();
  });

  const dial = (): Socket => connect({ host: '127.0.0.1', port: Number(new URL(cable.url).port) });
  const echoed = async (socket: Socket, text: string): Promise<string> => {
    socket.write(text);
    const [chunk] = await once(socket, 'data');
    return String(chunk);
  };

  test('passes everything on, both ways', async () => {
    const socket = dial();
    expect(await echoed(socket, 'hello')).toBe('hello');
    socket.destroy();
  });

  test('pulled out, it breaks what is open and refuses what is new; plugged in, it is at its old address', async () => {
    const { url } = cable;
    const open = dial();
    await echoed(open, 'hello');
    const broken = once(open, 'close');
    open.on('error', () => undefined);
    await cable.unplug();
    await broken;
    await expect(once(dial(), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await cable.plugIn();
    await cable.plugIn();
    expect(cable.url).toBe(url);
    const again = dial();
    expect(await echoed(again, 'back')).toBe('back');
    again.destroy();
  });

  test('a backend that hangs up hangs up on the terminal', async () => {
    backend.removeAllListeners('connection');
    backend.on('connection', (socket: Socket) => socket.destroy());
    const socket = dial();
    socket.on('error', () => undefined);
    await once(socket, 'close');
  });
});
