import { describe, expect, it } from 'vitest';
import { DialogBench } from './dialog-bench.ts';

/* CCNET §8, the table of open records, row by row: as far as the driver is concerned. */

function started(...polls: readonly string[]): DialogBench {
  const bench = new DialogBench();
  bench.feed({ kind: 'link-opened' });
  bench.polls(...polls);
  return bench;
}

describe('CCNET recovery, an open record of the same process', () => {
  it('81 of the same type: that very note, once', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId, denomination } = bench.stacking();
    bench.polls('17', '17', '81 02');
    const told = { kind: 'note-stacked', creditId: 'run-c2', escrowId, denomination };
    expect(bench.reportsOf('note-stacked')).toEqual([told]);
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.polls('81 02', '81 02', '14', '14');
    expect(bench.reportsOf('note-stacked')).toEqual([told]);
    expect(bench.reportsOf('credit-released').length).toBe(1);
  });

  it('81 of another type: no record fits, and the open one gets no proof', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.stacking();
    bench.polls('17', '81 05');
    expect(bench.reportsOf('note-stacked')).toMatchObject([
      { escrowId: undefined, denomination: { valueMinor: 1_000_000 } },
    ]);
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.polls('81 05');
    bench.pollsFor(3_000, '14');
    bench.pollsFor(3_000, '19');
    expect(bench.reportsOf('note-returned')).toEqual([]);
    expect(bench.reportsOf('acceptor-recovered')).toEqual([
      { kind: 'acceptor-recovered', leftInPath: 'stacker' },
    ]);
  });

  it('intended, 80 again within two seconds: STACK again; after them RETURN', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.stacking();
    bench.polls('80 02', '80 02');
    expect(bench.actions().every((name) => name === 'STACK')).toBe(true);
    expect(bench.actions().length).toBeGreaterThan(1);
    bench.pollsFor(2_000, '80 02');
    const actions = bench.actions();
    expect(actions.at(-1)).toBe('RETURN');
    expect(actions.indexOf('RETURN')).toBeGreaterThan(actions.lastIndexOf('STACK'));
    bench.polls('18', '82 02', '14');
    expect(bench.reportsOf('note-returned')).toEqual([
      { kind: 'note-returned', escrowId, reason: 'escrow-stale' },
    ]);
  });

  it('escrowed, the link breaks, 80 again: RETURN, with the id it had', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.escrow();
    bench.feed({ kind: 'link-closed', reason: 'unplugged' });
    bench.feed({ kind: 'stack', escrowId });
    bench.feed({ kind: 'link-opened' });
    bench.polls('80 02', '18', '82 02', '14');
    expect(bench.sent).not.toContain('STACK');
    expect(bench.actions()).toContain('RETURN');
    expect(bench.reportsOf('note-returned')).toMatchObject([{ escrowId, reason: 'escrow-stale' }]);
  });

  it('intended, the link breaks, 17 then 81: the same note', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId, denomination } = bench.stacking();
    bench.feed({ kind: 'link-closed', reason: 'unplugged' });
    bench.feed({ kind: 'link-opened' });
    bench.polls('17', '81 02');
    expect(bench.actions()).toEqual(['STACK']);
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId, denomination }]);
  });

  it('three seconds of silence, then 80: RETURN, though the lease is live', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.polls(...Array<string>(12).fill('-'));
    bench.polls('80 03', '80 03');
    expect(bench.reportsOf('acceptor-lost')).toEqual([]);
    expect(bench.reportsOf('note-escrowed')).toEqual([]);
    expect(bench.actions()).toContain('RETURN');
  });

  it.each([['82 02'], ['18']])('intended, %s: returned', (poll) => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.stacking();
    bench.polls(poll, '14');
    expect(bench.reportsOf('note-returned')).toEqual([{ kind: 'note-returned', escrowId, reason: 'device' }]);
  });

  it('intended, 12: no credit yet; RESET, 13, then 81 credits once', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.stacking();
    bench.polls('17', '-', '12');
    expect(bench.reportsOf('note-stacked')).toEqual([]);
    bench.polls('13', '13');
    expect(bench.actions()).toContain('RESET');
    bench.polls('81 02');
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.polls('81 02', '19', '19', '19');
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ creditId: 'run-c2', escrowId }]);
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  });

  it('intended, 12 and no 81: says that it was past the point of return, after a moment of grace', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.stacking();
    bench.polls('12', '13', '19', '19');
    bench.pollsFor(1_500, '19');
    expect(bench.reportsOf('acceptor-recovered')).toEqual([]);
    bench.pollsFor(1_000, '19');
    expect(bench.reportsOf('acceptor-recovered')).toEqual([
      { kind: 'acceptor-recovered', leftInPath: 'stacker' },
    ]);
    expect(bench.reportsOf('note-returned')).toEqual([]);
  });

  it('intended, 11: RESET, and the note goes out: returned', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.stacking();
    bench.polls('11', '13', '19', '19');
    expect(bench.reportsOf('note-returned')).toEqual([{ kind: 'note-returned', escrowId, reason: 'device' }]);
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'head' });
  });

  it('a note that may be inside stays in doubt when another one is found in the head', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.stacking();
    bench.polls('17', '15', '11', '13', '19');
    bench.pollsFor(3_000, '19');
    expect(bench.reportsOf('acceptor-recovered')).toEqual([
      { kind: 'acceptor-recovered', leftInPath: 'stacker' },
    ]);
    expect(bench.reportsOf('note-returned')).toEqual([]);
  });

  it('11 at a start and an 81 all the same: credited, not returned', () => {
    const bench = started('11', '13', '81 02');
    bench.feed({ kind: 'confirm', creditId: 'run-c1' as never });
    bench.polls('81 02', '19', '19', '19');
    expect(bench.reportsOf('note-returned')).toEqual([]);
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  });

  it.each([
    ['10', ['10', '13']],
    ['13', ['13']],
    ['14', ['14']],
    ['19', ['19']],
  ])('intended, %s and no 81: neither stacked nor returned, and disabled', (_, polls) => {
    const bench = new DialogBench();
    bench.enable();
    bench.stacking();
    bench.polls('17', ...polls);
    bench.pollsFor(3_000, '19');
    expect(bench.reportsOf('note-stacked')).toEqual([]);
    expect(bench.reportsOf('note-returned')).toEqual([]);
    expect(bench.reportsOf('acceptor-recovered')).toEqual([
      { kind: 'acceptor-recovered', leftInPath: 'stacker' },
    ]);
  });

  it('intended, 14, and an 81 after all before the next escrow: that very note', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.stacking();
    bench.polls('17', '14', '14', '81 02');
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId }]);
  });

  it.each([['43'], ['44'], ['47 50'], ['45']])('intended, %s: open until after service', (fault) => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.stacking();
    bench.polls('17');
    bench.pollsFor(20_000, fault);
    expect(bench.reports.filter((told) => told.kind.startsWith('note-'))).toEqual([
      { kind: 'note-stacking' },
    ]);
    expect(bench.sent).not.toContain('RESET');
    bench.feed({ kind: 'reset' });
    bench.polls('13', '81 02');
    expect(bench.sent).toContain('RESET');
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId }]);
  });

  it('a jam over a note in escrow, cleared by hand: nobody claims that it went back', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.escrow();
    bench.polls('43', '43');
    bench.feed({ kind: 'reset' });
    bench.polls('43', '13');
    bench.pollsFor(3_000, '19');
    expect(bench.reportsOf('note-returned')).toEqual([]);
    expect(bench.reportsOf('acceptor-recovered')).toEqual([
      { kind: 'acceptor-recovered', leftInPath: 'stacker' },
    ]);
  });

  it.each([
    ['a fault that somebody cleared at the device', ['43', '13']],
    ['our RESET of a device that had fallen silent', [...Array<string>(25).fill('-'), '13']],
  ])('escrowed, then %s: nobody claims that it went back', (_, polls) => {
    const bench = new DialogBench();
    bench.enable();
    bench.escrow();
    bench.polls(...polls);
    bench.pollsFor(3_000, '19');
    expect(bench.reportsOf('note-returned')).toEqual([]);
    expect(bench.reportsOf('acceptor-recovered')).toEqual([
      { kind: 'acceptor-recovered', leftInPath: 'stacker' },
    ]);
  });

  it('a late 81 after the next escrow belongs to no record', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.stacking();
    bench.polls('17', '14');
    bench.pollsFor(3_000, '19');
    bench.polls('14', '14', '15', '80 03');
    const [next] = bench.reportsOf('note-escrowed');
    if (next !== undefined) bench.feed({ kind: 'return', escrowId: next.escrowId });
    bench.polls('80 03', '82 03', '14', '81 02');
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId: undefined }]);
  });

  it('a device that lost power is read again: it may be another one', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.polls('10', '13', '19', '19');
    expect(bench.actions()).toEqual(expect.arrayContaining(['IDENTIFICATION', 'GET BILL TABLE']));
  });

  it('escrowed, gone to 14 without 82: returned', () => {
    const bench = new DialogBench();
    bench.enable();
    const { escrowId } = bench.escrow();
    bench.polls('14');
    expect(bench.reportsOf('note-returned')).toEqual([{ kind: 'note-returned', escrowId, reason: 'device' }]);
  });

  it('stacked and not released, a power cut, 12, 81 again: the same credit', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.stacking();
    bench.polls('81 02');
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.polls('-', '12', '13', '81 02', '81 02', '19');
    expect(bench.reportsOf('note-stacked').map((told) => told.creditId)).toEqual(['run-c2']);
    expect(bench.reportsOf('credit-released').length).toBe(1);
  });

  it('a second note of the same type: a second credit', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.stacking();
    bench.polls('81 02');
    bench.feed({ kind: 'confirm', creditId: 'run-c2' as never });
    bench.forget();
    const second = bench.stacking();
    bench.polls('17', '81 02');
    expect(bench.reportsOf('note-stacked')).toMatchObject([
      { creditId: 'run-c4', escrowId: second.escrowId },
    ]);
  });
});
