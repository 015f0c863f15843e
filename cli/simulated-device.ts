import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A simulated device in a process of its own, behind a pseudo-terminal, as a technician would start it. */
export interface DeviceProcess {
  /** The pseudo-terminal to open as a serial port. */
  readonly path: string;
  /** Types one command. */
  say(command: string): void;
  /** Tells every event from now on. */
  listen(listener: (event: DeviceEvent) => void): void;
  /** Resolves with the first event, from now on, that fits. */
  next(fits: (event: DeviceEvent) => boolean, withinMs: number): Promise<DeviceEvent>;
  quit(): Promise<void>;
}

export type DeviceEvent = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** Starts `npm run device -- simulate …` and waits until its port can be opened. */
export async function startDevice(protocol: string, options: readonly string[]): Promise<DeviceProcess> {
  const script = fileURLToPath(new URL('./device.ts', import.meta.url));
  const child = spawn(process.execPath, [script, 'simulate', protocol, '--pty', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const first = await firstLine(child, lines, protocol);
  const listeners = new Set<(event: DeviceEvent) => void>();
  lines.on('line', (line) => {
    const event = JSON.parse(line) as DeviceEvent;
    for (const listener of listeners) listener(event);
  });
  return {
    path: first.path,
    say: (command) => void child.stdin.write(`${command}\n`),
    listen: (listener) => void listeners.add(listener),
    next: (fits, withinMs) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          listeners.delete(listener);
          clearTimeout(timeout);
        };
        const timeout = setTimeout(() => {
          stop();
          reject(new Error(`the simulated ${protocol} did not tell in ${withinMs} ms what was awaited`));
        }, withinMs);
        const listener = (event: DeviceEvent): void => {
          if (!fits(event)) return;
          stop();
          resolve(event);
        };
        listeners.add(listener);
      }),
    quit: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.stdin.end('quit\n');
      }),
  };
}

function firstLine(child: ChildProcess, lines: Interface, protocol: string): Promise<{ path: string }> {
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => resolve(JSON.parse(line) as { path: string }));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the simulated ${protocol} ended at once (exit ${code})`)));
  });
}
