import { describe, expect, it } from 'vitest';
import {
  accepting,
  countedSecurity,
  DialogBench,
  escrow,
  idle,
  poweringUp,
  returning,
  stacked,
  stacking,
} from './dialog-bench.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

const rejected = '20 01 12 00 10 55 2A';
const cheated = '20 01 11 00 10 55 2A';
const invalid = '20 01 10 02 10 55 2A';

describe('EBDS: the bit of a message (§2)', () => {
  it('is turned over after each good answer', () => {
    const bench = enabled();
    bench.says(idle, idle, idle, idle);
    const bits = bench.sent.map(({ bit }) => bit);
    expect(bits.slice(1)).toEqual(bits.slice(0, -1).map((bit) => 1 - bit));
  });

  it('stays after a lost answer, and nothing but a poll is sent with it', () => {
    const bench = enabled();
    bench.stacking();
    const { bit } = bench.next();
    bench.forget();
    bench.says('-', '-', '-');
    expect(bench.sent.slice(0, 2)).toEqual(Array(2).fill({ name: 'poll', bit, isOpen: true }));
  });

  it('that is the other one marks an old answer: it tells nothing, and the right one is waited for', () => {
    const bench = enabled();
    const { bit } = bench.next();
    bench.hears(escrow, 1 - bit);
    expect(bench.of('note-escrowed')).toEqual([]);
    bench.hears(accepting, bit);
    expect(bench.of('note-accepting')).toHaveLength(1);
  });

  it('is kept after a credit event until the credit is stored', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking);
    const { bit } = bench.next();
    bench.says(stacked);
    bench.forget();
    bench.says(stacked, stacked, stacked);
    expect(bench.sent.map((message) => message.bit)).toEqual([bit, bit, bit]);
    bench.confirm();
    expect(bench.next().bit).toBe(1 - bit);
    bench.says(idle);
    expect(bench.of('credit-released')).toHaveLength(1);
  });

  it('outlives the line: what was lost with the cable is said again', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.says(stacking);
    const { bit } = bench.next();
    bench.feed({ kind: 'link-closed', reason: 'pulled' });
    bench.feed({ kind: 'link-opened' });
    expect(bench.sent.at(-1)).toEqual({ name: 'poll', bit, isOpen: false });
    bench.hears(stacked, bit);
    expect(bench.of('note-stacked')).toMatchObject([{ escrowId }]);
  });

  it('of a host that has just started may be the last one of the host before: no order follows its answer', () => {
    const bench = new DialogBench();
    bench.feed({ kind: 'link-opened' });
    bench.says(escrow);
    expect(bench.next().name).toBe('poll');
    bench.says(escrow);
    expect(bench.next().name).toBe('return');
  });
});

describe('EBDS: a note', () => {
  it('in other money is announced without a value', () => {
    const bench = enabled();
    bench.says(accepting, escrow.replace('4B 5A 54', '52 55 42'));
    expect(bench.of('note-escrowed')).toMatchObject([{ denomination: undefined }]);
  });

  it('that shows as escrowed without its block is still the same note', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.says('20 04 10 00 10 55 2A', escrow);
    bench.feed({ kind: 'stack', escrowId });
    expect(bench.of('note-returned')).toEqual([]);
    expect(bench.next().name).toBe('stack');
  });

  it('is told to go in again while it stays in escrow, each time after a poll', () => {
    const bench = enabled();
    bench.stacking();
    bench.forget();
    bench.says(escrow, escrow, escrow);
    expect(bench.names()).toEqual(['poll', 'stack']);
  });

  it('that was rejected has the reason that the counters tell, asked for before anything else', () => {
    const bench = enabled();
    bench.says(accepting, rejected);
    expect(bench.of('note-rejected')).toEqual([]);
    expect(bench.next().name).toBe('question');
    bench.forget();
    bench.says(countedSecurity, rejected, rejected, rejected, idle);
    expect(bench.names()).toEqual(['poll', 'poll', 'poll', 'poll']);
    expect(bench.of('note-rejected')).toEqual([{ kind: 'note-rejected', reason: 'doubtful' }]);
  });

  it('that was rejected without a word is unreadable', () => {
    const bench = enabled();
    bench.says(accepting, rejected);
    bench.forget();
    for (let tries = 0; tries < 4; tries += 1) bench.says('-', idle);
    expect(bench.names().slice(0, 4)).toEqual(['question', 'poll', 'question', 'poll']);
    expect(bench.of('note-rejected')).toEqual([{ kind: 'note-rejected', reason: 'unreadable' }]);
  });

  it('pulled back after the stack bit is cheating, and in doubt', () => {
    const bench = enabled();
    bench.stacking();
    bench.says(stacking, cheated);
    expect(bench.of('acceptor-trouble')).toMatchObject([{ fault: 'cheated' }]);
    for (let answers = 0; answers < 60; answers += 1) bench.says(idle);
    expect(bench.of('note-stacked')).toEqual([]);
    expect(bench.of('acceptor-recovered')).toMatchObject([{ leftInPath: 'stacker' }]);
  });

  it('in escrow at a power cut, and no word of it afterwards, is in doubt though no stack bit was sent', () => {
    const bench = enabled();
    bench.escrow();
    bench.says(poweringUp, poweringUp, idle);
    expect(bench.of('note-returned')).toEqual([]);
    expect(bench.state.found).toBe('stacker');
  });

  it('that was in the path before this host is told as returned once, for however many answers', () => {
    const bench = new DialogBench();
    bench.feed({ kind: 'link-opened' });
    const returned = '20 41 10 00 10 55 2A';
    bench.says(returning, returning, returned, returned, returned);
    expect(bench.of('note-returned')).toHaveLength(1);
  });

  it('in escrow at a power cut that comes out afterwards is returned', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.says(poweringUp, poweringUp, returning, '20 41 10 00 10 55 2A');
    expect(bench.of('note-returned')).toMatchObject([{ escrowId }]);
    expect(bench.state.found).toBe('head');
  });
});

