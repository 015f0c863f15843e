import { connect, type Socket } from 'node:net';
import type { Clock } from '../../terminal/ports.ts';
import { type Link, type LinkConnection, LinkError, type LinkErrorCode, type LinkEvents } from './link.ts';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** A silent network would otherwise keep `open` waiting for minutes. */
const connectMsMax = 3_000;

/** A device behind a TCP socket: a serial server, a network printer, or a simulated device. */
export function tcpLink(address: TcpAddress, clock: Clock): Link {
  return {
    description: `tcp ${address.host}:${address.port}`,
    open: (events) => openTcp(address, clock, events),
  };
}

function openTcp(address: TcpAddress, clock: Clock, events: LinkEvents): Promise<LinkConnection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address.host, port: address.port, noDelay: true });
    const fail = (code: LinkErrorCode, reason: string): void => {
      deadline.cancel();
      socket.destroy();
      reject(new LinkError(code, `${address.host}:${address.port}: ${reason}`));
    };
    const deadline = clock.setTimer(connectMsMax, () => fail('not-found', `no answer in ${connectMsMax} ms`));
    const onError = (error: NodeJS.ErrnoException): void => fail(codeOf(error), error.message);
    socket.once('error', onError);
    socket.once('connect', () => {
      deadline.cancel();
      socket.removeListener('error', onError);
      resolve(connectSocket(socket, events));
    });
  });
}

function connectSocket(socket: Socket, events: LinkEvents): LinkConnection {
  let closedByHost = false;
  let reason = 'the other side closed the connection';
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
      if (!closedByHost) events.onClosed(reason);
    });
  });
  socket.on('error', (error) => {
    reason = error.message;
  });
  socket.on('data', (chunk: Uint8Array) => {
    if (!closedByHost) events.onBytes(chunk);
  });
  // Half a line is of no use: when the other side ends, so do we.
  socket.on('end', () => socket.destroy());
  return {
    write: (bytes) => {
      if (!socket.destroyed) socket.write(bytes);
    },
    close: () => {
      closedByHost = true;
      socket.destroy();
      return closed;
    },
  };
}

function codeOf(error: NodeJS.ErrnoException): LinkErrorCode {
  switch (error.code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'not-found';
    case 'EACCES':
    case 'EPERM':
      return 'no-permission';
    default:
      return 'failed';
  }
}
