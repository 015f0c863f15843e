import { describe, expect, it } from 'vitest';
import { DialogBench } from './dialog-bench.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

function started(...statuses: readonly string[]): DialogBench {
  const bench = new DialogBench();
  bench.open(...statuses);
  return bench;
}

const settings = ['C0 FF FF', 'C1 00 00', 'C4 00', 'C5 02 00', 'C2 00'];

describe('ID-003 recovery (§8)', () => {
  const rest = ['1A', '1A', '1A', '1A', '1A', '1A', '1A', '1A'];

  it.each([['13 64'], ['19']])('no record, %s at a start: returned, never announced', (status) => {
    const bench = started(status, '18', '11', ...rest);
    expect(bench.actions()[0]).toBe('RETURN');
    expect(bench.of('note-escrowed')).toEqual([]);
    expect(bench.of('note-returned')).toMatchObject([{ escrowId: undefined, reason: 'escrow-stale' }]);
  });

  it('no record, 15 at a start: told without value, acknowledged when stored, and no RESET meanwhile', () => {
    const bench = started('15', '15', '15');
    expect(bench.of('note-stacked')).toEqual([
      {
        kind: 'note-stacked',
        creditId: 'run-c1',
        escrowId: undefined,
        denomination: undefined,
        isRecovery: true,
      },
    ]);
    expect(bench.actions()).toEqual([]);
    bench.confirm();
    bench.says('15', '16', '1A');
    expect(bench.actions()).toContain('ACK');
    expect(bench.actions()).not.toContain('RESET');
  });

  it('intended, 42: RESET, the settings with power recovery, and the 15 behind them is its credit', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.forget();
    bench.says('42', '1B', '1B', '1B', '1B', '1B', '1B', '14', '15', '15');
    expect(bench.actions()).toEqual(['CURRENCY', 'RESET', ...settings, 'C3 01']);
    expect(bench.of('note-stacked')).toMatchObject([{ escrowId, denomination: { valueMinor: 100_000 } }]);
    bench.confirm();
    bench.says('15', '16', '1A', '1A');
    expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'nothing' }]);
  });

  it('intended, 42 and no 15 for 30 s at rest: in doubt', () => {
    const bench = enabled();
    bench.stacking();
    bench.forget();
    bench.says('42', '1B', '1B', '1B', '1B', '1B', '1B', ...rest);
    bench.saysFor(28_000, '1A');
    expect(bench.of('acceptor-recovered')).toEqual([]);
    bench.saysFor(3_000, '1A');
    expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'stacker' }]);
  });

  it('intended, 41: RESET, and the note that goes out is its return', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.says('41', '18', '18', '1B', '1B', '1B', '1B', '1B', '1B', ...rest);
    expect(bench.of('note-returned')).toMatchObject([{ escrowId }]);
    expect(bench.of('note-stacked')).toEqual([]);
  });

  it.each([['40'], ['1B']])('intended, %s: in doubt', (status) => {
    const bench = enabled();
    bench.stacking();
    bench.says(status, '1B', '1B', '1B', '1B', '1B', '1B', ...rest);
    bench.saysFor(2_500, '1A');
    expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'stacker' }]);
  });

  it.each([['43'], ['44'], ['45'], ['46'], ['49 A2']])(
    'intended, %s: 15 after service is its credit',
    (status) => {
      const bench = enabled();
      const { escrowId } = bench.stacking();
      bench.says('14', status, status);
      expect(bench.actions()).not.toContain('RESET');
      bench.feed({ kind: 'reset' });
      bench.says(status, '1B', '1B', '1B', '1B', '1B', '1B', '15');
      expect(bench.of('note-stacked')).toMatchObject([{ escrowId }]);
    },
  );

  it('a doubtful note is proven by a 15 before the next escrow, and not after it', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.says('14', '11', '15');
    expect(bench.of('note-stacked')).toMatchObject([{ escrowId }]);
  });
});
