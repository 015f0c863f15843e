import type { RegisterAnswer, RegisterDayAnswer } from '../wallet/messages.ts';
import { alarmKey } from './alarms.ts';
import type { DeliveryEvent } from './event.ts';
import { boundsOf, pastDays } from './register-days.ts';
import { creditedItems, foundByBackend, foundHere } from './register-differences.ts';
import type { RegisterWork } from './state.ts';
import { change, endAlarm, raiseAlarm, send, startTimer, type Turn } from './turn.ts';

/*
 * Once a day the terminal's and the backend's registers of the past days are compared, both ways: ours is told and
 * judged there, theirs is asked for and judged here. What differs is looked at a second time before anyone is
 * alarmed, since a top-up may be credited between two looks.
 */

type RegisterLoaded = Extract<DeliveryEvent, { readonly kind: 'register-loaded' }>;

/** The currency of every terminal in the field. */
const currency = 'KZT';

/** How many differences an alarm spells out. */
const differencesShownMax = 5;

/** The time for a round has come: a new one, or the second look of the last. */
export function compareRegisters(turn: Turn): void {
  const { now, settings } = turn.context;
  const work = turn.state.register;
  if (work.current !== undefined) return;
  if (turn.state.breaker.kind !== 'closed') {
    startTimer(turn, 'register', settings.registerAgainDelayMs);
    return;
  }
  const days = work.days.length > 0 ? work.days : daysOfRound(turn, now.wallMs);
  compareNext(turn, { ...work, days });
}

/** The past days, and any older one that is still known to differ. */
function daysOfRound(turn: Turn, wallMs: number): readonly string[] {
  const past = pastDays(wallMs, turn.context.settings.registerDays);
  const prefix = alarmKey({ alarm: 'register-differs', subject: '' });
  const standing = [...turn.state.standing].filter((key) => key.startsWith(prefix));
  return [...new Set([...past, ...standing.map((key) => key.slice(prefix.length))])];
}

function compareNext(turn: Turn, work: RegisterWork): void {
  const [day] = work.days;
  if (day === undefined) {
    endRound(turn, work);
    return;
  }
  change(turn, { register: { ...work, current: { kind: 'loading', day } } });
  turn.effects.push({ kind: 'load-register', day, ...boundsOf(day) });
}

function endRound(turn: Turn, work: RegisterWork): void {
  const { settings } = turn.context;
  const lookAgain = !work.secondLook && work.suspected.length > 0;
  change(turn, {
    register: {
      current: undefined,
      days: lookAgain ? work.suspected : [],
      suspected: [],
      secondLook: lookAgain,
    },
  });
  startTimer(turn, 'register', lookAgain ? settings.registerAgainDelayMs : settings.registerIntervalMs);
}

export function registerLoaded(turn: Turn, event: RegisterLoaded): void {
  const work = turn.state.register;
  if (work.current?.kind !== 'loading' || work.current.day !== event.day) return;
  const { day, rows } = event;
  change(turn, { register: { ...work, current: { kind: 'telling', day, rows } } });
  const { terminalNumber } = turn.context;
  const register = { terminalNumber, day, currency, items: creditedItems(rows) } as const;
  send(turn, { kind: 'register', day }, { kind: 'register', register }, false);
}

export function registerTold(turn: Turn, answer: RegisterAnswer): void {
  const work = turn.state.register;
  const step = work.current;
  if (step?.kind !== 'telling') return;
  if (answer.kind === 'unknown') {
    putOff(turn, work);
    return;
  }
  const { day, rows } = step;
  const found = answer.kind === 'differs' ? foundByBackend(rows, answer) : [];
  change(turn, { register: { ...work, current: { kind: 'asking', day, rows, found } } });
  const registerDay = { day, currency } as const;
  send(turn, { kind: 'register-day', day }, { kind: 'register-day', registerDay }, false);
}

export function registerHeard(turn: Turn, answer: RegisterDayAnswer): void {
  const work = turn.state.register;
  const step = work.current;
  if (step?.kind !== 'asking') return;
  if (answer.kind === 'unknown') {
    putOff(turn, work);
    return;
  }
  const { day, rows } = step;
  const found = [...new Set([...step.found, ...foundHere(rows, answer)])];
  const left: RegisterWork = { ...work, current: undefined, days: work.days.slice(1) };
  if (found.length === 0) {
    endAlarm(turn, 'register-differs', day);
    compareNext(turn, left);
    return;
  }
  if (work.secondLook) {
    const more = found.length > differencesShownMax ? ` and ${found.length - differencesShownMax} more` : '';
    raiseAlarm(turn, 'register-differs', day, `${found.slice(0, differencesShownMax).join('; ')}${more}`);
    compareNext(turn, left);
    return;
  }
  compareNext(turn, { ...left, suspected: [...work.suspected, day] });
}

/** The comparison could not be made: the same days again, later. */
function putOff(turn: Turn, work: RegisterWork): void {
  change(turn, { register: { ...work, current: undefined } });
  startTimer(turn, 'register', turn.context.settings.registerAgainDelayMs);
}
