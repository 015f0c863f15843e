import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exitCodes } from './exit-codes.ts';
import { isLifeSign, lifeSignEnvironment } from './life-sign.ts';
import { terminalEnvironment, terminalNodeOptions } from './process-options.ts';
import { afterEnd } from './restart-policy.ts';

/*
 * Keeps a terminal process running. The process itself counts its crashes in the journal and stops selling after too
 * many; here only the pauses between two starts grow. A process that falls silent hangs, and is killed: the next one reads
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
  /** The process that runs now. */
  pid(): number | undefined;
  /** Hands the process a message; lost while none runs. */
  send(message: string): void;
  /** Ends the process without a word, as a power cut would; another follows. */
  kill(): void;
  /** Lets the process finish its commit and end; no other follows. */
  stop(): Promise<void>;
}

/** Opening and checking a large ledger, at the first start after an unclean stop, on a slow disk. */
const startMsMax = 120_000;
/** A process that has said something and then nothing for this long hangs. */
const silentMsMax = 10_000;

export function superviseTerminal(options: SupervisorOptions): Supervisor {
  const entry = fileURLToPath(new URL(`./${options.shape}.ts`, import.meta.url));
  let child: ChildProcess | undefined;
  let crashesMonoMs: readonly number[] = [];
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;

  const start = (): void => {
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
    const killAfter = (silentMs: number): NodeJS.Timeout =>
      setTimeout(() => started.kill('SIGKILL'), silentMs);
    let silence = killAfter(startMsMax);
    child.on('message', (message) => {
      clearTimeout(silence);
      silence = killAfter(silentMsMax);
      if (!isLifeSign(message)) options.onMessage(message);
    });
    child.once('exit', (code) => {
      clearTimeout(silence);
      child = undefined;
      // Whoever asked the process to end, or started a second one on the same ledger, sits here and is told.
      const isFinal = code === 0 || code === exitCodes.storage;
      const answer = afterEnd(code ?? exitCodes.crash, performance.now(), crashesMonoMs);
      crashesMonoMs = answer.crashesMonoMs;
      const { next } = answer;
      const willRestart = !stopping && !isFinal && next.kind !== 'never';
      options.onExit(code, willRestart);
      if (willRestart) restart = setTimeout(start, next.pauseMs);
    });
  };

  start();
  return {
    pid: () => child?.pid,
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
