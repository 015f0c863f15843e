import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, type FileHandle, mkdtemp, open, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SimulatedDevice } from './devices/simulated-device.ts';
import type { Plug } from './plug.ts';

interface Terminal {
  readonly socat: ChildProcessWithoutNullStreams;
  readonly slave: FileHandle;
}

/**
 * Serves a device on a pseudo-terminal, so that the real serial library can open it. socat makes the pair; its standard
 * input and output are the device's cable. Rejects when socat is not installed.
 */
export async function servePty(device: SimulatedDevice): Promise<Plug> {
  const folder = await mkdtemp(join(tmpdir(), 'simulated-port-'));
  const path = join(folder, 'port');
  let terminal: Terminal | undefined;

  const replug = async (): Promise<void> => {
    if (terminal !== undefined) return;
    terminal = await openTerminal(device, path);
  };
  const unplug = async (): Promise<void> => {
    const open = terminal;
    terminal = undefined;
    if (open === undefined) return;
    device.connect(undefined);
    await rm(path, { force: true });
    await open.slave.close();
    const ended = once(open.socat, 'exit');
    open.socat.kill();
    await ended;
  };

  try {
    await replug();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    path,
    unplug,
    replug,
    close: async () => {
      await unplug();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openTerminal(device: SimulatedDevice, path: string): Promise<Terminal> {
  const socat = spawn('socat', ['-d', '-d', 'PTY,raw,echo=0', 'STDIO']);
  // A host that is gone or a killed socat must not end the simulator.
  socat.stdin.on('error', () => undefined);
  const slavePath = await slavePathOf(socat);
  // Held open by ourselves: otherwise the pair would end when the host closes its port.
  const slave = await open(slavePath, constants.O_RDWR | constants.O_NOCTTY);
  await symlink(slavePath, path);
  socat.stdout.on('data', (chunk: Buffer) => device.receive(chunk));
  device.connect((bytes) => {
    if (socat.stdin.writable) socat.stdin.write(bytes);
  });
  return { socat, slave };
}

/** socat says `PTY is /dev/pts/3` once the pair exists and is in raw mode. */
function slavePathOf(socat: ChildProcessWithoutNullStreams): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    socat.once('error', reject);
    socat.once('exit', () => reject(new Error(`socat ended: ${said.join('; ')}`)));
    createInterface({ input: socat.stderr }).on('line', (line) => {
      said.push(line);
      const slavePath = /PTY is (\S+)/.exec(line)?.[1];
      if (slavePath !== undefined) resolve(slavePath);
    });
  });
}
