import { describe, expect, it } from 'vitest';
import { DialogBench } from './dialog-bench.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

function count(names: readonly string[], name: string): number {
  return names.filter((one) => one === name).length;
}

describe('CCNET loss', () => {
  it('five seconds without an answer: lost, then POLL and RESET at least every 10 s', () => {
    const bench = enabled();
    const lostAfter = bench.nowMonoMs;
    while (bench.reportsOf('acceptor-lost').length === 0) bench.polls('-');
    expect(bench.reportsOf('acceptor-lost')).toMatchObject([{ fault: 'no-answer' }]);
    expect(bench.nowMonoMs - lostAfter).toBeLessThan(5_700);
    bench.answers.set('RESET', () => undefined);
    bench.forget();
    const resetsMonoMs: number[] = [];
    while (resetsMonoMs.length < 4) {
      bench.polls('-');
      const before = bench.sent.length;
      bench.toNextPoll();
      const since = bench.sent.slice(before);
      if (since.includes('RESET')) {
        resetsMonoMs.push(bench.nowMonoMs);
        // Each RESET follows a poll that was not answered.
        expect(bench.sent[bench.sent.lastIndexOf('RESET') - 1]).toBe('POLL');
      }
    }
    const gaps = resetsMonoMs.slice(1).map((at, index) => at - (resetsMonoMs[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(10_000);
    expect(bench.reopened).toBeGreaterThanOrEqual(3);
    expect(bench.reportsOf('acceptor-lost')).toEqual([]);
  });

  it('found again: connected, recovered, disabled, whatever was enabled before', () => {
    const bench = enabled();
    while (bench.reportsOf('acceptor-lost').length === 0) bench.polls('-');
    bench.endLease();
    bench.forget();
    bench.polls('14', '14', '19', '19', '19');
    expect(bench.masks).toEqual(expect.arrayContaining(['00 00 00 00 00 00']));
    expect(bench.reports.map((told) => told.kind)).toEqual(['acceptor-connected', 'acceptor-recovered']);
  });

  it('BUSY asks for patience and gets it', () => {
    const bench = enabled();
    bench.polls('1B 64');
    while (bench.nowMonoMs < bench.state.busyUntilMonoMs + 4_000) bench.polls('-');
    expect(bench.reportsOf('acceptor-lost')).toEqual([]);
    while (bench.nowMonoMs < bench.state.busyUntilMonoMs + 6_000) bench.polls('-');
    expect(bench.reportsOf('acceptor-lost').length).toBe(1);
  });

  it('a line that cannot be opened is told once', () => {
    const bench = new DialogBench();
    bench.feed({ kind: 'link-failed', detail: 'not-found' });
    bench.feed({ kind: 'link-failed', detail: 'not-found' });
    expect(bench.reports).toEqual([{ kind: 'acceptor-lost', fault: 'not-connected', detail: 'not-found' }]);
  });
});

describe('CCNET troubles', () => {
  it.each([
    ['41', 'cassette-full'],
    ['42', 'cassette-removed'],
    ['43', 'jam-in-head'],
    ['44', 'jam-in-cassette'],
    ['45', 'cheated'],
    ['47 50', 'failure'],
  ])('%s is told once as %s, ends after a reset at rest, and the device is left disabled', (poll, fault) => {
    const bench = enabled();
    bench.pollsFor(3_000, poll);
    expect(bench.reports).toMatchObject([{ kind: 'acceptor-trouble', fault }]);
    expect(bench.actions()).toEqual([]);
    bench.feed({ kind: 'reset' });
    bench.polls('13', '13');
    expect(bench.reportsOf('acceptor-trouble-ended')).toEqual([]);
    bench.endLease();
    bench.pollsFor(1_000, '19');
    expect(bench.reportsOf('acceptor-trouble-ended')).toEqual([{ kind: 'acceptor-trouble-ended', fault }]);
    expect(bench.reportsOf('acceptor-recovered').length).toBe(1);
    expect(bench.masks).toEqual([]);
  });

  it('46 ends by itself and the note goes on', () => {
    const bench = enabled();
    bench.polls('15', '46', '46', '15', '80 02');
    expect(bench.reports.map((told) => told.kind)).toEqual([
      'note-accepting',
      'acceptor-trouble',
      'acceptor-trouble-ended',
      'note-escrowed',
    ]);
    expect(bench.sent).not.toContain('RESET');
  });

  it('reads name and table again after the cassette was out', () => {
    const bench = enabled();
    bench.polls('42', '42', '13', '13', '19', '19', '19');
    expect(count(bench.sent, 'IDENTIFICATION')).toBe(1);
    expect(count(bench.sent, 'GET BILL TABLE')).toBe(1);
    expect(bench.reports.map((told) => told.kind)).toContain('acceptor-connected');
  });

  it('a note moving for 50 s is stuck, and only then may a person reset', () => {
    const bench = enabled();
    bench.stacking();
    bench.feed({ kind: 'reset' });
    bench.pollsFor(49_000, '17');
    expect(bench.sent).not.toContain('RESET');
    expect(bench.reportsOf('acceptor-trouble')).toEqual([]);
    bench.pollsFor(2_000, '17');
    expect(bench.reportsOf('acceptor-trouble')).toMatchObject([{ fault: 'note-stuck' }]);
    expect(bench.sent).toContain('RESET');
  });

  it('a note left in the mouth is a trouble after 60 s and ends when it is taken', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.feed({ kind: 'return', escrowId });
    bench.pollsFor(59_000, '18');
    expect(bench.reports).toEqual([{ kind: 'note-returning', reason: 'host' }]);
    bench.pollsFor(2_000, '18');
    expect(bench.reportsOf('acceptor-trouble')).toMatchObject([{ fault: 'note-in-mouth' }]);
    bench.polls('82 02', '14');
    expect(bench.reportsOf('acceptor-trouble-ended')).toMatchObject([{ fault: 'note-in-mouth' }]);
    expect(bench.reportsOf('note-returned')).toMatchObject([{ escrowId, reason: 'host' }]);
  });

  it('a rejected note is told once with its reason', () => {
    const bench = enabled();
    bench.polls('15', '1C 68', '1C 68', '14');
    expect(bench.reports).toEqual([
      { kind: 'note-accepting' },
      { kind: 'note-rejected', reason: 'kind-not-accepted' },
    ]);
  });

  it('a note that vanishes from the throat is told as rejected', () => {
    const bench = enabled();
    bench.polls('15', '14', '14');
    expect(bench.reports).toEqual([
      { kind: 'note-accepting' },
      { kind: 'note-rejected', reason: 'mechanical' },
    ]);
  });

  it('initializing for longer than 40 s is a failure', () => {
    const bench = new DialogBench();
    bench.feed({ kind: 'link-opened' });
    bench.pollsFor(39_000, '13');
    expect(bench.reportsOf('acceptor-trouble')).toEqual([]);
    bench.pollsFor(2_000, '13');
    expect(bench.reportsOf('acceptor-trouble')).toMatchObject([{ fault: 'failure' }]);
  });
});
