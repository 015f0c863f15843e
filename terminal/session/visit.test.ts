import { describe, expect, test } from 'vitest';
import { offersOf } from '../screen/offers.ts';
import { type Bench, createBench, insert, toCash, toResult, touch } from '../testing/bench.ts';
import { contextAt } from '../testing/samples.ts';
import { blocked, situations } from '../testing/situations.ts';
import { decideSession } from './decide.ts';
import type { ResultStep, StepKind } from './state.ts';

const minute = 60_000;

function stepOf(bench: Bench): StepKind {
  return bench.terminal.session.step.kind;
}

describe('time-outs', () => {
  const askAfterMs: Partial<Record<StepKind, number>> = {
    service: 30_000,
    number: 70_000,
    'check-failed': 30_000,
    confirm: 60_000,
    'no-paper': 45_000,
    cash: 30_000,
    result: 40_000,
  };

  test.each(Object.keys(askAfterMs) as StepKind[])(
    '%s asks in time, and waits twenty seconds for an answer',
    (step) => {
      const bench = situations[step]();
      const touchedAtMs = bench.nowMs;
      expect(bench.timers.get('idle')).toBe(touchedAtMs + (askAfterMs[step] ?? 0));
      bench.fire('idle');
      expect(bench.terminal.session.question?.endsAtMonoMs).toBe(bench.nowMs + 20_000);
      expect(bench.timers.get('question')).toBe(bench.nowMs + 20_000);
      touch(bench, 'continue');
      expect(stepOf(bench)).toBe(step);
      expect(bench.timers.get('idle')).toBe(bench.nowMs + (askAfterMs[step] ?? 0));
      expect(bench.timers.has('question')).toBe(false);
    },
  );

  test.each(['starting', 'attract', 'checking', 'counting', 'paying'] as const)('%s asks nobody', (step) => {
    expect(situations[step]().timers.has('idle')).toBe(false);
  });

  test('before the first note there is more time, and no nudge', () => {
    const bench = toCash();
    bench.report({ kind: 'note-rejected', reason: 'unreadable' });
    expect(bench.timers.get('idle')).toBe(bench.nowMs + 60_000);
    expect(bench.timers.has('nudge')).toBe(false);
  });

  test('with money in, Pay draws attention after eight quiet seconds, once', () => {
    const bench = toCash();
    insert(bench, 5_000);
    expect(bench.timers.get('nudge')).toBe(bench.nowMs + 8_000);
    bench.fire('nudge');
    expect(bench.terminal.session.step).toMatchObject({ nudged: true });
    expect(bench.timers.has('nudge')).toBe(false);
  });

  test('"more time" doubles them until the visit ends', () => {
    const bench = situations.service();
    touch(bench, 'more-time');
    expect(bench.timers.get('idle')).toBe(bench.nowMs + 60_000);
    bench.fire('idle');
    expect(bench.timers.get('question')).toBe(bench.nowMs + 40_000);
    bench.fire('question');
    expect(bench.terminal.session.moreTime).toBe(false);
  });
});

describe('what lies over a screen', () => {
  test('covers its buttons, which then do nothing', () => {
    const bench = situations.service();
    touch(bench, 'open-help');
    expect(offersOf(bench.terminal, contextAt(bench.nowMs))).toEqual(['close-overlay']);
    const under = { kind: 'pressed', action: 'choose-top-up', value: undefined } as const;
    const { terminal } = decideSession(bench.terminal, under, contextAt(bench.nowMs + 1_000));
    expect(terminal.session.step.kind).toBe('service');
    touch(bench, 'close-overlay');
    touch(bench, 'choose-top-up');
    expect(stepOf(bench)).toBe('number');
  });

  test.each([
    ['ru', 'ru'],
    ['de', 'kk'],
    [undefined, 'kk'],
  ])('choosing the language %s speaks %s', (chosen, spoken) => {
    const bench = situations.service();
    touch(bench, 'open-languages');
    touch(bench, 'language', chosen);
    expect(bench.terminal.session).toMatchObject({ language: spoken, overlay: undefined });
  });
});

describe('the result', () => {
  const result = (bench: Bench): ResultStep => {
    const { step } = bench.terminal.session;
    if (step.kind !== 'result') throw new Error(`the screen is ${step.kind}, not result`);
    return step;
  };
  const settled = (bench: Bench, kind: 'credited' | 'refused', own = true): ResultStep => {
    const operationId = own ? result(bench).operation.operationId : ('another' as never);
    const event = { kind: 'top-up-settled', operationId, outcome: { kind } } as const;
    const { terminal } = decideSession(bench.terminal, event, contextAt(bench.nowMs));
    return terminal.session.step as ResultStep;
  };

  test('turns with the backend’s word on this operation, and not with one on another', () => {
    const bench = toResult();
    expect(settled(bench, 'credited').result).toEqual({ kind: 'credited' });
    expect(settled(bench, 'refused').result).toMatchObject({ kind: 'needs-help' });
    expect(settled(bench, 'credited', false).result).toEqual({ kind: 'accepted', byMs: undefined });
  });

  test('does not turn back from an end', () => {
    const bench = toResult();
    const credited = { ...bench.terminal.session, step: settled(bench, 'credited') };
    expect(settled(createBench({ ...bench.terminal, session: credited }), 'refused').result).toEqual({
      kind: 'credited',
    });
  });

  test('topping up again is no way into a terminal that takes no cash', () => {
    const bench = toResult();
    const closed = createBench(blocked(bench.terminal));
    closed.wait(minute);
    closed.press('top-up-again');
    expect(stepOf(closed)).toBe('attract');
  });
});
