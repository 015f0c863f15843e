import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { StorageError } from '../db/errors.ts';
import type { DownMessage } from '../terminal/contract/messages.ts';
import { decodeSettings, type Settings } from '../terminal/settings.ts';
import { composeTerminal } from './compose.ts';
import { exitCodes } from './exit-codes.ts';
import { standardLog } from './log.ts';

/*
 * A terminal process without a screen of its own: views go to the parent process as JSON text, presses come from it. A
 * script, a prompt or a shell with a window can be that parent.
 */

const { values } = parseArgs({ options: { settings: { type: 'string' } } });
if (values.settings === undefined) {
  process.stderr.write('usage: node host/headless.ts --settings <file>\n');
  process.exit(exitCodes.settings);
}

const log = standardLog();
const settings = readSettings(values.settings);
let revision = 0;

/** Nothing in memory is believed any more: end at once, and let the next process read the journal. */
function die(reason: unknown): void {
  log({
    event: 'fatal',
    reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
  });
  process.exit(reason instanceof StorageError ? exitCodes.storage : exitCodes.crash);
}

process.on('uncaughtException', die);
process.on('unhandledRejection', die);

try {
  const terminal = await composeTerminal(settings, {
    log,
    onFatal: die,
    onView: (view) => {
      revision += 1;
      const message: DownMessage = { kind: 'view', revision, view };
      process.send?.(JSON.stringify(message));
    },
  });
  process.on('message', (text) => {
    if (typeof text === 'string') terminal.hear(text);
  });
  const stop = (): void => void terminal.stop().then(() => process.exit(0), die);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A parent that is gone shows nothing to anybody.
  process.once('disconnect', stop);
} catch (reason) {
  die(reason);
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
