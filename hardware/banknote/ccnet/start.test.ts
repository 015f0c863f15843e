import { describe, expect, it } from 'vitest';
import { DialogBench } from './dialog-bench.ts';

function started(...polls: readonly string[]): DialogBench {
  const bench = new DialogBench();
  bench.feed({ kind: 'link-opened' });
  bench.polls(...polls);
  return bench;
}

describe('CCNET start', () => {
  it('asks for the state before any RESET', () => {
    const bench = started('10');
    bench.polls('13');
    expect(bench.sent.filter((name) => name !== 'ACK')).toEqual([
      'POLL',
      'IDENTIFICATION',
      'GET BILL TABLE',
      'RESET',
      'POLL',
    ]);
  });

  it('sends no RESET to a sound device, and leaves it disabled', () => {
    const bench = started('14', '14', '19', '19', '19');
    expect(bench.actions()).toEqual(['ENABLE', 'ENABLE', 'IDENTIFICATION', 'GET BILL TABLE', 'SET SECURITY']);
    expect(new Set(bench.masks)).toEqual(new Set(['00 00 00 00 00 00']));
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  });

  it('reads the bill table again after RESET: power may have been cut in between, unseen', () => {
    const bench = started('10', '10', '13', '14', '19', '19', '19');
    const order = bench.sent.filter((name) => name === 'RESET' || name === 'GET BILL TABLE');
    expect(order).toEqual(['GET BILL TABLE', 'RESET', 'RESET', 'GET BILL TABLE']);
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  });

  it('reports the bill table once it may be read', () => {
    const bench = started('14', '19', '19');
    expect(bench.reportsOf('acceptor-connected')[0]?.identity).toMatchObject({
      protocol: 'ccnet',
      model: 'SM-KZ1126',
      serialNumber: '21KC00004711',
    });
    expect(bench.reportsOf('acceptor-connected')[0]?.identity.denominations.length).toBe(7);
  });

  it('leaves a pause to the customer: a RESET could take the note in', () => {
    const bench = started('46', '46', '46', '80 02', '80 02');
    expect(bench.sent).not.toContain('RESET');
    expect(bench.actions()).toContain('RETURN');
  });

  it('clears a fault that was there by one RESET, and no more', () => {
    const bench = started('43', '13', '43', '43', '43', '43');
    expect(bench.sent.filter((name) => name === 'RESET').length).toBe(1);
    expect(bench.reportsOf('acceptor-trouble').map((told) => told.fault)).toEqual(['jam-in-head']);
    expect(bench.reportsOf('acceptor-recovered')).toEqual([]);
  });
});

describe('CCNET recovery, no open record', () => {
  it('80 at a start: returned, never announced, never stacked', () => {
    const bench = started('80 02', '80 02', '18', '82 02', '14', '19', '19');
    expect(bench.actions().slice(0, 2)).toEqual(['RETURN', 'RETURN']);
    expect(bench.sent).not.toContain('STACK');
    expect(bench.reportsOf('note-escrowed')).toEqual([]);
    expect(bench.reportsOf('note-returned')).toEqual([
      { kind: 'note-returned', escrowId: undefined, reason: 'escrow-stale' },
    ]);
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  });

  it('1A at a start: returned too', () => {
    expect(started('1A', '18').actions()).toEqual(['RETURN']);
  });

  it('81 at a start: told without a record, and acknowledged only after it is stored', () => {
    const bench = started('81 02', '81 02');
    const [told] = bench.reportsOf('note-stacked');
    expect(told).toEqual({
      kind: 'note-stacked',
      creditId: 'run-c1',
      escrowId: undefined,
      // The table cannot be read in this state.
      denomination: undefined,
      isRecovery: true,
    });
    expect(bench.sent).not.toContain('ACK');
    bench.feed({ kind: 'confirm', creditId: 'run-c1' as never });
    bench.polls('81 02', '14');
    expect(bench.sent).toContain('ACK');
    expect(bench.reportsOf('credit-released')).toEqual([{ kind: 'credit-released', creditId: 'run-c1' }]);
  });

  it('12 and the 81 after it: told with its value, for the table was read before RESET', () => {
    const bench = started('12', '13', '13', '81 02');
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ denomination: { valueMinor: 100_000 } }]);
  });
});