describe('EBDS: the gate', () => {
  it('is shut in the polls of a silent line as soon as the lease is over', () => {
    const bench = enabled();
    bench.says(idle);
    bench.isVouchedFor = false;
    const untilMonoMs = bench.nowMonoMs + 1_500;
    const openedAfter: boolean[] = [];
    while (bench.nowMonoMs < untilMonoMs + 1_000) {
      const { isOpen } = bench.next();
      if (bench.nowMonoMs >= untilMonoMs) openedAfter.push(isOpen);
      bench.says('-');
    }
    expect(openedAfter.length).toBeGreaterThan(1);
    expect(openedAfter).not.toContain(true);
  });

  it('is shut by the very next message when the lease is over, and no note stays welcome behind it', () => {
    const bench = enabled();
    bench.says(idle);
    bench.isVouchedFor = false;
    bench.feed({ kind: 'lease', lease: undefined });
    bench.forget();
    bench.says(idle, idle);
    expect(bench.sent.map(({ name, isOpen }) => [name, name === 'poll' && isOpen])).toEqual([
      ['poll', false],
      ['enables', false],
    ]);
  });

  it('is not believed to be shut by a unit that did not understand', () => {
    const bench = enabled();
    bench.says(idle);
    bench.isVouchedFor = false;
    bench.feed({ kind: 'lease', lease: undefined });
    bench.forget();
    bench.says(invalid, idle);
    expect(bench.sent).toMatchObject([
      { name: 'poll', isOpen: false },
      { name: 'poll', isOpen: false },
    ]);
  });

  it('stays as it is while a note moves', () => {
    const bench = enabled();
    bench.stacking();
    bench.isVouchedFor = false;
    bench.feed({ kind: 'lease', lease: undefined });
    bench.forget();
    bench.says(stacking, stacking, stacking);
    expect(bench.sent.map(({ isOpen }) => isOpen)).toEqual([true, true]);
  });

  it('stays shut after a power cut until the unit has been read again', () => {
    const bench = enabled();
    bench.says(poweringUp);
    bench.forget();
    bench.says(poweringUp, idle);
    expect(bench.sent.every(({ name, isOpen }) => name !== 'poll' || !isOpen)).toBe(true);
    expect(bench.next().name).toBe('question');
  });

  it('waits for note enables in the other form, if the unit refuses the first', () => {
    const bench = new DialogBench();
    bench.enable();
    bench.isVouchedFor = false;
    bench.feed({ kind: 'lease', lease: undefined });
    bench.says(idle, invalid);
    expect(bench.state.enablesForm).toBe('wide');
    expect(bench.state.enablesSet).toBeUndefined();
  });
});

describe('EBDS: a unit that cannot name its notes', () => {
  it('has only value bits, as a Pyramid Apex: it is refused, and was never open', () => {
    const bench = new DialogBench();
    bench.isVouchedFor = true;
    bench.feed({ kind: 'link-opened' });
    while (bench.of('acceptor-lost').length === 0) {
      const { name } = bench.next();
      bench.says(name === 'note' ? '-' : name === 'question' ? '60 00' : idle);
    }
    expect(bench.of('acceptor-lost')).toMatchObject([{ fault: 'wrong-device' }]);
    expect(bench.names()).toContain('note');
    expect(bench.sent.every(({ name, isOpen }) => name !== 'poll' || !isOpen)).toBe(true);
  });
});
