import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { makeScreenToken } from '../host/screen-server.ts';
import { type Supervisor, superviseTerminal } from '../host/supervisor.ts';
import { bundleOf } from '../renderer/bundle.ts';
import type { AcceptorNews } from '../simulator/dock/acceptor-board.ts';
import { dockBundle } from '../simulator/dock/bundle.ts';
import { createDock, type Dock, type DockDevice } from '../simulator/dock/dock.ts';
import type { PrinterNews } from '../simulator/dock/printer-board.ts';
import { startDockServer } from '../simulator/dock/server.ts';
import { freePort } from './free-port.ts';
import type { DeviceProcess } from './simulated-device.ts';
import type { RunningShape, ShapeOptions } from './start-with-prompt.ts';
import { clockEnvironment, type Surroundings } from './surroundings.ts';

/** The customer's screen as a page, and beside it everything that hands can do to the machine. */
export async function startWithDock(
  surroundings: Surroundings,
  { logTo, onEnd }: ShapeOptions,
): Promise<RunningShape> {
  const pages = buildPages(join(surroundings.folder, 'pages'));
  await pages.built;
  const slipsFolder = freshFolder(join(surroundings.folder, 'slips'));
  // Port and token stay the same when the process is started again, so that the page finds its way back.
  const port = await freePort();
  const screenOrigin = `http://127.0.0.1:${port}`;
  const server = await startDockServer({ pageFolder: pages.dock, slipsFolder, screenOrigin });
  const screen = { port, token: makeScreenToken(), dockOrigin: server.origin };

  const start = (): Supervisor =>
    superviseTerminal({
      shape: 'browser',
      args: [
        ...['--settings', surroundings.settingsPath, '--page', pages.screen],
        ...['--port', String(screen.port)],
      ],
      environment: {
        ...clockEnvironment(surroundings.clock),
        QYZYL_SCREEN_TOKEN: screen.token,
        QYZYL_DOCK_ORIGIN: screen.dockOrigin,
      },
      logTo: (line) => {
        dock.terminalLogged(line);
        if (logTo === 'inherit') console.log(line);
      },
      onMessage: () => dock.terminalServed(`${screenOrigin}/#token=${screen.token}`),
      onExit: (code, willRestart) => {
        dock.terminalEnded(willRestart);
        if (!isSwitchedOff && !willRestart && code !== 0) onEnd(code ?? 1);
      },
    });
  const whileOff = async (work: () => Promise<void> | void): Promise<void> => {
    isSwitchedOff = true;
    await supervisor.stop();
    isSwitchedOff = false;
    await work();
    supervisor = start();
  };
  const dock: Dock = createDock({
    acceptorProtocol: surroundings.acceptorProtocol,
    acceptor: handOn<AcceptorNews>(surroundings.acceptor),
    printer: handOn<PrinterNews>(surroundings.printer),
    backend: surroundings.backend,
    network: surroundings.network,
    clock: surroundings.clock,
    slipsFolder,
    terminal: {
      kill: () => supervisor.kill(),
      aheadMs: () => surroundings.clock.aheadMs(),
      switchOffFor: (durationMs) => whileOff(() => surroundings.clock.runAhead(durationMs)),
      letCollectorSee: () => whileOff(() => answerForCassette(surroundings)),
    },
  });
  let isSwitchedOff = false;
  let supervisor = start();
  server.attach(dock);
  console.log(`Qyzyl on simulated devices. Open this page (Ctrl+C ends it):\n\n  ${server.url}\n`);
  return {
    stop: async () => {
      await supervisor.stop();
      await server.close();
    },
  };
}

/** Beside the terminal's other files, not in dist/: two simulated terminals must not empty each other's pages. */
function buildPages(folder: string): {
  readonly screen: string;
  readonly dock: string;
  readonly built: Promise<unknown>;
} {
  // Vite takes a relative folder from the page's own root.
  const screen = resolve(folder, 'screen');
  const dock = resolve(folder, 'dock');
  const into = (config: InlineConfig, outDir: string): InlineConfig => ({
    ...config,
    logLevel: 'error',
    build: { ...config.build, outDir },
  });
  const built = Promise.all([build(into(bundleOf('screen'), screen)), build(into(dockBundle, dock))]);
  return { screen, dock, built };
}

/**
 * As a collector would, at the terminal's keyboard. There may be nothing to answer for: that is said, and no harm. The unit
 * is switched off and on, because it goes on saying that its cassette is out until something resets it.
 */
function answerForCassette({ settingsPath, clock, acceptor }: Surroundings): Promise<void> {
  for (const hand of ['power off', 'power on']) acceptor.say(hand);
  const script = fileURLToPath(new URL('./notes.ts', import.meta.url));
  const words = ['cassette-seen', '--by', 'dock', '--settings', settingsPath];
  const env = { ...process.env, ...clockEnvironment(clock) };
  return new Promise((done) => {
    spawn(process.execPath, [script, ...words], { stdio: 'inherit', env }).once('close', () => done());
  });
}

/** The device's process says what its console's types say. */
function handOn<News>(device: DeviceProcess): DockDevice<News> {
  return {
    say: device.say,
    listen: (onNews) => device.listen((event) => onNews(event as News)),
  };
}

/** Slips are numbered anew by each printer's process. */
function freshFolder(path: string): string {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}
