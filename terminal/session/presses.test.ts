import { describe, expect, test } from 'vitest';
import { contractLimits, type Screen, viewSchema } from '../contract/messages.ts';
import { admit, closedGate } from '../contract/press-gate.ts';
import type { Decision } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { offersOf } from '../screen/offers.ts';
import { viewOf } from '../screen/view-of.ts';
import { isStaffAction } from '../service-mode/event.ts';
import { type Bench, escrow, insert, toCash, toConfirm, touch } from '../testing/bench.ts';
import { contextAt } from '../testing/samples.ts';
import { situations } from '../testing/situations.ts';
import { variants } from '../testing/variants.ts';
import { decideSession, stepTables } from './decide.ts';
import type { Action } from './event.ts';
import type { StepKind } from './state.ts';
import { visitTimes } from './timeouts.ts';

/* What a finger may do on every screen; a button that is not named here does nothing. */

const ends = '→ attract';
const opens = '→ cash; stores operation-opened';

const expected: Record<StepKind, Partial<Record<Action, string>>> = {
  starting: {},
  attract: { start: '→ service', 'check-payment': '→ find' },
  service: { 'choose-top-up': '→ number', back: ends },
  number: {
    digit: 'says digits',
    'delete-digit': 'says digits',
    clear: 'says digits',
    next: 'says fault',
    back: '→ service',
  },
  checking: { cancel: ends },
  'check-failed': { retry: '→ checking; does check-wallet', 'change-number': '→ number', cancel: ends },
  confirm: { confirm: opens, 'change-number': '→ number', cancel: ends },
  'no-paper': { 'without-paper': opens, cancel: ends },
  cash: { target: 'says targetMinor', pay: '→ paying; stores operation-closed', cancel: 'nothing' },
  counting: {},
  paying: {},
  result: { done: ends, 'top-up-again': '→ number' },
  /** The ledger is being asked: nothing else goes on. */
  find: {
    'delete-digit': 'says digits',
    clear: 'says digits',
    next: 'nothing',
    'other-way': '→ find',
    back: ends,
  },
  /** A copy is on its way already. */
  found: { 'print-copy': 'nothing', done: ends },
};

const steps = Object.keys(expected) as StepKind[];

/** On every screen that a visitor stands before; they open, close and change what lies around the screen. */
const ofTheFrame: Partial<Record<Action, string>> = {
  'open-help': 'frame: overlay',
  'open-languages': 'frame: overlay',
  'close-overlay': 'nothing',
  language: 'frame: language',
  'easy-mode': 'frame: easyMode',
  'more-time': 'frame: moreTime',
  continue: 'nothing',
};

const everyAction: readonly Action[] = [
  ...['start', 'choose-top-up', 'digit', 'delete-digit', 'clear', 'next', 'back', 'retry', 'change-number'],
  ...['confirm', 'without-paper', 'target', 'pay', 'cancel', 'continue', 'done', 'top-up-again'],
  ...['check-payment', 'other-way', 'day', 'print-copy'],
  ...['open-help', 'open-languages', 'close-overlay', 'language', 'easy-mode', 'more-time'],
] as const;

const choiceOf: Partial<Record<Action, string>> = {
  digit: '7',
  target: '1000000',
  language: 'ru',
  start: 'kk',
};

function press(terminal: Terminal, action: Action, monoMs: number): Decision {
  return decideSession(terminal, { kind: 'pressed', action, value: choiceOf[action] }, contextAt(monoMs));
}

function changed(before: object, now: object): readonly string[] {
  return Object.entries(now)
    .filter(([key, value]) => (before as Record<string, unknown>)[key] !== value)
    .map(([key]) => key);
}

function told(before: Terminal, decision: Decision): string {
  const { session } = decision.terminal;
  if (session.generation !== before.session.generation) {
    const stored = decision.facts.map((fact) => fact.kind);
    const done = decision.effects.map((effect) => effect.kind).filter((kind) => !kind.endsWith('-timer'));
    return [
      `→ ${session.step.kind}`,
      ...(stored.length === 0 ? [] : [`stores ${stored.join(', ')}`]),
      ...(done.length === 0 ? [] : [`does ${done.join(', ')}`]),
    ].join('; ');
  }
  const said = changed(before.session.step, session.step);
  if (said.length > 0) return `says ${said.join(', ')}`;
  const frame = changed(before.session, session);
  return frame.length > 0 ? `frame: ${frame.join(', ')}` : 'nothing';
}

describe.each(steps)('on the screen %s', (step) => {
  test.each(everyAction)('pressing %s', (action) => {
    const { terminal, nowMs } = situations[step]();
    const answer = told(terminal, press(terminal, action, nowMs + visitTimes.pressAfterMs));
    expect(answer).toBe(expected[step][action] ?? ofTheFrame[action] ?? 'nothing');
  });

  test('takes no press in its first moments', () => {
    const { terminal } = situations[step]();
    const since = terminal.session.sinceMonoMs;
    for (const action of everyAction) {
      const early = press(terminal, action, since + visitTimes.pressAfterMs - 1);
      expect([action, told(terminal, early), early.effects]).toEqual([action, 'nothing', []]);
    }
  });
});

