import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { SerialPort } from 'serialport';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../host/system-clock.ts';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import { fastTimings } from '../../simulator/devices/acceptor/timings.ts';
import { CcnetAcceptor } from '../../simulator/devices/ccnet/acceptor.ts';
import { bytesOf, frames, hexOf } from '../../simulator/devices/ccnet/test-host.ts';
import type { Plug } from '../../simulator/plug.ts';
import { servePty } from '../../simulator/pty.ts';
import { serveTcp } from '../../simulator/tcp.ts';

const powerUp = '02 03 06 10 43 92';

/** An acceptor that has just booted: it shows 10. */
async function bootedAcceptor(): Promise<CcnetAcceptor> {
  const acceptor = new CcnetAcceptor(systemClock, new AcceptorMechanics(systemClock, fastTimings));
  acceptor.mechanics.powerOn();
  await new Promise<void>((resolve) => systemClock.setTimer(fastTimings.bootMs + 10, resolve));
  return acceptor;
}

async function served(serve: (acceptor: CcnetAcceptor) => Promise<Plug>): Promise<Plug> {
  const plug = await serve(await bootedAcceptor());
  onTestFinished(() => plug.close());
  return plug;
}

async function openPort(path: string): Promise<SerialPort> {
  const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  return port;
}

/** Sends a frame and waits until as many bytes have come back as the expected reply has. */
async function exchange(port: NodeJS.ReadWriteStream, frame: string, replyBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  const complete = new Promise<void>((resolve) => {
    const collect = (chunk: Buffer): void => {
      chunks.push(chunk);
      if (chunks.reduce((sum, { length }) => sum + length, 0) < replyBytes) return;
      port.removeListener('data', collect);
      resolve();
    };
    port.on('data', collect);
  });
  port.write(bytesOf(frame));
  await complete;
  return hexOf(chunks);
}

const closePort = (port: SerialPort): Promise<void> => new Promise((resolve) => port.close(() => resolve()));

describe('servePty', () => {
  it('lets the real serial library talk to the device, all bytes unchanged', async () => {
    const plug = await served(servePty);
    const port = await openPort(plug.path);
    expect(await exchange(port, frames.poll, 6)).toBe(powerUp);
    const table = await exchange(port, frames.getBillTable, 125);
    expect(table.slice(-5)).toBe('43 2F');
    await closePort(port);
  });

  it('goes on when the host closes its port and opens it again', async () => {
    const plug = await served(servePty);
    for (let visit = 0; visit < 3; visit += 1) {
      const port = await openPort(plug.path);
      expect(await exchange(port, frames.poll, 6)).toBe(powerUp);
      await closePort(port);
    }
  });

  it('unplugged ends the open port; replugged is back at the same path', async () => {
    const plug = await served(servePty);
    const port = await openPort(plug.path);
    const ended = once(port.resume(), 'close');
    await plug.unplug();
    await ended;
    expect(existsSync(plug.path)).toBe(false);
    await expect(openPort(plug.path)).rejects.toThrow(/No such file/);
    await plug.replug();
    const again = await openPort(plug.path);
    expect(await exchange(again, frames.poll, 6)).toBe(powerUp);
    await closePort(again);
  });

  it('leaves nothing behind when closed', async () => {
    const plug = await servePty(await bootedAcceptor());
    await plug.close();
    expect(existsSync(dirname(plug.path))).toBe(false);
  });
});

describe('serveTcp', () => {
  const dial = async (plug: Plug) => {
    const [host = '', port = ''] = plug.path.split(':');
    const socket = connect({ host, port: Number(port) });
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };

  it('serves one host, and ends with it a second one at once', async () => {
    const plug = await served(serveTcp);
    const first = await dial(plug);
    const second = await dial(plug);
    await once(second, 'close');
    expect(await exchange(first, frames.poll, 6)).toBe(powerUp);
    first.destroy();
  });

  it('unplugged ends the connection; replugged listens on the same port', async () => {
    const plug = await served(serveTcp);
    const socket = await dial(plug);
    const ended = once(socket, 'close');
    await plug.unplug();
    await ended;
    await plug.replug();
    const again = await dial(plug);
    expect(await exchange(again, frames.poll, 6)).toBe(powerUp);
    again.destroy();
  });
});
