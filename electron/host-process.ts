import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { afterEnd, type NextStart } from '../host/restart-policy.ts';
import { type HostOrder, isHostReport } from './channels.ts';
import { hostTimes } from './times.ts';

/*
 * Keeps the terminal host running in a process of its own. The host may die at any moment and nothing depends on how: the
 * next one reads the journal. One that hangs is killed, because a screen that shows an old view is worse than none.
 */

export type HostState = 'starting' | 'ready' | 'pausing' | 'breaker' | 'given-up' | 'stopped';

export type PlugIn = (port: MessagePortMain) => void;

export interface HostOptions {
  readonly entry: string;
  readonly settingsPath: string;
  /** `plugIn` hands a host that is ready one end of a line to the page. */
  readonly onState: (state: HostState, plugIn: PlugIn) => void;
  readonly onEnd: (exitCode: number, next: NextStart) => void;
}

export interface HostProcess {
  /** Lets the host finish its commit and end; no other follows. */
  stop(): Promise<void>;
}

export function startHost(options: HostOptions): HostProcess {
  let state: HostState = 'starting';
  let child: UtilityProcess | undefined;
  let crashesMonoMs: readonly number[] = [];
  let watchdog: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;

  const enter = (next: HostState): void => {
    state = next;
    options.onState(next, plugIn);
  };
  const expectWordWithin = (limitMs: number, of: UtilityProcess): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => kill(of), limitMs);
  };
  const order = (message: HostOrder, ports: MessagePortMain[] = []): void =>
    child?.postMessage(message, ports);
  const plugIn: PlugIn = (port) => order({ kind: 'plug-in' }, [port]);

  const start = (): void => {
    const started = utilityProcess.fork(options.entry, [options.settingsPath], {
      serviceName: 'Qyzyl terminal',
      stdio: 'inherit',
    });
    child = started;
    enter('starting');
    expectWordWithin(hostTimes.startWithinMs, started);
    started.on('message', (report: unknown) => {
      if (!isHostReport(report) || child !== started) return;
      expectWordWithin(hostTimes.hungAfterMs, started);
      if (report.kind === 'ready' && state === 'starting') enter('ready');
    });
    started.once('exit', ended);
  };

  const ended = (exitCode: number): void => {
    clearTimeout(watchdog);
    child = undefined;
    if (state === 'stopped') return;
    const answer = afterEnd(exitCode, performance.now(), crashesMonoMs);
    crashesMonoMs = answer.crashesMonoMs;
    options.onEnd(exitCode, answer.next);
    enter(stateAfter(answer.next));
    if (answer.next.kind !== 'never') restart = setTimeout(start, answer.next.pauseMs);
  };

  start();
  return {
    stop: () =>
      new Promise((resolve) => {
        enter('stopped');
        clearTimeout(restart);
        if (child === undefined) return resolve();
        child.once('exit', () => resolve());
        order({ kind: 'stop' });
        expectWordWithin(hostTimes.stopWithinMs, child);
      }),
  };
}

function stateAfter(next: NextStart): HostState {
  if (next.kind === 'start') return 'pausing';
  return next.kind === 'breaker' ? 'breaker' : 'given-up';
}

/** A hung event loop hears no polite signal. */
function kill({ pid }: UtilityProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
