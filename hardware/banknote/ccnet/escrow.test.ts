import { describe, expect, it } from 'vitest';
import { minorFromTenge } from '../../../terminal/money.ts';
import { DialogBench } from './dialog-bench.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

function count(names: readonly string[], name: string): number {
  return names.filter((one) => one === name).length;
}

describe('CCNET enabling', () => {
  it('enables what the lease welcomes and the table has, always with escrow', () => {
    const bench = new DialogBench();
    bench.feed({ kind: 'link-opened' });
    bench.polls('19', '19');
    bench.welcomeTenge = [500, 5_000, 50_000];
    bench.polls('14', '14');
    expect(bench.masks).toEqual(['00 00 12 00 00 12']);
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-enabled' });
  });

  it('stays disabled without a lease, under an expired one, and under one that welcomes nothing', () => {
    const bench = new DialogBench();
    bench.feed({ kind: 'link-opened' });
    bench.polls('19', '19', '19');
    bench.feed({
      kind: 'lease',
      lease: { untilMonoMs: bench.nowMonoMs, denominations: [minorFromTenge(500)] },
    });
    bench.polls('19', '19');
    bench.welcomeTenge = [];
    bench.polls('19', '19');
    expect(bench.masks).toEqual([]);
  });

  it('disables as soon as the lease ends, once nothing moves', () => {
    const bench = enabled();
    bench.endLease();
    bench.polls('14', '19');
    expect(bench.masks.at(-1)).toBe('00 00 00 00 00 00');
    expect(bench.reports).toEqual([{ kind: 'acceptor-disabled' }]);
  });

  it.each([['15'], ['17'], ['1C 66'], ['18'], ['1A'], ['80 02'], ['46'], ['1B 05']])(
    'sends no mask while the device says %s, lease or not',
    (poll) => {
      const bench = enabled();
      bench.polls('15');
      bench.forget();
      bench.polls(poll);
      bench.welcomeTenge = [500];
      bench.polls(poll);
      bench.endLease();
      bench.polls(poll, poll);
      expect(bench.masks).toEqual([]);
    },
  );

  it('changes the mask only at rest', () => {
    const bench = enabled();
    bench.polls('15');
    bench.welcomeTenge = [500];
    bench.polls('1C 66');
    expect(bench.masks).toEqual([]);
    bench.polls('14', '14');
    expect(bench.masks).toEqual(['00 00 02 00 00 02']);
  });

  it('repeats a mask that the device did not take', () => {
    const bench = enabled();
    bench.welcomeTenge = [500];
    bench.answers.set('ENABLE', (times) => (times < 4 ? Uint8Array.of(0x30) : Uint8Array.of(0x00)));
    bench.polls('14', '14', '14', '14', '14', '14');
    expect(bench.masks.length).toBeGreaterThan(1);
    expect(new Set(bench.masks)).toEqual(new Set(['00 00 02 00 00 02']));
  });

  it('repeats a mask whose answer was lost, though the one before it is wanted again', () => {
    const bench = enabled();
    bench.answers.set('ENABLE', () => undefined);
    bench.welcomeTenge = [500];
    bench.polls('14', '14');
    bench.answers.set('ENABLE', () => Uint8Array.of(0x00));
    bench.welcomeTenge = [500, 1_000, 2_000, 5_000, 10_000, 20_000];
    bench.polls('14', '14');
    expect(new Set(bench.masks.slice(0, -1))).toEqual(new Set(['00 00 02 00 00 02']));
    expect(bench.masks.at(-1)).toBe('00 00 7E 00 00 7E');
  });

  it('tolerates a device that knows no SET SECURITY', () => {
    const bench = new DialogBench();
    bench.answers.set('SET SECURITY', () => Uint8Array.of(0x30));
    bench.feed({ kind: 'link-opened' });
    bench.polls('19', '19', '19');
    expect(count(bench.sent, 'SET SECURITY')).toBe(1);
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  });
});

