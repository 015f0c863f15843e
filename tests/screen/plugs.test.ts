import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { terminalNodeOptions } from '../../host/process-options.ts';
import { makeScreenToken } from '../../host/screen-server.ts';
import { type SimulatedPlace, simulatedPlace } from '../electron/stage.ts';
import { bringTo, type Stage } from '../scenarios/stages.ts';
import type { World } from '../scenarios/world.ts';
import { GlassStage, inTime, wordsOf } from './glass-stage.ts';

/*
 * Whatever is unplugged, killed or hangs: the glass says something true, is never white, and takes a touch where there is
 * something to touch.
 */

const words = wordsOf('kk');
let stage: GlassStage;
beforeAll(async () => {
  stage = await GlassStage.open();
}, 60_000);
afterAll(() => stage.close());

const plugs: Readonly<Record<string, (world: World) => void>> = {
  'the acceptor’s cable': (world) => world.acceptorLine.unplug(),
  'the acceptor’s power': (world) => world.mechanics.powerOff(),
  'the printer’s cable': (world) => world.printerLine.unplug(),
  'the network': (world) => {
    world.network.plugged = false;
  },
};

const moments: readonly Stage[] = [
  ...(['attract', 'number', 'cash, nothing in yet', 'stacking, past return'] as const),
  ...(['between notes', 'paying', 'result'] as const),
];

describe.each(Object.entries(plugs))('%s is pulled', (_name, pull) => {
  test.each(moments)(
    '%s',
    async (moment) => {
      const world = await stage.behind();
      await bringTo(world, moment);
      await stage.caughtUp();
      pull(world);
      await world.clock.advance(5_000);
      await stage.caughtUp();
      await expectAlive();
      expect(world.fatal).toEqual([]);
    },
    60_000,
  );
});

/** Somebody looks at it, and asks for help: it answers. */
async function expectAlive(): Promise<void> {
  const { page, world } = stage;
  expect((await page.locator('h1, .machine-title').first().innerText()).length).toBeGreaterThan(3);
  if (!world.view.offers.some(({ action }) => action === 'open-help')) return;
  // The trouble may bring another screen just now, which is deaf to the first touch.
  for (let touches = 0; touches < 2 && world.view.overlay !== 'help'; touches += 1) {
    await stage.touch(words['button.help'] ?? '');
  }
  expect(world.view.overlay).toBe('help');
  await page.getByText(world.view.frame.supportPhone).first().waitFor(inTime);
}

describe('the terminal’s own process', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-plugs-'));
  const token = makeScreenToken();
  let place: SimulatedPlace;
  let host: ChildProcess | undefined;

  /** As whoever supervises it would: the page finds it again at the same address. */
  async function start(port: string): Promise<string> {
    const entry = fileURLToPath(new URL('../../host/browser.ts', import.meta.url));
    const args = ['--settings', place.settingsPath, '--port', port, '--page', stage.pageFolder];
    host = fork(entry, args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...terminalNodeOptions],
      env: { ...process.env, QYZYL_SCREEN_TOKEN: token },
    });
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    host.once('message', (message: { readonly url: string }) => resolve(message.url));
    host.once('exit', (code) => reject(new Error(`the terminal ended at once (${code})`)));
    return promise;
  }

  beforeAll(async () => {
    place = await simulatedPlace(folder);
    await stage.page.goto(await start('0'));
    await stage.at('attract').waitFor(inTime);
  }, 60_000);
  afterEach(() => host?.kill('SIGCONT'));
  afterAll(async () => {
    host?.removeAllListeners('exit');
    host?.kill('SIGKILL');
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('hangs: "one moment" until it is back, though its socket is still open', async () => {
    host?.kill('SIGSTOP');
    await stage.at('one-moment').waitFor(inTime);
    host?.kill('SIGCONT');
    await stage.at('attract').waitFor(inTime);
  });

  test('dies: "one moment", and the page finds the next one by itself', async () => {
    const { port } = new URL(stage.page.url());
    host?.removeAllListeners('exit');
    host?.kill('SIGKILL');
    await stage.at('one-moment').waitFor(inTime);
    await start(port);
    await stage.at('attract').waitFor(inTime);
  });
});
