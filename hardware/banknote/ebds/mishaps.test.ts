import { describe, expect, it } from 'vitest';
import { formatHex } from '../../link/tap.ts';
import { accepting, DialogBench, escrow, idle, stacked, stacking } from './dialog-bench.ts';

/* A unit that does what nobody asked it for, and a line that says our own words back. */

const jammed = '20 00 14 00 10 55 2A';
const noCassette = '20 00 00 00 10 55 2A';
const paused = '20 01 30 00 10 55 2A';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

/** One note of 1 000 ₸ has been credited and let go of. */
function credited(): DialogBench {
  const bench = enabled();
  bench.stacking();
  bench.says(stacking, stacked);
  bench.confirm();
  bench.says(idle, idle);
  bench.forget();
  return bench;
}

/** Another note of 1 000 ₸ that the terminal wants to give back. */
function givenBack(bench: DialogBench): void {
  const { escrowId } = bench.escrow();
  bench.feed({ kind: 'return', escrowId });
}

describe('EBDS: a unit that stacks what it was told to return', () => {
  it('after a note of the same kind: it is a credit, and nothing is told as returned', () => {
    const bench = credited();
    givenBack(bench);
    bench.says(escrow, stacking, stacked, idle, idle);
    expect(bench.of('note-stacked')).toHaveLength(1);
    expect(bench.of('note-returned')).toEqual([]);
  });

  it('and says no more than that: nothing is told as returned', () => {
    const bench = enabled();
    givenBack(bench);
    bench.says(escrow, stacking, idle, idle);
    expect(bench.of('note-returned')).toEqual([]);
  });

  it('or stacks what it has never announced: it is a credit', () => {
    const bench = credited();
    bench.says(accepting, stacking, stacked, idle);
    expect(bench.of('note-stacked')).toMatchObject([{ escrowId: undefined }]);
  });
});

describe('EBDS: the gate without a lease', () => {
  it.each([
    ['a jam', jammed],
    ['a pulled cassette', noCassette],
    ['a second note', paused],
  ])('shuts in %s', (_name, trouble) => {
    const bench = enabled();
    bench.says(idle, trouble);
    bench.isVouchedFor = false;
    bench.feed({ kind: 'lease', lease: undefined });
    bench.says(trouble, trouble, trouble);
    expect(bench.sent.at(-1)).toMatchObject({ isOpen: false });
  });
});

describe('EBDS: our own words on the line', () => {
  it('do not turn the bit: the true answer is said again', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking);
    const { bit } = bench.next();
    bench.hears('10 7F 1C 14', bit);
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'looped-back' }]);
    expect(bench.next().bit).toBe(bit);
  });

  it('are no status, though the word which notes are welcome reads as one', () => {
    const bench = enabled();
    bench.isVouchedFor = false;
    bench.feed({ kind: 'lease', lease: undefined });
    for (let answers = 0; bench.next().name !== 'enables' && answers < 9; answers += 1) bench.says(idle);
    const { bit, name } = bench.next();
    const { line } = bench.state;
    if (name !== 'enables' || line.kind !== 'waiting') throw new Error('no word which notes are welcome');
    bench.hears(formatHex(line.payload), bit);
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'looped-back' }]);
    expect(bench.of('note-stacked')).toEqual([]);
  });
});
