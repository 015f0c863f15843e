import type { ServicePageView } from '../../terminal/contract/service-mode.ts';
import { Cassette } from '../devices/acceptor/cassette.ts';
import type { StaffKeys } from '../terminal-under-test.ts';
import type { PlannedCollection } from './planned-errands.ts';
import { act, runErrand, typeDigits } from './service-visit.ts';
import type { Stage } from './stage.ts';

/* One person who comes for the cassette. */

const patienceMs = 20 * 60_000;
/** After so many looks at a page that has not noticed the cassette they say themselves that it is out. */
const noticedWithinLooks = 10;

interface Mind {
  /** Looks since the full cassette was taken out; `undefined` before. */
  looksSinceOut: number | undefined;
  /** Slips that had been printed before this one was asked for. */
  slipsBefore: number | undefined;
}

/** Resolves when the collector has gone; true if another cassette is in and its number is typed. */
export async function playCollection(
  stage: Stage,
  { paceMs, mishap }: PlannedCollection,
  keys: StaffKeys,
): Promise<boolean> {
  const mind: Mind = { looksSinceOut: undefined, slipsBefore: undefined };
  const isDone = await runErrand(stage, {
    keys,
    paceMs,
    patienceMs,
    mishap,
    work: (page) => work(stage, mind, page),
  });
  if (stage.world.mechanics.cassette === undefined) stage.world.mechanics.insertCassette(new Cassette());
  act(stage, 'staff-leave');
  return isDone;
}

async function work(stage: Stage, mind: Mind, page: ServicePageView): Promise<boolean> {
  if (page.kind === 'home') act(stage, 'staff-open', 'collection');
  return page.kind === 'collection' && collect(stage, mind, page);
}

type CollectionPageView = Extract<ServicePageView, { kind: 'collection' }>;

async function collect(stage: Stage, mind: Mind, page: CollectionPageView): Promise<boolean> {
  switch (page.stage) {
    case 'review':
      // The other cassette is in and counted with: it was stored before the power went.
      if (mind.looksSinceOut !== undefined) return true;
      mind.slipsBefore = stage.world.paper.length;
      act(stage, 'staff-begin');
      return false;
    case 'begun':
      if (page.slip !== 'printing') swap(stage, mind, page.slip === 'printed');
      return false;
    case 'emptied': {
      mind.looksSinceOut ??= 0;
      if (stage.world.mechanics.cassette === undefined) stage.world.mechanics.insertCassette(new Cassette());
      const number = String(1_000 + Math.floor(stage.world.clock.monoMs() / 1_000));
      if (page.cassetteNumber.length < number.length || page.fault === 'same-cassette') {
        await typeDigits(stage, number.slice(page.cassetteNumber.length));
      } else {
        act(stage, 'staff-next');
      }
      return false;
    }
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
