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

describe('ID-003 start', () => {
  it('asks for the state before RESET, and tells every setting after it', () => {
    const bench = started('40', '1B', '1B', '1B', '1B', '1B', '1B', '1A', '1A', '1A');
    expect(bench.actions()).toEqual(['CURRENCY', 'RESET', ...settings, 'C3 01', 'CURRENCY']);
    expect(bench.reports.map((one) => one.kind)).toEqual([
      'acceptor-connected',
      'acceptor-connected',
      'acceptor-recovered',
    ]);
  });

  it('waits for two seconds after RESET before it believes anything', () => {
    const bench = started('40');
    bench.toNextStatus();
    expect(bench.sent.slice(-2)).toEqual(['RESET', 'STATUS']);
    const { lastAnswerMonoMs } = bench.state;
    expect(bench.nowMonoMs - lastAnswerMonoMs).toBe(2_000);
  });

  it('sends no RESET to a sound device, and leaves it disabled', () => {
    const bench = started('11', '11', '1A', '1A', '1A', '1A', '1A', '1A', '1A');
    expect(bench.actions()[0]).toBe('C3 01');
    expect(bench.actions()).not.toContain('RESET');
    expect(bench.actions()).not.toContain('C3 00');
    expect(bench.reports.at(-1)).toEqual({ kind: 'acceptor-recovered', leftInPath: 'nothing' });
  });

  it('tells again what a RESET has wiped out', () => {
    const bench = enabled();
    bench.feed({ kind: 'reset' });
    bench.says('1B', '1B', '1B', '1B', '1B', '1B', '1A', '1A');
    expect(bench.actions().slice(0, 7)).toEqual(['RESET', ...settings, 'C3 01']);
  });

  it('goes on without settings that the firmware does not know', () => {
    const bench = new DialogBench();
    for (const name of ['C1', 'C4', 'C5', 'C2']) bench.answers.set(name, () => '4B');
    bench.enable();
    bench.escrow();
    expect(bench.state.phase.kind).toBe('working');
  });

  it('reads later what is refused at power-up', () => {
    const bench = new DialogBench();
    bench.answers.set('CURRENCY', () => (bench.state.view?.kind === 'disabled' ? undefined : '4B'));
    bench.open('40', '1B', '1B', '1B', '1B', '1B', '1B', '1A');
    expect(bench.of('acceptor-connected')).toEqual([]);
    bench.answers.set('CURRENCY', () => '8A 61 51 05 02');
    bench.says('1A', '1A', '1A');
    expect(bench.of('acceptor-connected')[0]?.identity).toMatchObject({
      protocol: 'id003',
      serialNumber: '',
    });
  });
});

describe('ID-003 acceptance', () => {
  it('opens with the denominations first and the inhibit last, under a lease alone', () => {
    const bench = started('1A', '1A', '1A', '1A', '1A', '1A', '1A', '1A');
    bench.forget();
    bench.says('1A', '1A');
    expect(bench.actions()).toEqual([]);
    bench.welcomeTenge = [1_000, 5_000];
    bench.says('1A', '11', '11');
    // 61 to 68: only 64 and 66 are not refused.
    expect(bench.actions()).toEqual(['C0 D7 FF', 'C3 00']);
    expect(bench.of('acceptor-enabled').length).toBe(1);
  });

  it('changes denominations while it is open, and inhibits first where that is refused', () => {
    const bench = enabled();
    bench.welcomeTenge = [500];
    bench.says('11', '11', '11');
    expect(bench.actions()).toEqual(['C0 FB FF']);
    bench.forget();
    bench.welcomeTenge = [500, 1_000];
    let isInhibited = false;
    bench.answers.set('C0', () => (isInhibited ? 'C0 F3 FF' : '4B'));
    bench.answers.set('C3', () => {
      isInhibited = !isInhibited;
      return isInhibited ? 'C3 01' : 'C3 00';
    });
    bench.says('11', '1A', '1A', '11', '11');
    expect(bench.actions()).toEqual(['C0 F3 FF', 'C3 01', 'C0 F3 FF', 'C3 00']);
  });

  it('tells a setting again whose answer is not itself', () => {
    const bench = enabled();
    bench.answers.set('C3', () => 'C3 00');
    bench.welcomeTenge = undefined;
    bench.feed({ kind: 'lease', lease: undefined });
    bench.says('11', '11', '11');
    expect(bench.actions().filter((name) => name === 'C3 01').length).toBeGreaterThan(1);
    expect(bench.of('acceptor-disabled')).toEqual([]);
  });

  it('inhibits while a note that went back lies in the mouth', () => {
    const bench = enabled();
    bench.says('12', '17 72', '17 72');
    bench.welcomeTenge = undefined;
    bench.feed({ kind: 'lease', lease: undefined });
    bench.says('17 72', '17 72', '17 72');
    expect(bench.actions()).toEqual(['C3 01']);
    expect(bench.of('note-rejected')).toEqual([{ kind: 'note-rejected', reason: 'unreadable' }]);
  });
});

