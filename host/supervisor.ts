import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { exitCodes } from './exit-codes.ts';

/*
 * Keeps a terminal process running. The process itself counts its crashes in the journal and stops selling after too
 * many; here only the pause between two starts grows.
 */

export interface SupervisorOptions {
  /** Which shape runs: its entry file beside this one. */
  readonly shape: 'headless' | 'browser';
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Whatever the process tells its parent. */
  readonly onMessage: (message: unknown) => void;
  /** The process has ended; `willRestart` says whether another one follows. */
  readonly onExit: (code: number | null, willRestart: boolean) => void;
  readonly logTo: 'inherit' | 'ignore';
}

export interface Supervisor {
  /** Hands the process a message; lost while none runs. */
  send(message: string): void;
  /** Lets the process finish its commit and end; no other follows. */
  stop(): Promise<void>;
}

const restartPausesMs = [200, 1_000, 5_000, 15_000] as const;
/** A process that has run this long starts the pauses over. */
const soundAfterMs = 600_000;

export function superviseTerminal(options: SupervisorOptions): Supervisor {
  const entry = fileURLToPath(new URL(`./${options.shape}.ts`, import.meta.url));
  let child: ChildProcess | undefined;
  let crashes = 0;
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;

  const start = (): void => {
    const startedMs = Date.now();
    child = fork(entry, options.args, {
      stdio: ['ignore', options.logTo, 'inherit', 'ipc'],
      env: { ...process.env, ...options.environment },
    });
    child.on('message', options.onMessage);
    child.once('exit', (code) => {
      child = undefined;
      const isFinal = code === 0 || code === exitCodes.settings || code === exitCodes.storage;
      const willRestart = !stopping && !isFinal;
      options.onExit(code, willRestart);
      if (!willRestart) return;
      crashes = Date.now() - startedMs > soundAfterMs ? 1 : crashes + 1;
      const pauseMs = restartPausesMs[Math.min(crashes, restartPausesMs.length) - 1] ?? 0;
      restart = setTimeout(start, pauseMs);
    });
  };

  start();
  return {
    send: (message) => void child?.send(message),
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        clearTimeout(restart);
        if (child === undefined) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
