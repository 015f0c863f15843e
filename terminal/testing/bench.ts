import { decide } from '../core/decide.ts';
import type { CoreTimer, Decision, Effect } from '../core/decision.ts';
import type { TerminalEvent } from '../core/event.ts';
import type { Terminal } from '../core/terminal.ts';
import type { DeliveryTimer } from '../delivery/event.ts';
import type { AcceptorReport } from '../devices.ts';
import type { Fact } from '../facts.ts';
import { offersOf } from '../screen/offers.ts';
import type { StaffAction, StaffPressed } from '../service-mode/event.ts';
import type { Action, Pressed } from '../session/event.ts';
import { visitTimes } from '../session/timeouts.ts';
import type { CheckAnswer } from '../wallet/messages.ts';
import { contextAt, creditId, escrowId, holderMasked, readyTerminal, tenge, wallet } from './samples.ts';

/*
 * The whole core as a hand-driven machine: events go in one by one, and what it would have stored and done is kept. No
 * loop, no store, no devices; time passes when told to.
 */

export interface Bench {
  readonly terminal: Terminal;
  readonly nowMs: number;
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
  /** Timers that would be running, with the moment they fire. */
  readonly timers: ReadonlyMap<CoreTimer | DeliveryTimer, number>;
  apply(event: TerminalEvent): Decision;
  report(report: AcceptorReport): Decision;
  /** A press as the gate would let it through: only of what is offered. */
  press(action: Action | StaffAction, value?: string): Decision;
  wait(durationMs: number): void;
  fire(timer: CoreTimer | DeliveryTimer): Decision;
  answerCheck(answer: CheckAnswer): Decision;
}

/** `done`: what was done before the bench takes over, for the timers that are running since. */
export function createBench(start: Terminal = readyTerminal(), done: readonly Effect[] = []): Bench {
  let terminal = start;
  let nowMs = 10_000;
  const facts: Fact[] = [];
  const effects: Effect[] = [];
  const timers = new Map<CoreTimer | DeliveryTimer, number>();

  const carryOut = (effect: Effect): void => {
    effects.push(effect);
    if (effect.kind === 'start-timer') timers.set(effect.timer, nowMs + effect.delayMs);
    if (effect.kind === 'cancel-timer') timers.delete(effect.timer);
  };
  done.forEach(carryOut);

  const apply = (event: TerminalEvent): Decision => {
    const decision = decide(terminal, event, contextAt(nowMs));
    terminal = decision.terminal;
    facts.push(...decision.facts);
    decision.effects.forEach(carryOut);
    return decision;
  };

  return {
    get terminal() {
      return terminal;
    },
    get nowMs() {
      return nowMs;
    },
    facts,
    effects,
    timers,
    apply,
    report: (report) => apply({ kind: 'acceptor-reported', report }),
    press(action, value) {
      const offered = offersOf(terminal, contextAt(nowMs));
      if (!offered.includes(action)) throw new Error(`no button ${action} on ${terminal.session.step.kind}`);
      return apply({ kind: 'pressed', action, value } as Pressed | StaffPressed);
    },
    wait: (durationMs) => {
      nowMs += durationMs;
    },
    fire(timer) {
      const dueMs = timers.get(timer);
      if (dueMs === undefined) throw new Error(`the timer ${timer} is not running`);
      nowMs = Math.max(nowMs, dueMs);
      timers.delete(timer);
      return apply({ kind: 'timer-fired', timer });
    },
    answerCheck(answer) {
      const asked = effects.findLast((effect) => effect.kind === 'check-wallet');
      if (asked === undefined) throw new Error('no wallet has been asked about');
      return apply({ kind: 'wallet-checked', requestId: asked.requestId, answer });
    },
  };
}

/** The backend knows the wallet, by name, with room enough. */
export const openAnswer: CheckAnswer = {
  kind: 'open',
  wallet,
  holderName: holderMasked,
  allowanceMinor: tenge(50_000),
  currency: 'KZT',
  hold: { holdId: 'hold-1', untilMs: Date.UTC(2027, 0, 1) },
};

/** A press once the screen takes presses. */
export function touch(bench: Bench, action: Action | StaffAction, value?: string): Decision {
  bench.wait(visitTimes.pressAfterMs);
  return bench.press(action, value);
}

export function typeNumber(bench: Bench, nationalDigits = '7010000001'): void {
  for (const digit of nationalDigits) touch(bench, 'digit', digit);
  touch(bench, 'next');
}

export function toConfirm(bench: Bench = createBench()): Bench {
  touch(bench, 'start', 'kk');
  touch(bench, 'choose-top-up');
  typeNumber(bench);
  bench.answerCheck(openAnswer);
  return bench;
}

export function toCash(bench: Bench = createBench()): Bench {
  toConfirm(bench);
  touch(bench, 'confirm');
  bench.report({ kind: 'acceptor-enabled' });
  return bench;
}

let notesMade = 0;

/** A note as far as escrow; the returned number names its escrow and its credit. */
export function escrow(bench: Bench, value: number): number {
  notesMade += 1;
  bench.report({ kind: 'note-accepting' });
  bench.report({
    kind: 'note-escrowed',
    escrowId: escrowId(notesMade),
    denomination: { valueMinor: tenge(value), currency: 'KZT' },
  });
  return notesMade;
}

/** A note from the mouth into the cassette. */
export function insert(bench: Bench, value: number): void {
  const serial = escrow(bench, value);
  bench.report({ kind: 'note-stacking' });
  bench.report({
    kind: 'note-stacked',
    creditId: creditId(serial),
    escrowId: escrowId(serial),
    denomination: { valueMinor: tenge(value), currency: 'KZT' },
  });
  bench.report({ kind: 'credit-released', creditId: creditId(serial) });
}

/** Money is in, Pay has been pressed, and the answer is awaited. */
export function toPaying(bench: Bench = createBench()): Bench {
  toCash(bench);
  insert(bench, 5_000);
  touch(bench, 'pay');
  return bench;
}

/** The backend has kept silent for too long: recorded and on its way. */
export function toResult(bench: Bench = createBench()): Bench {
  toPaying(bench);
  bench.fire('payment');
  return bench;
}
