import inspector from 'node:inspector';
import { join } from 'node:path';
import { app } from 'electron';
import { exitCodes } from '../host/exit-codes.ts';
import { startShell } from './shell.ts';
import { decideStart } from './start-refusals.ts';

/* Electron's entry: looks at how it was started, then starts the shell or ends. */

const defaultSettingsPath =
  process.platform === 'win32'
    ? join(process.env['PROGRAMDATA'] ?? 'C:\\ProgramData', 'Qyzyl', 'settings.json')
    : '/etc/qyzyl/settings.json';

const answer = decideStart(
  {
    // `electron <folder>` puts the folder first; a packaged terminal has none.
    args: process.argv.slice(process.defaultApp === true ? 2 : 1),
    environment: process.env,
    execArgv: process.execArgv,
    isInspectorOpen: inspector.url() !== undefined,
  },
  defaultSettingsPath,
);

if (answer.kind === 'refused') {
  for (const why of answer.why) process.stderr.write(`Qyzyl does not start with ${why}.\n`);
  app.exit(exitCodes.settings);
} else {
  const root = app.getAppPath();
  /** Files that Node's worker threads and native modules read lie beside the archive, not in it. */
  const outside = root.replace(/app\.asar$/, 'app.asar.unpacked');
  // Not awaited here: Electron is ready only after this file has run to its end.
  startShell({
    settingsPath: answer.settings.settingsPath,
    pageFolder: join(root, 'dist', 'renderer'),
    preload: join(root, 'dist', 'electron', 'electron', 'preload.cjs'),
    hostEntry: join(outside, 'dist', 'electron', 'electron', 'terminal-host.js'),
  }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    app.exit(exitCodes.crash);
  });
}
