import { type ServicePageView, serviceModeSchema } from '../../terminal/contract/service-mode.ts';
import { Cassette } from '../devices/acceptor/cassette.ts';
import { seededRandom } from '../random.ts';
import type { StaffKeys } from '../terminal-under-test.ts';
import type { Mishap } from './planned-errands.ts';
import type { Stage } from './stage.ts';

/*
 * One person who comes to work at the terminal's own screen: knocks, signs in, and does on each page what it asks for. Like a
 * visitor they know nothing of the terminal's inside, and go on with whatever the screen shows after the power was gone.
 */

const touchMs = 120;
const knocks = 5;

/** What somebody has come for. */
export interface Errand {
  readonly keys: StaffKeys;
  /** Between two looks at the screen. */
  readonly paceMs: number;
  /** They go when it is not done by then. */
  readonly patienceMs: number;
  readonly mishap: Mishap | undefined;
  /** One look at a page behind the sign-in; true when nothing is left to do. */
  work(page: ServicePageView): Promise<boolean>;
}

/** Resolves when they have left, or given up; true if their work is done. */
export async function runErrand(stage: Stage, errand: Errand): Promise<boolean> {
  const { clock } = stage.world;
  const untilMonoMs = clock.monoMs() + errand.patienceMs;
  let isDone = false;
  for (let looks = 0; !isDone && clock.monoMs() < untilMonoMs; looks += 1) {
    if (looks === errand.mishap?.atLook) await meet(stage, errand.mishap);
    isDone = await look(stage, errand);
    await stage.sleep(errand.paceMs);
  }
  return isDone;
}

/** What comes between. */
async function meet(stage: Stage, mishap: Mishap): Promise<void> {
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

async function look(stage: Stage, errand: Errand): Promise<boolean> {
  const { shown } = stage;
  stage.world.mechanics.take();
  switch (shown?.screen.kind) {
    case 'attract':
    case 'out-of-service':
      for (let count = 0; count < knocks; count += 1) {
        act(stage, 'staff-knock');
        await stage.sleep(touchMs);
      }
      return false;
    case 'service-mode': {
      const { page, closesInMs } = serviceModeSchema.parse(shown.screen.page);
      if (closesInMs !== undefined) act(stage, 'staff-stay');
      else if (page.kind === 'sign-in') await signIn(stage, page, errand.keys);
      else if ('who' in page && page.who.staffId !== errand.keys.staffId) act(stage, 'staff-leave');
      else return errand.work(page);
      return false;
    }
    default:
      return false;
  }
}

type SignInView = Extract<ServicePageView, { kind: 'sign-in' }>;

async function signIn(stage: Stage, page: SignInView, keys: StaffKeys): Promise<void> {
  if (page.isChecking || page.lockedForMs !== undefined) return;
  const whole = page.field === 'id' ? keys.staffId : keys.pin;
  await typeDigits(stage, whole.slice(page.typed));
}

export async function typeDigits(stage: Stage, digits: string): Promise<void> {
  for (const digit of digits) {
    act(stage, 'staff-digit', digit);
    await stage.sleep(touchMs);
  }
}

export function act(stage: Stage, action: string, value?: string): void {
  if (stage.world.isRunning) stage.world.touch(action, value);
}