describe('CCNET escrow', () => {
  it('is announced once, however often it is polled', () => {
    const bench = enabled();
    const { denomination } = bench.escrow();
    expect(denomination).toEqual({ valueMinor: minorFromTenge(1_000), currency: 'KZT' });
    bench.polls('80 02', '80 02', '1A');
    expect(bench.reports).toEqual([]);
    expect(bench.actions()).toEqual([]);
  });

  it('is stacked on command, within the quiet time after the answer', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    const seenMonoMs = bench.nowMonoMs;
    bench.feed({ kind: 'stack', escrowId });
    bench.waitMs(20);
    expect(bench.actions()).toEqual(['STACK']);
    expect(bench.nowMonoMs - seenMonoMs).toBe(20);
  });

  it('is not stacked for another escrow than the one that stands', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.feed({ kind: 'return', escrowId });
    bench.polls('18', '82 02', '14', '15', '80 02');
    bench.forget();
    bench.feed({ kind: 'stack', escrowId });
    bench.polls('80 02');
    expect(bench.actions()).toEqual([]);
  });

  it('is returned two seconds after the first sight if nobody has decided', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.pollsFor(1_900, '80 02');
    expect(bench.actions()).toEqual([]);
    bench.pollsFor(200, '80 02');
    expect(bench.actions()).toContain('RETURN');
    bench.feed({ kind: 'stack', escrowId });
    bench.polls('80 02', '18');
    expect(bench.sent).not.toContain('STACK');
    expect(bench.reportsOf('note-returning')).toEqual([{ kind: 'note-returning', reason: 'escrow-stale' }]);
  });

  it('is returned when the word comes in time but the line is free only too late', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.pollsFor(1_800, '80 02');
    bench.toNextPoll();
    bench.feed({ kind: 'stack', escrowId });
    bench.waitMs(250);
    bench.polls('80 02', '80 02');
    expect(bench.actions()).not.toContain('STACK');
    expect(bench.actions()).toContain('RETURN');
  });

  it('is returned when the lease runs out before the word', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.welcomeTenge = undefined;
    bench.feed({ kind: 'lease', lease: { untilMonoMs: bench.nowMonoMs + 300, denominations: [] } });
    bench.pollsFor(200, '80 02');
    expect(bench.actions()).toEqual([]);
    bench.polls('80 02', '80 02');
    bench.feed({ kind: 'stack', escrowId });
    bench.polls('80 02', '82 02', '14');
    expect(bench.sent).not.toContain('STACK');
    expect(bench.reportsOf('note-returned')).toEqual([
      { kind: 'note-returned', escrowId, reason: 'lease-expired' },
    ]);
    bench.polls('14');
    expect(bench.masks.at(-1)).toBe('00 00 00 00 00 00');
  });

  it('is returned if the lease ran out while the whole process stood still, renewed though it is first of all', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.nowMonoMs += 1_600;
    bench.renew();
    bench.feed({ kind: 'stack', escrowId });
    bench.polls('80 02', '82 02', '14');
    expect(bench.sent).not.toContain('STACK');
    expect(bench.reportsOf('note-returned')).toEqual([
      { kind: 'note-returned', escrowId, reason: 'lease-expired' },
    ]);
  });

  it('is not stacked again once the lease has ended, and the moving note is left alone', () => {
    const bench = enabled();
    bench.stacking();
    bench.endLease();
    bench.polls('17', '17');
    expect(bench.actions()).toEqual(['STACK']);
    bench.polls('80 02', '80 02');
    expect(bench.actions()).toContain('RETURN');
    expect(count(bench.sent, 'STACK')).toBe(1);
  });

  it('is returned on demand, with the reason, and a return is never taken back', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.feed({ kind: 'return', escrowId });
    bench.feed({ kind: 'stack', escrowId });
    bench.polls('80 02', '80 02', '18', '18', '82 02', '82 02', '14');
    expect(bench.sent).not.toContain('STACK');
    expect(count(bench.sent, 'RETURN')).toBe(3);
    expect(bench.reports).toEqual([
      { kind: 'note-returning', reason: 'host' },
      { kind: 'note-returned', escrowId, reason: 'host' },
    ]);
  });

  it('is told even of a kind that the lease does not welcome: the core decides', () => {
    const bench = enabled();
    bench.welcomeTenge = [500];
    bench.polls('15', '80 06');
    expect(bench.reportsOf('note-escrowed')).toMatchObject([{ denomination: { valueMinor: 2_000_000 } }]);
  });

  it('of a kind that the table does not hold cannot be stacked', () => {
    const bench = enabled();
    bench.polls('15', '80 17');
    const [told] = bench.reportsOf('note-escrowed');
    expect(told?.denomination).toBeUndefined();
    if (told !== undefined) bench.feed({ kind: 'stack', escrowId: told.escrowId });
    bench.polls('80 17', '82 17', '14');
    expect(bench.sent).not.toContain('STACK');
    expect(bench.reportsOf('note-returned')).toMatchObject([{ reason: 'kind-not-accepted' }]);
  });
});
