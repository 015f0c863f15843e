import type { Stage } from '../stage.ts';
import { once, type StrikeOrder, type Strikes } from './strike.ts';

/* What happens to the process, its writes and its clock. */

type ProcessKind =
  | 'crash'
  | 'crash-at-write'
  | 'crash-at-command'
  | 'crash-at-slip'
  | 'crash-while-starting'
  | 'crash-loop'
  | 'process-pause'
  | 'second-instance';

const pauseMsMin = 100;
const pauseMsMax = 60_000;

export const processStrikes: Strikes<ProcessKind> = {
  crash: once(({ world }) => world.kill()),
  'crash-at-write': once(({ process }, { chance }) => process.dieAtWrite(sideOf(chance), chance.nextInt(6))),
  'crash-at-command': once(({ process }, { chance }) =>
    process.dieAtBytes('acceptor', sideOf(chance), chance.nextInt(12)),
  ),
  'crash-at-slip': once(({ process }, { chance }) =>
    process.dieAtBytes('printer', sideOf(chance), chance.nextInt(12)),
  ),
  'crash-while-starting': once(({ world, process }, { chance }) => {
    world.kill();
    if (chance.nextInt(2) === 0) process.dieAtWrite(sideOf(chance), 0);
    else process.dieAtBytes('acceptor', sideOf(chance), chance.nextInt(4));
  }),
  'crash-loop': (stage, { chance }) => {
    void crashLoop(stage, chance);
    return undefined;
  },
  'process-pause': async (stage, { chance }) => {
    const { gate } = stage.world;
    gate.hold();
    const pauseMs = pauseMsMin + chance.nextInt(pauseMsMax / (1 + chance.nextInt(20)));
    await stage.sleep(pauseMs);
    stage.heldMs += pauseMs;
    gate.release();
    return undefined;
  },
  'second-instance': async ({ world, process, mishaps }) => {
    // One that stays closed over its ledger holds none.
    if (!world.isRunning || world.view.screen.kind === 'out-of-service') return undefined;
    const { deaths } = process;
    const hasTaken = await world.bootTwin().catch(() => false);
    // If the first one has died meanwhile, the ledger was nobody's.
    if (hasTaken && process.deaths === deaths)
      mishaps.push('M6: a second process took the ledger of the first');
    return undefined;
  },
};

function sideOf(chance: StrikeOrder['chance']): 'before' | 'after' {
  return chance.nextInt(2) === 0 ? 'before' : 'after';
}

/** Five deaths within the ten minutes that make a loop of them. */
async function crashLoop(stage: Stage, chance: StrikeOrder['chance']): Promise<void> {
  for (let death = 0; death < 6; death += 1) {
    stage.world.kill();
    await stage.sleep(5_000 + chance.nextInt(60_000));
  }
}

const secondMs = 1_000;
const yearMs = 365 * 24 * 3_600_000;

export const timeStrikes: Strikes<'clock-jumps' | 'clock-stops' | 'clock-wrong-at-start'> = {
  'clock-jumps': ({ world }, order) => {
    world.setClock(jumpMs(order));
    return () => setRight(world);
  },
  'clock-stops': ({ world }) => {
    world.stopClock();
    return () => world.letClockGo();
  },
  'clock-wrong-at-start': ({ world }, order) => {
    world.kill();
    world.setClock(jumpMs(order));
    return () => setRight(world);
  },
};

function setRight(world: Stage['world']): void {
  world.setClock(-world.clockErrorMs);
}

/** From a second to five years, each magnitude as often as another, back or forward. */
function jumpMs({ chance }: StrikeOrder): number {
  const largest = [20 * secondMs, 600 * secondMs, yearMs / 100, 5 * yearMs][chance.nextInt(4)] ?? secondMs;
  const byMs = secondMs + chance.nextInt(largest);
  return chance.nextInt(2) === 0 ? byMs : -byMs;
}
