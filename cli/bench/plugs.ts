import { resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { makeScreenToken } from '../../host/screen-server.ts';
import { superviseTerminal } from '../../host/supervisor.ts';
import { bundle } from '../../renderer/bundle.ts';
import { freePort } from '../free-port.ts';
import { browserOptions } from '../screenshots.ts';
import { type Surroundings, startSurroundings } from '../surroundings.ts';
import { withFolder } from './folders.ts';
import { GlassSeen, goTo, type Moment, moments } from './glass-seen.ts';
import type { Measurement, Row } from './report.ts';

/** No screen may be white, or stand there as if nothing had happened, for longer. */
const untrueMsMax = 5_000;

/** A whole terminal, as `npm start` runs it. */
interface Machine {
  readonly url: string;
  readonly around: Surroundings;
  readonly terminalPid: () => number;
  close(): Promise<void>;
}

/** How a part goes. */
interface Pull {
  readonly what: string;
  readonly pull: (machine: Machine, glass: GlassSeen) => Promise<void> | void;
}

const pulls: readonly Pull[] = [
  {
    what: 'the terminal’s process is killed',
    pull: ({ terminalPid }) => void process.kill(terminalPid(), 'SIGKILL'),
  },
  {
    what: 'the terminal’s process stands still',
    pull: ({ terminalPid }) => void process.kill(terminalPid(), 'SIGSTOP'),
  },
  { what: 'the page is loaded anew', pull: (_, glass) => glass.reload() },
  {
    what: 'the acceptor’s cable is pulled',
    pull: ({ around }) => around.acceptor.say('unplug'),
  },
  {
    what: 'the acceptor loses power',
    pull: ({ around }) => around.acceptor.say('power off'),
  },
  {
    what: 'the printer’s cable is pulled',
    pull: ({ around }) => around.printer.say('unplug'),
  },
  { what: 'the network goes', pull: ({ around }) => around.network.unplug() },
];

export const plugs: Measurement = {
  name: 'plugs',
  title: 'A part goes, and the glass says something true',
  how:
    `The browser shape under its supervisor, the page as it ships in Chromium, simulated devices on pseudo-terminals. Each part goes at ` +
    `each of ${moments.length} moments (${moments.join(', ')}), on a machine of its own. White: nothing on the glass, or ` +
    `a page that does not answer. True again: "one moment", or an answer to a touch for help, the half second in ` +
    `which a new screen is deaf included.`,
  run: () => withFolder(pullAll),
};

async function pullAll(folder: string): Promise<readonly Row[]> {
  const pageFolder = resolve(folder, 'page');
  await bundle('screen', 'disk', pageFolder);
  const browser = await chromium.launch(browserOptions);
  try {
    const rows: Row[] = [];
    for (const [number, one] of pulls.entries()) {
      const whiteMs: number[] = [];
      const untrueMs: number[] = [];
      for (const moment of moments) {
        const machine = await switchOn(resolve(folder, `${number} ${moment}`), pageFolder);
        try {
          const seen = await watchPull(browser, machine, one, moment);
          whiteMs.push(seen.whiteMs);
          untrueMs.push(seen.untrueMs);
        } finally {
          await machine.close();
        }
      }
      rows.push(
        rowOf(`${one.what}: longest white`, whiteMs),
        rowOf(`${one.what}: until true again`, untrueMs),
      );
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function watchPull(
  browser: Browser,
  machine: Machine,
  { pull }: Pull,
  moment: Moment,
): Promise<{ readonly whiteMs: number; readonly untrueMs: number }> {
  const glass = await GlassSeen.open(browser, machine.url);
  try {
    await goTo(moment, glass, machine.around.acceptor);
    const startedMs = performance.now();
    const white = glass.watchWhite();
    try {
      await pull(machine, glass);
      await glass.isTrue();
    } finally {
      await white.stop();
    }
    return { whiteMs: white.longestMs(), untrueMs: performance.now() - startedMs };
  } finally {
    await glass.close();
  }
}

function rowOf(what: string, timesMs: readonly number[]): Row {
  const worstMs = Math.max(...timesMs);
  return {
    what,
    bar: `≤ ${untrueMsMax / 1_000} s`,
    measured: `${(worstMs / 1_000).toFixed(2)} s`,
    met: worstMs <= untrueMsMax,
  };
}

async function switchOn(folder: string, pageFolder: string): Promise<Machine> {
  const around = await startSurroundings(folder, 'ccnet', ['--fast']);
  const port = await freePort();
  const token = makeScreenToken();
  const served = Promise.withResolvers<void>();
  const supervisor = superviseTerminal({
    shape: 'browser',
    args: ['--settings', around.settingsPath, '--page', pageFolder, '--port', String(port)],
    environment: { QYZYL_SCREEN_TOKEN: token },
    logTo: 'ignore',
    onMessage: () => served.resolve(),
    onExit: (code, willRestart) => {
      if (!willRestart && code !== 0) served.reject(new Error(`the terminal ended (exit ${code})`));
    },
  });
  await served.promise;
  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    around,
    terminalPid: () => {
      const pid = supervisor.pid();
      if (pid === undefined) throw new Error('no terminal runs');
      return pid;
    },
    close: async () => {
      await supervisor.stop();
      await around.end();
    },
  };
}
