import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { tokenFrom, writeAddress } from './address-file.ts';
import { makeScreenToken } from './screen-server.ts';
import { reportToServiceManager } from './service-manager.ts';

function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-service-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A socket as systemd's, heard by a program that prints each datagram. */
async function serviceManager() {
  const path = join(tempFolder(), 'notify');
  const socat = spawn('socat', ['-u', '-d', '-d', `UNIX-RECV:${path}`, 'STDOUT']);
  onTestFinished(() => void socat.kill());
  let said = '';
  let onWord: () => void = () => undefined;
  socat.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    onWord();
  });
  await new Promise<void>((resolve) => {
    createInterface({ input: socat.stderr }).on('line', (line) => {
      if (line.includes('starting data transfer loop')) resolve();
    });
  });
  return {
    path,
    until: (isSaid: (all: string) => boolean) =>
      new Promise<void>((resolve) => {
        onWord = () => {
          if (isSaid(said)) resolve();
        };
        onWord();
      }),
  };
}

describe('A terminal under a service manager', () => {
  test('says that it is ready, and again and again that it is alive and how it is', async () => {
    const manager = await serviceManager();
    const states = ['free', 'free', 'in-use'];
    reportToServiceManager(() => states.shift() ?? 'in-use', {
      NOTIFY_SOCKET: manager.path,
      WATCHDOG_USEC: '300000',
    });
    await manager.until(
      (said) =>
        said.includes('READY=1') &&
        said.split('WATCHDOG=1').length > 2 &&
        said.includes('STATUS=free') &&
        said.includes('STATUS=in-use'),
    );
  });

  test('says nothing where there is none', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const alive = vi.fn();
    reportToServiceManager(alive, { WATCHDOG_USEC: '1000' });
    vi.advanceTimersByTime(60_000);
    expect(alive).not.toHaveBeenCalled();
  });
});

describe('The address file', () => {
  test('is for owner and group alone, and gives its token to the next start', () => {
    const path = join(tempFolder(), 'screen');
    const token = makeScreenToken();
    writeAddress(path, `http://127.0.0.1:7330/#token=${token}`);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(tokenFrom(path)).toBe(token);
    expect(readFileSync(path, 'utf8')).toBe(`http://127.0.0.1:7330/#token=${token}\n`);
  });

  test.each(['', 'http://127.0.0.1:7330/', `http://elsewhere.example/#token=${'A'.repeat(43)}`])(
    'that says "%s" gives none',
    (text) => {
      const path = join(tempFolder(), 'screen');
      expect(tokenFrom(path)).toBeUndefined();
      writeFileSync(path, text);
      expect(tokenFrom(path)).toBeUndefined();
    },
  );
});
