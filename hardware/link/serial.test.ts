import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ccnetSerialSettings } from '../banknote/ccnet/options.ts';
import { LinkError } from './link.ts';
import { type SerialSettings, serialLink } from './serial.ts';
import { formatHex, parseHex } from './tap.ts';

/*
 * The real serial library on a pseudo-terminal. That takes any line settings, so what the library is called with is
 * looked at too.
 */

const calls = vi.hoisted(() => ({
  opened: [] as unknown[],
  levels: [] as unknown[],
  levelsFail: false,
  /** Done while the port is open and its first read has not begun. */
  beforeFirstRead: async (): Promise<void> => undefined,
}));

vi.mock('serialport', async (importOriginal) => {
  const real = await importOriginal<typeof import('serialport')>();
  class WatchedPort extends real.SerialPort {
    constructor(...args: ConstructorParameters<typeof real.SerialPort>) {
      super(...args);
      calls.opened.push(args[0]);
    }
    override set(...[levels, done]: Parameters<InstanceType<typeof real.SerialPort>['set']>): void {
      calls.levels.push(levels);
      if (calls.levelsFail) done?.(new Error('Inappropriate ioctl for device, cannot set'));
      else super.set(levels, (error) => void calls.beforeFirstRead().then(() => done?.(error)));
    }
  }
  return { ...real, SerialPort: WatchedPort };
});

afterEach(() => {
  calls.opened.length = 0;
  calls.levels.length = 0;
  calls.levelsFail = false;
  calls.beforeFirstRead = async () => undefined;
});

/** Two pseudo-terminals joined; the far one is opened by a second link, as a device would. */
async function twoEnds(): Promise<{ near: string; far: string; cut: () => Promise<void> }> {
  const socat = spawn('socat', ['-d', '-d', 'PTY,raw,echo=0', 'PTY,raw,echo=0']);
  onTestFinished(() => void socat.kill());
  const paths = await ptyPaths(socat);
  const cut = async (): Promise<void> => {
    const gone = once(socat, 'exit');
    socat.kill('SIGKILL');
    await gone;
  };
  return { near: paths[0] ?? '', far: paths[1] ?? '', cut };
}

function ptyPaths(socat: ChildProcess): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const paths: string[] = [];
    socat.once('error', reject);
    if (socat.stderr === null) return reject(new Error('socat has no voice'));
    createInterface({ input: socat.stderr }).on('line', (line) => {
      const path = /PTY is (\S+)/.exec(line)?.[1];
      if (path !== undefined) paths.push(path);
      if (paths.length === 2) resolve(paths);
    });
  });
}

function opener(path: string, settings: SerialSettings = ccnetSerialSettings) {
  let heard = (_bytes: string): void => undefined;
  const closed: string[] = [];
  let ended = (_reason: string): void => undefined;
  const link = serialLink(path, settings);
  return {
    link,
    closed,
    nextBytes: () => new Promise<string>((resolve) => (heard = resolve)),
    nextEnd: () => new Promise<string>((resolve) => (ended = resolve)),
    open: async () => {
      const connection = await link.open({
        onBytes: (chunk) => heard(formatHex(chunk)),
        onClosed: (reason) => {
          closed.push(reason);
          ended(reason);
        },
      });
      onTestFinished(() => connection.close());
      return connection;
    },
  };
}

describe('A serial link', () => {
  it('hands the protocol’s line settings to the library as they stand', async () => {
    const { near } = await twoEnds();
    const { open, link } = opener(near, {
      baudRate: 19_200,
      dataBits: 7,
      parity: 'even',
      stopBits: 2,
      flowControl: 'rts-cts',
      dtr: true,
      rts: true,
    });
    await open();
    expect(calls.opened).toEqual([
      {
        path: near,
        baudRate: 19_200,
        dataBits: 7,
        parity: 'even',
        stopBits: 2,
        rtscts: true,
        xon: false,
        xoff: false,
        lock: true,
        autoOpen: false,
      },
    ]);
    // Where the port itself moves RTS, we do not.
    expect(calls.levels).toEqual([{ dtr: true }]);
    expect(link.description).toBe(`serial ${near} 19200 7E2 rts-cts`);
  });

  it('opens CCNET at 9600 8N1 without flow control, RTS off', async () => {
    const { near } = await twoEnds();
    await opener(near).open();
    expect(calls.opened).toMatchObject([
      { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1, rtscts: false, lock: true },
    ]);
    expect(calls.levels).toEqual([{ dtr: true, rts: false }]);
  });

  it('carries bytes both ways, and is opened again after it was closed', async () => {
    const { near, far } = await twoEnds();
    const [host, device] = [opener(near), opener(far)];
    const deviceSide = await device.open();
    for (let round = 0; round < 2; round += 1) {
      const hostSide = await host.open();
      const atDevice = device.nextBytes();
      hostSide.write(parseHex('02 03 06 33 DA 81'));
      expect(await atDevice).toBe('02 03 06 33 DA 81');
      const atHost = host.nextBytes();
      deviceSide.write(parseHex('02 03 06 14 67 D4'));
      expect(await atHost).toBe('02 03 06 14 67 D4');
      await hostSide.close();
    }
    expect(host.closed).toEqual([]);
  });

  it('says once that the line has ended', async () => {
    const { near, cut } = await twoEnds();
    const { open, nextEnd, closed } = opener(near);
    const connection = await open();
    const end = nextEnd();
    await cut();
    expect(await end).not.toBe('');
    connection.write(parseHex('01'));
    await connection.close();
    expect(closed.length).toBe(1);
  });

  it('says that the line ended before the first byte could be asked for', async () => {
    const { near, cut } = await twoEnds();
    const { open, nextEnd } = opener(near);
    calls.beforeFirstRead = cut;
    const end = nextEnd();
    await open();
    expect(await end).toContain('the line was hung up');
  });

  it('has one user', async () => {
    const { near } = await twoEnds();
    await opener(near).open();
    await expect(opener(near).open()).rejects.toMatchObject({ name: 'LinkError', code: 'busy' });
  });

  it('names a missing port', async () => {
    await expect(opener('/dev/no-such-port').open()).rejects.toMatchObject({ code: 'not-found' });
    await expect(opener('/dev/no-such-port').open()).rejects.toBeInstanceOf(LinkError);
  });

  it('tolerates a pseudo-terminal without control lines, and nothing else', async () => {
    const { near, far } = await twoEnds();
    calls.levelsFail = true;
    await expect(opener(near).open()).resolves.toBeDefined();
    const folder = mkdtempSync(join(tmpdir(), 'port-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    symlinkSync(far, join(folder, 'acceptor'));
    await expect(opener(join(folder, 'acceptor')).open()).resolves.toBeDefined();
    await expect(opener('/dev/ptmx').open()).rejects.toMatchObject({ code: 'failed' });
  });
});
