import { unreachable } from '../../terminal/assert.ts';
import type { World } from './world.ts';

/*
 * Every stage of a visit at which something may go wrong with the acceptor. The visitor pays into one wallet, has one
 * note counted and, in most stages, a larger one on its way.
 */

export const countedTenge = 2_000;
export const movingTenge = 5_000;

/** Where the note on its way is, as its paper goes. `cassette`: in it, whether or not anybody has been told. */
export type NotePlace = 'nowhere' | 'head' | 'stacker' | 'cassette';

export const stages = [
  { stage: 'attract', counted: false, at: 'nowhere' },
  { stage: 'number', counted: false, at: 'nowhere' },
  { stage: 'cash, nothing in yet', counted: false, at: 'nowhere' },
  { stage: 'note accepting', counted: true, at: 'head' },
  { stage: 'in escrow, untold', counted: true, at: 'head' },
  { stage: 'intent stored, no stack byte yet', counted: true, at: 'head' },
  { stage: 'stacking, not past return', counted: true, at: 'head' },
  { stage: 'stacking, past return', counted: true, at: 'stacker' },
  { stage: 'stacked, untold', counted: true, at: 'cassette' },
  { stage: 'credited, not yet acknowledged', counted: true, at: 'cassette' },
  { stage: 'between notes', counted: true, at: 'cassette' },
  { stage: 'Pay pressed while a note moves', counted: true, at: 'stacker' },
  { stage: 'paying', counted: true, at: 'cassette' },
  { stage: 'result', counted: true, at: 'cassette' },
] as const satisfies readonly { readonly stage: string; readonly counted: boolean; readonly at: NotePlace }[];

export type StagePlan = (typeof stages)[number];
export type Stage = StagePlan['stage'];

/** The journal knows of the note on its way: from its escrow report on. */
export function isRecorded({ stage, at }: StagePlan): boolean {
  return at !== 'nowhere' && stage !== 'note accepting' && stage !== 'in escrow, untold';
}

/** Boots the terminal and leads a visitor to that stage. */
export async function bringTo(world: World, stage: Stage): Promise<void> {
  await world.toAttract();
  switch (stage) {
    case 'attract':
      return;
    case 'number':
      await world.press('start', 'kk');
      await world.press('choose-top-up');
      await world.press('digit', '7');
      await world.tap('digit', '0');
      return;
    case 'cash, nothing in yet':
      await world.toCash();
      return;
    case 'note accepting':
    case 'in escrow, untold':
    case 'intent stored, no stack byte yet':
    case 'stacking, not past return':
    case 'stacking, past return':
    case 'stacked, untold':
    case 'credited, not yet acknowledged':
      await toMovingNote(world, stage);
      return;
    case 'between notes':
      await toCounted(world);
      await world.pay(movingTenge);
      await world.clock.advance(1_000);
      return;
    case 'Pay pressed while a note moves':
      await toMovingNote(world, 'stacking, not past return');
      await world.tap('pay');
      await reach(world, 'past return', () => zoneOf(world) === 'stacker');
      world.screen('counting');
      return;
    case 'paying':
    case 'result':
      await toEnd(world, stage);
      return;
    default:
      unreachable(stage);
  }
}

async function toCounted(world: World): Promise<void> {
  await world.toCash();
  await world.pay(countedTenge);
}

async function toMovingNote(world: World, stage: Stage): Promise<void> {
  await toCounted(world);
  await world.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
  const stackedBefore = count(world, 'note-stacked');
  const factsBefore = world.facts.length;
  world.insert(movingTenge);
  const hasFact = (kind: string): boolean =>
    world.facts.slice(factsBefore).some((fact) => fact.kind === kind);
  switch (stage) {
    case 'note accepting':
      await world.clock.advance(600);
      return;
    case 'in escrow, untold':
      await reach(world, stage, () => world.mechanics.path.kind === 'escrowed');
      return;
    case 'intent stored, no stack byte yet':
      await reach(world, stage, () => hasFact('note-intended'));
      return;
    case 'stacking, not past return':
      await reach(world, stage, () => world.mechanics.path.kind === 'stacking');
      await world.clock.advance(200);
      return;
    case 'stacking, past return':
      await reach(world, stage, () => zoneOf(world) === 'stacker');
      await world.clock.advance(300);
      return;
    case 'stacked, untold':
      await reach(world, stage, () => count(world, 'note-stacked') > stackedBefore);
      return;
    default:
      await reach(world, stage, () => hasFact('note-stacked'));
  }
}

/** In steps of a millisecond, because some of these moments last no longer. */
function reach(world: World, what: string, isThere: () => boolean): Promise<void> {
  return world.clock.advanceUntil(isThere, 10_000, what, 1);
}

function zoneOf(world: World): 'head' | 'stacker' | undefined {
  const { path } = world.mechanics;
  return path.kind === 'stacking' ? path.zone : undefined;
}

function count(world: World, kind: 'note-stacked'): number {
  return world.acceptorEvents.filter((event) => event.kind === kind).length;
}

async function toEnd(world: World, stage: 'paying' | 'result'): Promise<void> {
  await toCounted(world);
  await world.pay(movingTenge);
  world.backend.faults.add({ kind: 'slow', delayMs: 4_000 }, { call: 'top-up', times: 1 });
  await world.press('pay');
  world.screen('paying');
  await world.clock.advance(500);
  if (stage === 'result') await world.until('result', 10_000);
}

// ---------------------------------------------------------------- what the screen says

/** The screen in one word or two, with its reason. */
export function screenName(world: World): string {
  const { screen, question } = world.view;
  if (question !== undefined) return `still here? else ${question.silence}`;
  switch (screen.kind) {
    case 'out-of-service':
      return `out of service: ${screen.reason}`;
    case 'result':
      return screen.result.kind;
    case 'cash':
      if (screen.note === 'in-mouth') return 'cash: take your note';
      return screen.stopped === undefined ? 'cash' : `cash, stopped: ${screen.stopped}`;
    default:
      return screen.kind;
  }
}

/** Lets time pass until the screen has that name. */
export async function untilScreen(world: World, name: string, withinMs = 60_000): Promise<void> {
  await world.clock
    .advanceUntil(() => screenName(world) === name, withinMs, `${name}`, 50)
    .catch((error) => {
      throw new Error(`${String(error)}; the screen is ${screenName(world)}`);
    });
}

// ---------------------------------------------------------------- the end of a visit

/** The visitor ends the visit as people do: takes back what lies in the mouth, pays or cancels, and goes. */
export async function finishVisit(world: World): Promise<void> {
  for (let touches = 0; touches < 12; touches += 1) {
    world.mechanics.take();
    await world.clock.advance(1_000);
    const { screen, offers } = world.view;
    if (screen.kind === 'attract' || screen.kind === 'out-of-service') return;
    const action = (['continue', 'pay', 'cancel', 'done', 'back'] as const).find((wanted) =>
      offers.some((offer) => offer.action === wanted),
    );
    if (action !== undefined) await world.tap(action);
    await world.clock.advance(5_000);
  }
  throw new Error(`the visit does not end; the screen is ${screenName(world)}`);
}
