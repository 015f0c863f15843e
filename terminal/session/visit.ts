import type { Context, Surroundings } from '../context.ts';
import { type Decision, decided, type Effect } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { salesStopped } from '../delivery/state.ts';
import { cashBlock } from '../health/decide.ts';
import type { CashBlock } from '../health/state.ts';
import type { Settings } from '../settings.ts';
import { certainSumMinor, isNoteMoving } from '../till/state.ts';
import type { CheckGuard, Session, Step } from './state.ts';
import { idleTimes, scaledMs, visitTimes } from './timeouts.ts';

/** The screen before anybody has touched it. */
export function freshSession(settings: Settings, guard: CheckGuard, step: Step, nowMonoMs: number): Session {
  const [language = 'kk'] = settings.languages;
  return {
    step,
    generation: 0,
    sinceMonoMs: nowMonoMs,
    language,
    easyMode: false,
    moreTime: false,
    overlay: undefined,
    question: undefined,
    checksThisVisit: 0,
    guard,
  };
}

/** Why no cash may be taken now. */
export function blockOf(terminal: Terminal, context: Surroundings): CashBlock | undefined {
  return troubleOf(terminal, context) ?? (terminal.serviceMode === undefined ? undefined : 'service-mode');
}

/** The same for those who look after the terminal: their own presence is no trouble. */
export function troubleOf(terminal: Terminal, context: Surroundings): CashBlock | undefined {
  return cashBlock(terminal.health, terminal.till, salesStopped(terminal.delivery), context);
}

/** Shows another screen and gives it its own time. */
export function show(terminal: Terminal, step: Step, context: Context): Decision {
  const session: Session = {
    ...terminal.session,
    step,
    generation: terminal.session.generation + 1,
    sinceMonoMs: context.now.monoMs,
    overlay: undefined,
    question: undefined,
  };
  const next = { ...terminal, session };
  return decided(next, { effects: [...stopTimers, ...idleWatch(next)] });
}

/** Changes what the screen says without making it another one. */
export function update(terminal: Terminal, step: Step): Decision {
  return decided({ ...terminal, session: { ...terminal.session, step } });
}

/** The visit is over: nothing of this customer stays, on the screen or in memory. */
export function endVisit(terminal: Terminal, context: Context): Decision {
  const { session } = terminal;
  const fresh = freshSession(context.settings, session.guard, { kind: 'attract' }, context.now.monoMs);
  return decided(
    { ...terminal, session: { ...fresh, generation: session.generation + 1 } },
    { effects: stopTimers },
  );
}

/** Somebody is there, or something moves: the time-out starts over. */
export function keepAwake(terminal: Terminal): Decision {
  const { session } = terminal;
  const answered: Session = { ...session, question: undefined };
  const next = { ...terminal, session: answered };
  return decided(next, { effects: [{ kind: 'cancel-timer', timer: 'question' }, ...idleWatch(next)] });
}

/** Holds the time-outs while a note moves or waits to be taken back. */
export function holdTimeouts(terminal: Terminal): Decision {
  return decided(terminal, { effects: holdTimers });
}

const holdTimers: readonly Effect[] = [
  { kind: 'cancel-timer', timer: 'idle' },
  { kind: 'cancel-timer', timer: 'question' },
  { kind: 'cancel-timer', timer: 'nudge' },
];

const stopTimers: readonly Effect[] = [
  ...holdTimers,
  { kind: 'cancel-timer', timer: 'check' },
  { kind: 'cancel-timer', timer: 'payment' },
];

/** The timers of a screen that has just been touched. */
function idleWatch(terminal: Terminal): readonly Effect[] {
  const { session, till } = terminal;
  const hasMoney = till.operation !== undefined && certainSumMinor(till.operation) > 0;
  if (session.step.kind === 'cash' && isNoteMoving(till)) return holdTimers;
  const isPayable = session.step.kind === 'cash' && hasMoney;
  const askAfterMs = isPayable ? visitTimes.cashWithMoneyAskAfterMs : idleTimes[session.step.kind].askAfterMs;
  if (askAfterMs === undefined) return [];
  const idle: Effect = { kind: 'start-timer', timer: 'idle', delayMs: scaledMs(session, askAfterMs) };
  if (!isPayable) return [idle];
  return [idle, { kind: 'start-timer', timer: 'nudge', delayMs: visitTimes.nudgeAfterMs }];
}

/** Asks "Still here?"; what silence means is part of the question. */
export function ask(terminal: Terminal, silence: 'closes' | 'pays', context: Context): Decision {
  const { session } = terminal;
  const warningMs = scaledMs(session, visitTimes.warningMs);
  const question = { silence, endsAtMonoMs: context.now.monoMs + warningMs };
  return decided(
    { ...terminal, session: { ...session, question, overlay: undefined } },
    { effects: [{ kind: 'start-timer', timer: 'question', delayMs: warningMs }] },
  );
}
