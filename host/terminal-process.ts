import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { StorageError } from '../db/errors.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import type { Log } from '../terminal/log.ts';
import type { RunningTerminal } from '../terminal/runtime/terminal.ts';
import { decodeSettings, type Settings } from '../terminal/settings.ts';
import { composeTerminal } from './compose.ts';
import { exitCodes } from './exit-codes.ts';
import { showLife } from './life-sign.ts';
import { standardLog } from './log.ts';

/* What every process that runs a terminal has in common: settings, a log, and a way to end. */

export interface TerminalProcess {
  readonly settingsPath: string;
  readonly onView: (view: ScreenView) => void;
  /** Called once the terminal runs. */
  readonly onRunning: (terminal: RunningTerminal, log: Log) => Promise<void> | void;
}

export async function runTerminalProcess(parts: TerminalProcess): Promise<void> {
  const log = standardLog();
  /** Nothing in memory is believed any more: end at once, and let the next process read the journal. */
  const die = (reason: unknown): void => {
    log({
      event: 'fatal',
      reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    });
    process.exit(isLocked(reason) ? exitCodes.storage : exitCodes.crash);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const settings = readSettings(parts.settingsPath);
  try {
    const terminal = await composeTerminal(settings, { log, onFatal: die, onView: parts.onView });
    const stop = (): void => void terminal.stop().then(() => process.exit(0), die);
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // A parent that is gone shows nothing to anybody.
    process.once('disconnect', stop);
    // Not at the end: a process that is killed has none.
    flushCompileCache();
    await parts.onRunning(terminal, log);
    await offerMetrics(settings, terminal, log);
    showLife(() => void terminal.view());
  } catch (reason) {
    die(reason);
  }
}

/** A monitor is a guest: without a port for it the terminal sells all the same. */
async function offerMetrics(settings: Settings, terminal: RunningTerminal, log: Log): Promise<void> {
  const { metricsPort } = settings.fleet;
  if (metricsPort === undefined) return;
  const { startMetricsServer } = await import('./metrics-server.ts');
  try {
    await startMetricsServer(metricsPort, () => terminal.condition());
  } catch (error) {
    log({ event: 'metrics-not-served', detail: error instanceof Error ? error.message : String(error) });
  }
}

/** Another process sells on this ledger already. */
function isLocked(reason: unknown): boolean {
  return reason instanceof StorageError && reason.code === 'locked';
}

/** Lists every fault of the file at once. The acceptor is never touched with faulty settings. */
function readSettings(path: string): Settings {
  const decoded = decodeSettings(parsed(path));
  if (decoded.kind === 'ok') return decoded.settings;
  for (const fault of decoded.faults) process.stderr.write(`${path}: ${fault.path}: ${fault.message}\n`);
  return process.exit(exitCodes.settings);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    process.stderr.write(`${path}: ${error instanceof Error ? error.message : String(error)}\n`);
    return process.exit(exitCodes.settings);
  }
}