describe('ID-003 note', () => {
  it('is stacked once by STACK-2, credited at 15 and acknowledged only when that is stored', () => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.says('14', '14', '15');
    expect(bench.of('note-stacked')).toMatchObject([
      { escrowId, denomination: { valueMinor: 100_000, currency: 'KZT' } },
    ]);
    expect(bench.sent).not.toContain('ACK');
    bench.confirm();
    expect(bench.sent.at(-1)).toBe('ACK');
    bench.says('16', '11');
    expect(bench.of('credit-released').length).toBe(1);
    expect(bench.actions()).toEqual(['STACK-2', 'ACK']);
  });

  it('that is acknowledged in vain is acknowledged again, and is one credit', () => {
    const bench = enabled();
    bench.stacking();
    bench.says('15');
    bench.confirm();
    bench.says('15', '15', '15', '11', '11');
    expect(bench.sent.filter((name) => name === 'ACK').length).toBe(4);
    expect(bench.of('note-stacked').length).toBe(1);
    expect(bench.of('credit-released').length).toBe(1);
  });

  it('is credited for what 13 said, and for what 15 says where it speaks of another kind', () => {
    const bench = enabled();
    bench.stacking();
    bench.says('15 64');
    expect(bench.of('note-stacked')).toMatchObject([{ denomination: { valueMinor: 100_000 } }]);
    const other = enabled();
    other.stacking();
    other.says('15 66');
    expect(other.of('note-stacked')).toMatchObject([
      { escrowId: undefined, denomination: { valueMinor: 500_000 } },
    ]);
  });

  it('that ends in 16 or at rest without 15 is in doubt, and no credit', () => {
    const bench = enabled();
    bench.stacking();
    bench.says('14', '16', '11', '11', '11', '1A', '1A', '1A', '1A', '1A', '1A');
    bench.saysFor(2_500, '1A');
    expect(bench.of('note-stacked')).toEqual([]);
    expect(bench.of('acceptor-recovered')).toEqual([{ kind: 'acceptor-recovered', leftInPath: 'stacker' }]);
  });

  it.each([['17 79'], ['18']])('that shows %s after STACK-2 has gone back', (status) => {
    const bench = enabled();
    const { escrowId } = bench.stacking();
    bench.says('14', status, status, '11', '11');
    expect(bench.of('note-returned')).toEqual([{ kind: 'note-returned', escrowId, reason: 'device' }]);
    expect(bench.of('note-rejected')).toEqual([]);
  });

  it('that the unit gave back unasked, and said nothing of it, has gone back', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.says('11', '11');
    expect(bench.of('note-returned')).toMatchObject([{ escrowId, reason: 'device' }]);
  });

  it('is not stacked twice when the first STACK-2 was not answered but obeyed', () => {
    const bench = enabled();
    bench.answers.set('STACK-2', () => undefined);
    bench.stacking();
    bench.says('14', '15');
    expect(bench.sent.filter((name) => name === 'STACK-2').length).toBe(1);
    expect(bench.of('note-stacked').length).toBe(1);
  });

  it('a ticket goes back', () => {
    const bench = enabled();
    bench.says('12', '13 6F 31 32');
    const [told] = bench.of('note-escrowed');
    expect(told?.denomination).toBeUndefined();
    if (told !== undefined) bench.feed({ kind: 'stack', escrowId: told.escrowId });
    bench.toNextStatus();
    expect(bench.actions()).toEqual(['RETURN']);
  });
});
