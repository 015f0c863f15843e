import { describe, expect, it } from 'vitest';
import { DialogBench } from './dialog-bench.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

describe('ID-003 line', () => {
  it('finds a looped-back cable by its VERSION, however healthy its IDLING looks', () => {
    const bench = new DialogBench();
    bench.answers.set('VERSION', () => '88');
    bench.feed({ kind: 'link-opened' });
    bench.says('11');
    expect(bench.reports).toEqual([]);
    bench.toNextStatus();
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'looped-back' }]);
    expect(bench.actions()).toEqual([]);
  });

  it('finds one that was put in its place in the middle of work', () => {
    const bench = enabled();
    bench.answers.set('VERSION', () => '88');
    for (let turn = 0; turn < 30 && bench.of('acceptor-lost').length === 0; turn += 1) bench.says('11');
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'looped-back' }]);
  });

  it('believes no IDLING as the end of a note before VERSION has been answered', () => {
    const bench = enabled();
    bench.escrow();
    bench.answers.set('VERSION', () => undefined);
    bench.says('11');
    expect(bench.of('note-returned')).toEqual([]);
    bench.answers.set('VERSION', () => '4B');
    bench.says('11', '11');
    expect(bench.of('note-returned').length).toBe(1);
  });

  it('asks again after COMMUNICATION ERROR and after a frame that is damaged or cut short', () => {
    const bench = enabled();
    bench.says('4A');
    bench.toNextStatus();
    bench.feed({ kind: 'bytes', chunk: Uint8Array.of(0xfc, 0x05, 0x15, 0x03, 0x11) });
    bench.waitMs(50);
    bench.says('11');
    expect(bench.of('note-stacked')).toEqual([]);
    expect(
      bench.logged.filter((event) => event.kind === 'exchange-failed').map((event) => event.why),
    ).toEqual(['communication-error', 'damaged']);
  });

  it('drops an ENQ and any credit event that nobody asked for', () => {
    const bench = enabled();
    bench.says('11');
    bench.reply('05');
    bench.reply('15');
    bench.says('11');
    expect(bench.reports).toEqual([]);
  });

  it('sends no RESET to a silent unit for a minute, in which it may have a credit to tell', () => {
    const bench = enabled();
    bench.saysFor(55_000, '-');
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'no-answer' }]);
    expect(bench.actions()).toEqual([]);
    bench.saysFor(15_000, '-');
    expect(bench.actions()).toContain('RESET');
  });

  it('frees a unit that has gone deaf over a credit that the host already has', () => {
    const bench = enabled();
    bench.stacking();
    bench.says('15');
    bench.forget();
    bench.saysFor(12_000, '-');
    expect(bench.actions()).toContain('RESET');
  });

  it('says RESET again soon to a unit that could not read the first one after its silence', () => {
    const bench = enabled();
    bench.stacking();
    bench.says('15');
    bench.forget();
    const saidMs: number[] = [];
    bench.answers.set('RESET', () => {
      saidMs.push(bench.nowMonoMs);
      return saidMs.length === 1 ? '4A' : '50';
    });
    bench.saysFor(12_000, '-');
    const [first = 0, second = 0] = saidMs;
    // A host counts as silent after three seconds (§4).
    expect(second - first).toBeLessThan(3_000);
    expect(bench.reopened).toBe(0);
  });
});
