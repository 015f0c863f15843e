import type { ScreenView } from '../../terminal/contract/messages.ts';
import { tengeNote } from '../devices/acceptor/notes.ts';
import type { PlannedVisit } from './planned-visits.ts';
import type { Stage } from './stage.ts';

/*
 * One person at the terminal. They look at the screen now and then and do what people do with what they see; nothing of
 * the terminal's inside is known to them, and nobody waits for ever.
 */

const patienceMs = 4 * 60_000;
/** Nobody stands before a closed terminal for longer. */
const closedPatienceMs = 15_000;
const digitMs = 120;
/** A note that came back is tried twice; then the next one. */
const triesMax = 2;
const smallestMinor = 50_000;

interface Mind {
  readonly plan: PlannedVisit;
  readonly untilMonoMs: number;
  notesLeft: number[];
  tries: number;
  counted: number;
  hasBegun: boolean;
  checks: number;
  closedMs: number;
}

/** Resolves when the visitor has gone. */
export async function playVisit(stage: Stage, plan: PlannedVisit): Promise<void> {
  const { clock } = stage.world;
  const mind: Mind = {
    plan,
    untilMonoMs: clock.monoMs() + patienceMs,
    notesLeft: [...plan.notesTenge],
    tries: 0,
    counted: 0,
    hasBegun: false,
    checks: 0,
    closedMs: 0,
  };
  stage.visit = plan.visit;
  stage.mood = { leaves: false, leavesNotes: false };
  while (clock.monoMs() < mind.untilMonoMs && !stage.mood.leaves) {
    takeWhatLies(stage);
    if ((await look(stage, mind)) === 'leave') break;
    await stage.sleep(plan.paceMs);
  }
  stage.signal('visitor left');
}

function takeWhatLies(stage: Stage): void {
  if (!stage.mood.leavesNotes) stage.world.mechanics.take();
}

async function look(stage: Stage, mind: Mind): Promise<'stay' | 'leave'> {
  const { shown } = stage;
  if (shown === undefined) return 'stay';
  if (shown.question !== undefined) return act(stage, 'continue');
  if (shown.overlay !== undefined) return act(stage, 'close-overlay');
  const { screen } = shown;
  switch (screen.kind) {
    case 'out-of-service':
      mind.closedMs += mind.plan.paceMs;
      return mind.closedMs > closedPatienceMs ? 'leave' : 'stay';
    case 'attract':
      if (mind.hasBegun) return 'leave';
      return act(stage, 'start', mind.plan.language);
    case 'service':
      mind.hasBegun = true;
      return act(stage, 'choose-top-up');
    case 'number':
      return typeNumber(stage, mind, screen.digits);
    case 'check-failed':
      mind.checks += 1;
      return act(stage, mind.checks <= 2 && offers(shown, 'retry') ? 'retry' : 'cancel');
    case 'confirm':
      return act(stage, 'confirm');
    case 'no-paper':
      return act(stage, 'without-paper');
    case 'cash':
      return feed(stage, mind, screen);
    case 'service-mode':
      return act(stage, 'staff-leave');
    case 'find':
    case 'found':
      return act(stage, offers(shown, 'back') ? 'back' : 'done');
    case 'result':
      if (screen.print === 'printing') return 'stay';
      stage.world.printer.takeTicket();
      act(stage, 'done');
      return 'leave';
    default:
      return 'stay';
  }
}

function act(stage: Stage, action: string, value?: string): 'stay' {
  if (stage.world.isRunning) stage.world.touch(action, value);
  return 'stay';
}

async function typeNumber(stage: Stage, mind: Mind, digits: string): Promise<'stay'> {
  mind.hasBegun = true;
  const wanted = mind.plan.digits;
  if (digits !== '' && !wanted.startsWith(digits)) return act(stage, 'clear');
  for (const digit of wanted.slice(digits.length)) {
    act(stage, 'digit', digit);
    await stage.sleep(digitMs);
  }
  return act(stage, 'next');
}

function offers({ offers: all }: ScreenView, action: string): boolean {
  return all.some((offer) => offer.action === action);
}

type CashScreen = Extract<ScreenView['screen'], { kind: 'cash' }>;

/** One note after the other while the slot is lit; then Pay, or Cancel if all came back. */
function feed(stage: Stage, mind: Mind, screen: CashScreen): 'stay' {
  const { mechanics } = stage.world;
  mind.hasBegun = true;
  if (screen.countedMinor.length > mind.counted) {
    mind.counted = screen.countedMinor.length;
    nextNote(mind);
  }
  const [tenge] = mind.notesLeft;
  if (screen.note !== 'none') return 'stay';
  if (tenge === undefined || screen.stopped !== undefined || screen.roomMinor < smallestMinor) {
    return act(stage, screen.insertedMinor > 0 ? 'pay' : 'cancel');
  }
  if (!screen.isAcceptorOpen) return 'stay';
  const fits = screen.denominations.some((kind) => kind.fits && kind.valueMinor === tenge * 100);
  if (!fits || mind.tries >= triesMax) {
    nextNote(mind);
    return 'stay';
  }
  mechanics.insert(tengeNote(tenge));
  mind.tries += 1;
  return 'stay';
}

function nextNote(mind: Mind): void {
  mind.notesLeft.shift();
  mind.tries = 0;
}
