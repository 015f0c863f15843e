import { describe, expect, it } from 'vitest';
import { parseHex } from '../../link/tap.ts';
import { DialogBench } from './dialog-bench.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

describe('CCNET credit', () => {
  function stacked(): DialogBench {
    const bench = enabled();
    bench.stacking();
    bench.polls('17', '81 02');
    bench.sent = [];
    return bench;
  }

  it('is acknowledged at once when it is confirmed within 100 ms', () => {
    const bench = stacked();
    bench.waitMs(90);
    expect(bench.sent).toEqual([]);
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    expect(bench.sent).toEqual(['ACK']);
  });

  it('is left unacknowledged while nobody confirms, and told again with the same id', () => {
    const bench = stacked();
    bench.pollsFor(5_000, '81 02');
    expect(bench.sent).not.toContain('ACK');
    const told = bench.reportsOf('note-stacked');
    expect(told.length).toBeGreaterThan(3);
    expect(new Set(told.map((one) => one.creditId))).toEqual(new Set(['run-c2']));
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.polls('81 02', '14');
    expect(bench.sent).toContain('ACK');
    expect(bench.reports.at(-1)).toEqual({ kind: 'credit-released', creditId: 'run-c2' });
  });

  it('is acknowledged again when the device repeats it, until it does not', () => {
    const bench = stacked();
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.polls('81 02', '81 02', '1B 02', '81 02');
    expect(bench.reportsOf('note-stacked').length).toBe(1);
    expect(bench.reportsOf('credit-released')).toEqual([]);
    bench.polls('14');
    expect(bench.reportsOf('credit-released').length).toBe(1);
  });

  it('of a second note of the same kind is another one, confirmed or not', () => {
    const bench = stacked();
    bench.polls('14');
    bench.forget();
    const { escrowId } = bench.stacking();
    bench.polls('17', '81 02');
    expect(bench.reports).toMatchObject([
      { kind: 'note-stacking' },
      { kind: 'credit-released', creditId: 'run-c2' },
      { kind: 'note-stacked', creditId: 'run-c4', escrowId },
    ]);
  });

  it('told again while a note of the same kind, not let in, lies in escrow is no word about that note', () => {
    const bench = stacked();
    bench.polls('14', '80 02');
    const lying = bench.reportsOf('note-escrowed').at(-1)?.escrowId;
    bench.polls('81 02');
    const told = bench.reportsOf('note-stacked');
    expect(new Set(told.map((one) => one.creditId))).toEqual(new Set(['run-c2']));
    expect(told.map((one) => one.escrowId)).not.toContain(lying);
  });

  it('is not confirmed by the word for another one', () => {
    const bench = stacked();
    bench.feed({ kind: 'confirm', creditId: 'run-c1' as never });
    bench.polls('81 02', '81 02');
    expect(bench.sent).not.toContain('ACK');
  });

  it('is safe with a device that says 81 only once', () => {
    const bench = stacked();
    bench.polls('14', '14');
    expect(bench.reportsOf('credit-released')).toEqual([]);
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    expect(bench.reports.at(-1)).toEqual({ kind: 'credit-released', creditId: 'run-c2' });
  });

  it('is not lost when its poll is answered late', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.polls('17', '-');
    bench.waitMs(300);
    expect(bench.state.line.kind).toBe('free');
    bench.reply(parseHex('81 02'));
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId }]);
  });

  it('that came late and is said again by the next poll is one credit', () => {
    const bench = enabled();
    bench.stacking();
    bench.polls('17', '-');
    bench.waitMs(300);
    bench.reply(parseHex('81 02'));
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.polls('81 02', '14');
    expect(bench.reportsOf('note-stacked').map((told) => told.creditId)).toEqual(['run-c2']);
    expect(bench.reportsOf('credit-released').length).toBe(1);
  });

  it('is not lost when the device repeats a damaged answer at once', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.polls('17');
    bench.toNextPoll();
    bench.reply({ raw: parseHex('02 03 07 81 02') });
    bench.waitMs(50);
    bench.reply(parseHex('81 02'));
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId }]);
  });

  it('is no credit when nobody asked', () => {
    const bench = enabled();
    bench.polls('14');
    bench.reply(parseHex('81 02'));
    bench.polls('14');
    expect(bench.reports).toEqual([]);
  });

  it('is no credit with a bad checksum, from another address, or cut short', () => {
    const bench = enabled();
    bench.toNextPoll();
    for (const raw of ['02 03 07 81 02 46 08', '02 01 07 81 02 55 CB', '02 03 06 81 42 0A']) {
      bench.reply({ raw: parseHex(raw) });
    }
    expect(bench.reports).toEqual([]);
  });
});
