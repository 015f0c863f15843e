import { describe, expect, test } from 'vitest';
import { type Screen, type ScreenView, viewSchema } from '../contract/messages.ts';
import type { StepKind } from '../session/state.ts';
import {
  type Bench,
  createBench,
  escrow,
  insert,
  toCash,
  toConfirm,
  toResult,
  touch,
} from '../testing/bench.ts';
import { contextAt, escrowId, tenge, wallet } from '../testing/samples.ts';
import { blocked, situations } from '../testing/situations.ts';
import { viewOf } from './view-of.ts';

function see(bench: Bench, laterMs = 0): ScreenView {
  return viewOf(bench.terminal, contextAt(bench.nowMs + laterMs));
}

function screen<K extends Screen['kind']>(bench: Bench, kind: K): Extract<Screen, { kind: K }> {
  const { screen: shown } = see(bench);
  if (shown.kind !== kind) throw new Error(`the screen is ${shown.kind}, not ${kind}`);
  return shown as Extract<Screen, { kind: K }>;
}

const steps = Object.keys(situations) as StepKind[];
const nationalDigits = wallet.slice(2);

describe('privacy', () => {
  test.each(steps)('%s shows the whole number only where it is typed or confirmed', (step) => {
    const text = JSON.stringify(see(situations[step]()));
    const mayShow = step === 'confirm';
    expect(text.includes(nationalDigits)).toBe(mayShow);
  });

  test('after the visit nothing of it is left, on the screen or in the session', () => {
    const fresh = see(createBench());
    const bench = toResult();
    touch(bench, 'done');
    const { offers, ...after } = see(bench);
    const { offers: freshOffers, ...before } = fresh;
    expect(after).toEqual(before);
    expect(offers.map((offer) => offer.action)).toEqual(freshOffers.map((offer) => offer.action));
    const { guard, ...session } = bench.terminal.session;
    expect(JSON.stringify(session)).not.toContain(nationalDigits);
    expect(guard.checkedWallets).toHaveLength(1);
  });

  test('"top up again" opens an empty number in the same language', () => {
    const bench = toResult();
    touch(bench, 'open-languages');
    touch(bench, 'language', 'ru');
    touch(bench, 'top-up-again');
    const shown = see(bench);
    expect(shown.screen).toMatchObject({ kind: 'number', digits: '', again: false });
    expect(shown.frame.language).toBe('ru');
    const { guard, ...session } = bench.terminal.session;
    expect(guard).toBeDefined();
    expect(JSON.stringify(session)).not.toContain(nationalDigits);
  });

  test('no button of the last screen lives on', () => {
    const bench = situations.service();
    const old = see(bench).offers.map((offer) => offer.offerId);
    touch(bench, 'back');
    touch(bench, 'start', 'kk');
    expect(see(bench).offers.filter((offer) => old.includes(offer.offerId))).toEqual([]);
  });
});

describe('every view is in the contract', () => {
  test.each(steps)('%s', (step) => {
    expect(viewSchema.safeParse(see(situations[step]())).error).toBeUndefined();
  });

  test.each(steps)('%s with a question, an overlay and trouble', (step) => {
    const bench = situations[step]();
    for (const overlay of ['help', 'language'] as const) {
      const session = {
        ...bench.terminal.session,
        overlay,
        question: { silence: 'pays' as const, endsAtMonoMs: 0 },
      };
      const view = viewOf(blocked({ ...bench.terminal, session }), contextAt(bench.nowMs));
      expect(viewSchema.safeParse(view).error).toBeUndefined();
      expect(view.question).toEqual({ silence: 'pays', endsInMs: 0 });
    }
  });
});

