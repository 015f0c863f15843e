import { type ServicePageView, serviceModeSchema } from '../../terminal/contract/service-mode.ts';
import { Cassette } from '../devices/acceptor/cassette.ts';
import { seededRandom } from '../random.ts';
import type { StaffKeys } from '../terminal-under-test.ts';
import type { PlannedCollection } from './plan.ts';
import type { Stage } from './stage.ts';

/*
 * One person who comes for the cassette: knocks, signs in, and does on each page what it asks for. Like a visitor they know
 * nothing of the terminal's inside, and go on with whatever the screen shows after the power was gone.
 */

const patienceMs = 20 * 60_000;
const touchMs = 120;
/** After so many looks at a page that has not noticed the cassette they say themselves that it is out. */
const noticedWithinLooks = 10;
const knocks = 5;

interface Mind {
  readonly plan: PlannedCollection;
  readonly keys: StaffKeys;
  looks: number;
  /** Looks since the full cassette was taken out; `undefined` before. */
  looksSinceOut: number | undefined;
  /** Slips that had been printed before this one was asked for. */
  slipsBefore: number | undefined;
  isDone: boolean;
}

/** Resolves when the collector has gone; true if another cassette is in and its number is typed. */
export async function playCollection(
  stage: Stage,
  plan: PlannedCollection,
  keys: StaffKeys,
): Promise<boolean> {
  const { clock } = stage.world;
  const mind: Mind = {
    plan,
    keys,
    looks: 0,
    looksSinceOut: undefined,
    slipsBefore: undefined,
    isDone: false,
  };
  const untilMonoMs = clock.monoMs() + patienceMs;
  while (!mind.isDone && clock.monoMs() < untilMonoMs) {
    if (mind.looks === plan.mishap?.atLook) await meet(stage, plan);
    await look(stage, mind);
    mind.looks += 1;
    await stage.sleep(plan.paceMs);
  }
  if (stage.world.mechanics.cassette === undefined) stage.world.mechanics.insertCassette(new Cassette());
  act(stage, 'staff-leave');
  return mind.isDone;
}

/** What comes between. */
async function meet(stage: Stage, { mishap }: PlannedCollection): Promise<void> {
  if (mishap === undefined) return;
  const { world } = stage;
  const chance = seededRandom(mishap.dice);
  switch (mishap.kind) {
    case 'crash':
      world.kill();
      return;
    case 'power-cut':
    case 'dark-swap':
      world.mechanics.powerOff();
      world.printer.powerOff();
      stage.holdProcess('no power');
      await stage.sleep(chance.nextInt(20_000));
      if (mishap.kind === 'dark-swap') {
        world.mechanics.removeCassette();
        world.mechanics.insertCassette(new Cassette());
      }
      world.mechanics.powerOn();
      world.printer.powerOn();
      stage.letProcessGo('no power');
      return;
    case 'pulled':
      world.mechanics.removeCassette();
      await stage.sleep(chance.nextInt(5_000));
      if (world.mechanics.cassette === undefined) world.mechanics.insertCassette(new Cassette());
      return;
    case 'walks-away':
      await stage.sleep(chance.nextInt(12 * 60_000));
      return;
    default:
      mishap.kind satisfies never;
  }
}

async function look(stage: Stage, mind: Mind): Promise<void> {
  const { shown } = stage;
  stage.world.mechanics.take();
  switch (shown?.screen.kind) {
    case 'attract':
    case 'out-of-service':
      for (let count = 0; count < knocks; count += 1) {
        act(stage, 'staff-knock');
        await stage.sleep(touchMs);
      }
      return;
    case 'service-mode': {
      const { page, closesInMs } = serviceModeSchema.parse(shown.screen.page);
      if (closesInMs !== undefined) act(stage, 'staff-stay');
      else await work(stage, mind, page);
      return;
    }
    default:
  }
}

async function work(stage: Stage, mind: Mind, page: ServicePageView): Promise<void> {
  switch (page.kind) {
    case 'sign-in':
      if (page.isChecking || page.lockedForMs !== undefined) return;
      if (page.field === 'id') await type(stage, mind.keys.staffId.slice(page.typed));
      else await type(stage, mind.keys.pin.slice(page.typed));
      return;
    case 'home':
      act(stage, 'staff-open', 'collection');
      return;
    case 'collection':
      await collect(stage, mind, page);
      return;
    default:
  }
}

type CollectionPageView = Extract<ServicePageView, { kind: 'collection' }>;

async function collect(stage: Stage, mind: Mind, page: CollectionPageView): Promise<void> {
  switch (page.stage) {
    case 'review':
      // The other cassette is in and counted with: it was stored before the power went.
      if (mind.looksSinceOut !== undefined) {
        mind.isDone = true;
        return;
      }
      mind.slipsBefore = stage.world.paper.length;
      act(stage, 'staff-begin');
      return;
    case 'begun':
      if (page.slip !== 'printing') swap(stage, mind, page.slip === 'printed');
      return;
    case 'emptied': {
      mind.looksSinceOut ??= 0;
      if (stage.world.mechanics.cassette === undefined) stage.world.mechanics.insertCassette(new Cassette());
      const number = String(1_000 + Math.floor(stage.world.clock.monoMs() / 1_000));
      if (page.cassetteNumber.length < number.length || page.fault === 'same-cassette') {
        await type(stage, number.slice(page.cassetteNumber.length));
      } else {
        act(stage, 'staff-next');
      }
      return;
    }
    default:
      page.stage satisfies never;
  }
}

/** Slips for collectors are in Kazakh and Russian, which share the word. */
const slipTitle = 'Инкассация №';

/** The full one comes out; the screen says when it has noticed, and if it does not, the collector says it. */
function swap(stage: Stage, mind: Mind, hasSlip: boolean): void {
  const { mechanics, paper } = stage.world;
  if (mind.looksSinceOut === undefined) {
    const cassette = mechanics.removeCassette();
    mind.looksSinceOut = 0;
    // A printer may say that it has printed, and have no paper; and what a dead slip has left may be cut off first.
    const came = hasSlip ? paper.slice(mind.slipsBefore).filter((text) => text !== '') : [];
    const slip = came.find((text) => text.includes(slipTitle)) ?? came.at(-1);
    if (cassette !== undefined && slip !== undefined) stage.carried.push({ cassette, slip });
    return;
  }
  mind.looksSinceOut += 1;
  if (mind.looksSinceOut < noticedWithinLooks) return;
  if (mechanics.cassette === undefined) mechanics.insertCassette(new Cassette());
  else act(stage, 'staff-emptied');
}

async function type(stage: Stage, digits: string): Promise<void> {
  for (const digit of digits) {
    act(stage, 'staff-digit', digit);
    await stage.sleep(touchMs);
  }
}

function act(stage: Stage, action: string, value?: string): void {
  if (stage.world.isRunning) stage.world.touch(action, value);
}
