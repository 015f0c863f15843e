import { app, Menu, screen, session } from 'electron';
import { exitCodes } from '../host/exit-codes.ts';
import { standardLog } from '../host/log.ts';
import { alreadyRunningExitCode } from './exit-codes.ts';
import { type HostProcess, startHost } from './host-process.ts';
import { lockDownApp, lockDownSession, lockDownStart, type Report } from './lockdown.ts';
import { registerPageScheme, servePage } from './page-files.ts';
import { keepPage, type PageKeeper } from './page-keeper.ts';
import { createScreenLines } from './screen-lines.ts';
import { partition } from './window.ts';

/* The shell from start to end: doors shut first, then the host and the window. */

export interface ShellPlaces {
  readonly settingsPath: string;
  /** The built page. */
  readonly pageFolder: string;
  /** The built preload script. */
  readonly preload: string;
  /** The terminal host's entry file. */
  readonly hostEntry: string;
}

/** Must be called before Electron is ready: half of the lockdown can only be done then. */
export async function startShell(places: ShellPlaces): Promise<void> {
  const log = standardLog();
  const report: Report = (what) => log({ event: 'kiosk-refused', what });
  if (!app.requestSingleInstanceLock()) {
    report('second-instance');
    app.exit(alreadyRunningExitCode);
    return;
  }
  crashOnly(log);
  lockDownStart();
  registerPageScheme();
  // No menu: with it go all the keys that Electron's default menu knows.
  Menu.setApplicationMenu(null);
  lockDownApp(report);
  // The kiosk has no window that could be the last one; only a signal ends it.
  app.on('window-all-closed', () => undefined);

  await app.whenReady();
  const kiosk = session.fromPartition(partition);
  for (const one of [kiosk, session.defaultSession]) lockDownSession(one, report);
  servePage(kiosk.protocol, places.pageFolder);
  const lines = createScreenLines(places.settingsPath);
  const host = startHost({
    entry: places.hostEntry,
    settingsPath: places.settingsPath,
    onState: lines.hostIs,
    onEnd: (exitCode, next) => log({ event: 'host-ended', exitCode, next: next.kind }),
  });
  const page = keepPage({
    display: screen.getPrimaryDisplay(),
    preload: places.preload,
    report,
    onPortWanted: lines.wanted,
    onRemedy: (by) => log({ event: 'page-recovered', by }),
    onRestart: () => app.exit(exitCodes.crash),
  });
  app.on('second-instance', () => {
    report('second-instance');
    page.focus();
  });
  endTogether(host, page);
}

/** Electron would show a box with the error, on a screen in a street. The one after this process starts clean. */
function crashOnly(log: ReturnType<typeof standardLog>): void {
  const die = (reason: unknown): void => {
    log({
      event: 'fatal',
      reason: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason),
    });
    app.exit(exitCodes.crash);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}

/** The host may still be at a commit: the shell waits for it, then goes. */
function endTogether(host: HostProcess, page: PageKeeper): void {
  let isEnding = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (isEnding) return;
    isEnding = true;
    void host.stop().then(() => {
      page.stop();
      app.exit(0);
    });
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit());
}
