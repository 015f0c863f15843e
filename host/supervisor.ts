import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exitCodes } from './exit-codes.ts';
import { isLifeSign, lifeSignEnvironment } from './life-sign.ts';
import { terminalEnvironment, terminalNodeOptions } from './process-options.ts';

/*
 * Keeps a terminal process running. The process itself counts its crashes in the journal and stops selling after too
 * many; here only the pause between two starts grows. A process that falls silent hangs, and is killed: the next one reads
 * the journal.
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
  /** Where the log goes: on to our own output, nowhere, or line by line to whoever keeps it. */
  readonly logTo: 'inherit' | 'ignore' | ((line: string) => void);
}

export interface Supervisor {
  /** Hands the process a message; lost while none runs. */
  send(message: string): void;
  /** Ends the process without a word, as a power cut would; another follows. */
  kill(): void;
  /** Lets the process finish its commit and end; no other follows. */
  stop(): Promise<void>;
}

const restartPausesMs = [200, 1_000, 5_000, 15_000] as const;
/** A process that has run this long starts the pauses over. */
const soundAfterMs = 600_000;
/** A process that has said something and then nothing for this long hangs. */
const silentMsMax = 10_000;

export function superviseTerminal(options: SupervisorOptions): Supervisor {
  const entry = fileURLToPath(new URL(`./${options.shape}.ts`, import.meta.url));
  let child: ChildProcess | undefined;
  let crashes = 0;
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;

  const start = (): void => {
    const startedMs = Date.now();
    const { logTo } = options;
    child = fork(entry, options.args, {
      stdio: ['ignore', typeof logTo === 'string' ? logTo : 'pipe', 'inherit', 'ipc'],
      execArgv: [...terminalNodeOptions],
      env: { ...terminalEnvironment, ...process.env, ...lifeSignEnvironment, ...options.environment },
    });
    if (typeof logTo !== 'string' && child.stdout !== null) {
      createInterface({ input: child.stdout }).on('line', logTo);
    }
    const started = child;
    let silence: NodeJS.Timeout | undefined;
    child.on('message', (message) => {
      clearTimeout(silence);
      silence = setTimeout(() => started.kill('SIGKILL'), silentMsMax);
      if (!isLifeSign(message)) options.onMessage(message);
    });
    child.once('exit', (code) => {
      clearTimeout(silence);
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
    kill: () => void child?.kill('SIGKILL'),
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
