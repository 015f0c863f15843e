import { describe, expect, it } from 'vitest';
import { countedNothing, DialogBench, idle, stacked, stackedBlank, stacking } from './dialog-bench.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

const [stackedByValue, stackedBare, stackedOnly] = [
  '20 11 10 08 10 55 2A',
  '20 11 10 00 10 55 2A',
  '20 10 10 00 10 55 2A',
];

describe('EBDS: the credit event (§10)', () => {
  it('counts once, however many answers show it', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.says(stacking, stacked);
    bench.confirm();
    bench.says(stacked, stacked, stacked, idle, idle);
    expect(bench.of('note-stacked')).toMatchObject([{ escrowId }]);
    expect(bench.of('credit-released')).toHaveLength(1);
  });

  it('counts once when it comes again after the unit has gone on', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking, stacked);
    bench.confirm();
    bench.says(idle, stacked, idle);
    expect(bench.of('note-stacked')).toHaveLength(1);
  });

  it('is a second credit for a second note of the same kind', () => {
    const bench = enabled();
    for (let note = 0; note < 2; note += 1) {
      bench.stacking();
      bench.says(stacking, stacked);
      bench.confirm();
      bench.says(idle);
      expect(bench.of('note-stacked')).toHaveLength(1);
      bench.forget();
    }
  });

  it('that still shows from the note before is none for the note that is going in now', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking, stacked);
    bench.confirm();
    const stillShown = (first: string): string => stacked.replace('70 02 11', `70 02 ${first}`);
    bench.forget();
    bench.says(stillShown('12'), stillShown('14'));
    const [second] = bench.of('note-escrowed');
    if (second === undefined) throw new Error('the second note was not announced');
    bench.feed({ kind: 'stack', escrowId: second.escrowId });
    expect(bench.next().name).toBe('stack');
    bench.says(stillShown('14'), stillShown('18'), stacked);
    expect(bench.of('note-stacked')).toEqual([]);
    expect(bench.state.doubt).toMatchObject({ id: second.escrowId });
  });

  it('beside a second note, from a unit that does not wait for the first credit to be stored, proves neither', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking, stacked);
    bench.forget();
    const inEscrow = stacked.replace('70 02 11', '70 02 14');
    bench.says(inEscrow);
    const [second] = bench.of('note-escrowed');
    if (second === undefined) throw new Error('the second note was not announced');
    bench.feed({ kind: 'stack', escrowId: second.escrowId });
    bench.says(inEscrow);
    expect(bench.next().name).toBe('stack');
    bench.says(stacked);
    expect(bench.of('note-stacked')).toEqual([]);
    expect(bench.state.doubt).toMatchObject({ id: second.escrowId });
  });

  it('that never stops showing is left behind', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking, stacked);
    bench.confirm();
    bench.says(...Array<string>(9).fill(stacked));
    expect(bench.of('credit-released')).toEqual([]);
    bench.says(stacked, stacked);
    expect(bench.of('credit-released')).toHaveLength(1);
  });

  it.each([
    ['with a blank block', stackedBlank],
    ['bare', stackedBare],
    ['bare and without a state', stackedOnly],
  ])('%s is no credit: the note is in doubt', (_, event) => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking, event);
    for (let answers = 0; answers < 60; answers += 1)
      bench.says(bench.next().name === 'question' ? countedNothing : idle);
    expect(bench.of('note-stacked')).toEqual([]);
    expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'stacker' }]);
  });

  it('with three bits of value is the credit of a note that was let in, and of no other', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.says(stacking, stackedByValue);
    expect(bench.of('note-stacked')).toMatchObject([{ escrowId, denomination: { valueMinor: 100_000 } }]);
    const stranger = enabled();
    stranger.says(stackedByValue, idle);
    expect(stranger.of('note-stacked')).toEqual([]);
  });

  it('of another kind than the note let in is none of that note', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking, stacked.replace('30 30 31', '30 30 35'));
    expect(bench.of('note-stacked')).toMatchObject([
      { escrowId: undefined, denomination: { valueMinor: 500_000 } },
    ]);
  });

  it('names its money to a host that has not read the table yet', () => {
    const bench = new DialogBench();
    bench.feed({ kind: 'link-opened' });
    bench.says(stacked);
    expect(bench.of('note-stacked')).toMatchObject([
      { escrowId: undefined, denomination: { valueMinor: 100_000 }, isRecovery: true },
    ]);
  });
});
