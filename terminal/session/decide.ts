import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { Language } from '../facts.ts';
import type { Pressed, SessionEvent } from './event.ts';
import type { Overlay, Session, Step, StepKind } from './state.ts';
import { paying, result } from './steps/after-cash.ts';
import { attract, checkFailed, checking, confirm, noPaper, number, service } from './steps/before-cash.ts';
import { cash, counting } from './steps/cash.ts';
import { find, found } from './steps/help-desk.ts';
import { starting } from './steps/starting.ts';
import type { Handler, Ignored, StepTable } from './table.ts';
import { visitTimes } from './timeouts.ts';
import { keepAwake } from './visit.ts';

/** Every screen with its decisions about every event. */
export const stepTables: { readonly [K in StepKind]: StepTable<Extract<Step, { kind: K }>> } = {
  starting,
  attract,
  service,
  number,
  checking,
  'check-failed': checkFailed,
  confirm,
  'no-paper': noPaper,
  cash,
  counting,
  paying,
  result,
  find,
  found,
};

type OtherEvent = Exclude<SessionEvent, Pressed>;

/** What one event does to the visit. */
export function decideSession(terminal: Terminal, event: SessionEvent, context: Context): Decision {
  return event.kind === 'pressed'
    ? decidePress(terminal, event, context)
    : decideByTable(terminal, event, context);
}

/** The one place that joins a screen to its own table; the tables' types keep the pairs right. */
function tableOf(step: Step): StepTable<Step> {
  return stepTables[step.kind] as unknown as StepTable<Step>;
}

function decideByTable(terminal: Terminal, event: OtherEvent, context: Context): Decision {
  const { step } = terminal.session;
  const handler = tableOf(step).on[event.kind] as Handler<Step, OtherEvent> | Ignored;
  return typeof handler === 'function' ? handler(terminal, step, event, context) : decided(terminal);
}

// ---------------------------------------------------------------- presses

function decidePress(terminal: Terminal, press: Pressed, context: Context): Decision {
  const { session } = terminal;
  if (context.now.monoMs - session.sinceMonoMs < visitTimes.pressAfterMs) return decided(terminal);
  if (session.question !== undefined) return answerQuestion(terminal, press);
  return andThen(keepAwake(terminal), (awake) => actOn(awake, press, context));
}

/** While "Still here?" stands nothing else is on the screen. */
function answerQuestion(terminal: Terminal, press: Pressed): Decision {
  if (press.action !== 'continue') return decided(terminal);
  const { till, session } = terminal;
  const reopened = session.step.kind === 'cash' && till.operation !== undefined;
  return keepAwake({ ...terminal, till: reopened ? { ...till, intake: 'open' } : till });
}

function actOn(terminal: Terminal, press: Pressed, context: Context): Decision {
  const { session } = terminal;
  switch (press.action) {
    case 'open-help':
      return withOverlay(terminal, 'help');
    case 'open-languages':
      return withOverlay(terminal, 'language');
    case 'close-overlay':
      return withOverlay(terminal, undefined);
    case 'language':
      return changeSession(terminal, {
        language: languageOf(press.value, context) ?? session.language,
        overlay: undefined,
      });
    case 'easy-mode':
      return changeSession(terminal, { easyMode: !session.easyMode });
    case 'more-time':
      return andThen(changeSession(terminal, { moreTime: true }), keepAwake);
    default: {
      const handler = tableOf(session.step).presses[press.action];
      if (handler === undefined || session.overlay !== undefined) return decided(terminal);
      return handler(terminal, session.step, { value: press.value }, context);
    }
  }
}

function withOverlay(terminal: Terminal, overlay: Overlay | undefined): Decision {
  return changeSession(terminal, { overlay });
}

function changeSession(terminal: Terminal, change: Partial<Session>): Decision {
  return decided({ ...terminal, session: { ...terminal.session, ...change } });
}

function languageOf(value: string | undefined, context: Context): Language | undefined {
  return context.settings.languages.find((language) => language === value);
}