describe('the cash screen', () => {
  test('strikes out the notes that no longer fit', () => {
    const bench = toCash();
    for (const value of [20_000, 20_000]) insert(bench, value);
    const shown = screen(bench, 'cash');
    expect(shown.insertedMinor).toBe(tenge(40_000));
    expect(shown.roomMinor).toBe(tenge(10_000));
    expect(shown.countedMinor).toEqual([tenge(20_000), tenge(20_000)]);
    expect(shown.denominations.filter((note) => !note.fits)).toEqual([
      { valueMinor: tenge(20_000), fits: false },
    ]);
  });

  test('counts no note before its credit event, but gives its room away', () => {
    const bench = toCash();
    escrow(bench, 5_000);
    expect(screen(bench, 'cash')).toMatchObject({
      insertedMinor: 0,
      roomMinor: tenge(45_000),
      note: 'reading',
      isAcceptorOpen: false,
    });
  });

  test('says why a note comes back, and that it lies in the mouth', () => {
    const bench = toCash();
    const serial = escrow(bench, 200);
    expect(screen(bench, 'cash')).toMatchObject({ comingBack: 'kind-not-accepted', comingBackCount: 1 });
    bench.report({ kind: 'note-returning', reason: 'host' });
    expect(screen(bench, 'cash').note).not.toBe('none');
    bench.report({ kind: 'note-returned', escrowId: escrowId(serial), reason: 'host' });
    expect(screen(bench, 'cash')).toMatchObject({ note: 'none', comingBack: 'kind-not-accepted' });
    insert(bench, 5_000);
    expect(screen(bench, 'cash').comingBack).toBeUndefined();
  });

  test('offers cancel while nothing is in, Pay once something is, and never both', () => {
    const bench = toCash();
    const actions = (): readonly string[] => see(bench).offers.map((offer) => offer.action);
    expect(actions()).toContain('cancel');
    expect(actions()).not.toContain('pay');
    const serial = escrow(bench, 5_000);
    expect(actions()).not.toContain('cancel');
    expect(actions()).not.toContain('pay');
    bench.report({ kind: 'note-returned', escrowId: escrowId(serial), reason: 'device' });
    expect(actions()).toContain('cancel');
    insert(bench, 5_000);
    expect(actions()).toContain('pay');
    expect(actions()).not.toContain('cancel');
  });

  test('says why no note is taken', () => {
    const bench = toCash();
    insert(bench, 5_000);
    bench.report({ kind: 'acceptor-lost', fault: 'no-answer', detail: '' });
    expect(screen(bench, 'cash')).toMatchObject({ stopped: 'acceptor-absent', insertedMinor: tenge(5_000) });
  });
});

describe('the other screens', () => {
  test('the idle screen says where money may not go yet, and then offers no start', () => {
    const bench = createBench(blocked(createBench().terminal));
    expect(screen(bench, 'out-of-service').reason).toBe('acceptor-absent');
    expect(see(bench).offers.map((offer) => offer.action)).not.toContain('start');
  });

  test('confirming shows only notes that fit the limit', () => {
    const { denominations, limitMinor } = screen(toConfirm(), 'confirm');
    expect(limitMinor).toBe(tenge(50_000));
    expect(denominations).not.toContain(tenge(200));
    expect(denominations.every((valueMinor) => valueMinor <= limitMinor)).toBe(true);
  });

  test('a promise whose time has passed turns late, and not before', () => {
    const bench = situations.paying();
    const { step } = bench.terminal.session;
    if (step.kind !== 'paying') throw new Error('not paying');
    const result = { kind: 'accepted', byMs: step.operation.closedAtMs + 60_000 } as const;
    const shown: Bench = createBench({
      ...bench.terminal,
      session: {
        ...bench.terminal.session,
        step: { kind: 'result', operation: step.operation, result, print: { kind: 'none' } },
      },
    });
    const lateAfter = (ms: number): boolean => {
      const { screen: at } = viewOf(shown.terminal, {
        ...contextAt(0),
        now: { monoMs: 0, wallMs: step.operation.closedAtMs + ms },
      });
      return at.kind === 'result' && at.result.kind === 'accepted' && at.result.late;
    };
    expect([lateAfter(60_000), lateAfter(60_001)]).toEqual([false, true]);
  });

  test('the result names the operation, never the wallet in full', () => {
    const shown = screen(toResult(), 'result');
    expect(shown.walletMasked).toBe('+7\u00a0701\u00a0•••\u00a0••\u00a001');
    expect(shown.qr).toBe(`QYZYL:10027344:${shown.operationNumber}`);
    expect(shown.result).toEqual({ kind: 'accepted', late: false });
    expect(shown.notes).toEqual([{ state: 'stacked', valueMinor: tenge(5_000) }]);
  });
});