describe('offers and handlers are the same set', () => {
  const standing = variants.map((variant) => variant());

  test('whatever is offered has a handler', () => {
    for (const { terminal, nowMs } of standing) {
      for (const action of offersOf(terminal, contextAt(nowMs))) {
        const { step } = terminal.session;
        if (isStaffAction(action)) continue;
        const isHandled = action in ofTheFrame || stepTables[step.kind].presses[action] !== undefined;
        expect(isHandled, `${action} on ${step.kind}`).toBe(true);
      }
    }
  });

  test('whatever has a handler is offered somewhere on its screen', () => {
    const offered = new Set(
      standing.flatMap(({ terminal, nowMs }) =>
        offersOf(terminal, contextAt(nowMs)).map((action) => `${action} on ${terminal.session.step.kind}`),
      ),
    );
    const handled = steps.flatMap((step) =>
      Object.keys(stepTables[step].presses).map((action) => `${action} on ${step}`),
    );
    expect(handled.filter((button) => !offered.has(button))).toEqual([]);
    for (const action of Object.keys(ofTheFrame)) {
      expect(
        [...offered].some((button) => button.startsWith(`${action} on `)),
        action,
      ).toBe(true);
    }
  });

  test('every kind of screen can be seen', () => {
    const shown = new Set<string>(
      standing.map(({ terminal, nowMs }) => viewOf(terminal, contextAt(nowMs)).screen.kind),
    );
    const kinds = viewSchema.shape.screen.def.options.flatMap((option) => option.shape.kind.def.values);
    expect(kinds.filter((kind: Screen['kind']) => !shown.has(kind))).toEqual([]);
  });
});

describe('while "Still here?" stands', () => {
  const asked = (): Bench => {
    const bench = toCash();
    insert(bench, 5_000);
    bench.fire('idle');
    return bench;
  };

  test('nothing else is offered or heard', () => {
    const { terminal, nowMs } = asked();
    expect(offersOf(terminal, contextAt(nowMs))).toEqual(['continue']);
    for (const action of everyAction) {
      if (action === 'continue') continue;
      expect(told(terminal, press(terminal, action, nowMs + 1_000)), action).toBe('nothing');
    }
  });

  test('no note is welcome; continuing opens the acceptor again', () => {
    const bench = asked();
    expect(bench.terminal.till.intake).toBe('closed');
    touch(bench, 'continue');
    expect(bench.terminal.session.question).toBeUndefined();
    expect(bench.terminal.till.intake).toBe('open');
  });

  test('a note pushed in under it goes back, and the question is asked anew', () => {
    const bench = asked();
    escrow(bench, 2_000);
    expect(bench.effects.at(-1)?.kind).not.toBe('stack');
    expect(bench.timers.has('question')).toBe(false);
    bench.report({ kind: 'note-returned', escrowId: undefined, reason: 'host' });
    expect(bench.terminal.session.question?.silence).toBe('pays');
    expect(bench.timers.has('question')).toBe(true);
    bench.fire('question');
    expect(bench.terminal.session.step.kind).toBe('paying');
  });

  test('silence with nothing inserted cancels', () => {
    const bench = toCash();
    bench.fire('idle');
    const { facts } = bench.fire('question');
    expect(facts).toMatchObject([{ kind: 'operation-cancelled', why: 'idle' }]);
    expect(bench.terminal.session.step.kind).toBe('attract');
  });
});

describe('the gate before the presses', () => {
  const offers = (bench: Bench) => viewOf(bench.terminal, contextAt(bench.nowMs)).offers;
  const text = (pressId: string, offerId: string): string =>
    JSON.stringify({ kind: 'press', pressId, offerId });
  const offerOf = (bench: Bench, action: Action): string =>
    offers(bench).find((offer) => offer.action === action)?.offerId ?? 'none';

  test('a press of a screen that has gone is no press of the one that came', () => {
    const bench = toConfirm();
    const withdrawn = offerOf(bench, 'cancel');
    touch(bench, 'change-number');
    bench.wait(1_000);
    expect(admit(closedGate, text('p', withdrawn), offers(bench), bench.nowMs).answer).toEqual({
      kind: 'refused',
      why: 'not-offered',
    });
  });

  test('one touch told twice counts once, even when the button is there again', () => {
    const bench = situations.number();
    const digit = text('p', offerOf(bench, 'digit'));
    const first = admit(closedGate, digit, offers(bench), 0);
    const second = admit(first.gate, digit, offers(bench), 100);
    expect(first.answer.kind).toBe('pressed');
    expect(second.answer).toEqual({ kind: 'refused', why: 'told-twice' });
  });

  test('no finger is faster than the gate; a second later it is heard again', () => {
    const bench = situations.number();
    let gate = closedGate;
    const answers = Array.from({ length: contractLimits.pressesPerSecondMax + 1 }, (_, index) => {
      const admitted = admit(gate, text(`p${index}`, offerOf(bench, 'digit')), offers(bench), 500 + index);
      gate = admitted.gate;
      return admitted.answer;
    });
    expect(answers.slice(0, -1).every((answer) => answer.kind === 'pressed')).toBe(true);
    expect(answers.at(-1)).toEqual({ kind: 'refused', why: 'too-fast' });
    expect(admit(gate, text('later', offerOf(bench, 'digit')), offers(bench), 1_500).answer.kind).toBe(
      'pressed',
    );
  });
});
