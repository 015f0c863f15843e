import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { formatHex, parseHex } from './tap.ts';
import { tcpLink } from './tcp.ts';

/** A network that swallows a connection attempt: the socket neither connects nor fails. */
const network = vi.hoisted(() => ({ silent: false }));

vi.mock('node:net', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:net')>();
  const connect = (...args: Parameters<typeof real.connect>): Socket =>
    network.silent ? new real.Socket() : real.connect(...args);
  return { ...real, connect };
});

async function listening(): Promise<{ server: Server; port: number; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port, sockets };
}

function linkTo(port: number) {
  const link = tcpLink({ host: '127.0.0.1', port }, new VirtualClock());
  let heard = (_bytes: string): void => undefined;
  let ended = (_reason: string): void => undefined;
  const closed: string[] = [];
  return {
    closed,
    nextBytes: () => new Promise<string>((resolve) => (heard = resolve)),
    nextEnd: () => new Promise<string>((resolve) => (ended = resolve)),
    open: () =>
      link.open({
        onBytes: (chunk) => heard(formatHex(chunk)),
        onClosed: (reason) => {
          closed.push(reason);
          ended(reason);
        },
      }),
  };
}

describe('A TCP link', () => {
  it('carries bytes both ways', async () => {
    const { server, port } = await listening();
    const { open, nextBytes } = linkTo(port);
    server.on('connection', (socket) => socket.on('data', (chunk) => socket.write(chunk)));
    const connection = await open();
    const bytes = nextBytes();
    connection.write(parseHex('01 02'));
    expect(await bytes).toBe('01 02');
    await connection.close();
  });

  it('says once that the other side is gone, and opens again', async () => {
    const { server, port, sockets } = await listening();
    const { open, nextEnd, closed } = linkTo(port);
    const accepted = once(server, 'connection');
    await open();
    await accepted;
    const end = nextEnd();
    sockets[0]?.end();
    expect(await end).toBe('the other side closed the connection');
    const again = await open();
    await again.close();
    expect(closed.length).toBe(1);
  });

  it('says nothing when the host closes it', async () => {
    const { port } = await listening();
    const { open, closed } = linkTo(port);
    const connection = await open();
    await connection.close();
    connection.write(parseHex('01'));
    expect(closed).toEqual([]);
  });

  it('names a refused connection', async () => {
    const { server, port } = await listening();
    server.close();
    await once(server, 'close');
    await expect(linkTo(port).open()).rejects.toMatchObject({ name: 'LinkError', code: 'not-found' });
  });

  it('does not wait for ever for a silent network', async () => {
    network.silent = true;
    onTestFinished(() => {
      network.silent = false;
    });
    const clock = new VirtualClock();
    const link = tcpLink({ host: '127.0.0.1', port: 4_001 }, clock);
    const opening = link.open({ onBytes: () => undefined, onClosed: () => undefined });
    const failed = expect(opening).rejects.toMatchObject({ name: 'LinkError', code: 'not-found' });
    await clock.advance(3_000);
    await failed;
  });
});
