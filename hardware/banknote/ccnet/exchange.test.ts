import { describe, expect, it } from 'vitest';
import { parseHex } from '../../link/tap.ts';
import { DialogBench, tengeTable } from './dialog-bench.ts';
import { encodeFrame } from './frame.ts';

function enabled(): DialogBench {
  const bench = new DialogBench();
  bench.enable();
  return bench;
}

function count(names: readonly string[], name: string): number {
  return names.filter((one) => one === name).length;
}

describe('CCNET exchange', () => {
  it('sends NAK for a damaged answer once the line is silent, and polls again', () => {
    const bench = enabled();
    bench.toNextPoll();
    bench.sent = [];
    bench.reply({ raw: parseHex('02 03 06 14 67 D5') });
    bench.waitMs(49);
    expect(bench.sent).toEqual([]);
    bench.waitMs(1);
    expect(bench.sent).toEqual(['NAK']);
    bench.waitMs(20);
    expect(bench.sent).toEqual(['NAK', 'POLL']);
  });

  it('gives up a frame that stops half-way after the byte gap', () => {
    const bench = enabled();
    bench.toNextPoll();
    bench.sent = [];
    bench.reply({ raw: parseHex('02 03 06 14') });
    bench.waitMs(50);
    expect(bench.sent).toEqual(['NAK']);
    expect(bench.logged.at(-1)).toMatchObject({ kind: 'exchange-failed', why: 'damaged' });
  });

  it('takes a good frame behind noise', () => {
    const bench = enabled();
    bench.toNextPoll();
    bench.reply({ raw: Uint8Array.of(0x02, 0x02, 0xff, ...encodeFrame(parseHex('15'))) });
    expect(bench.reports).toEqual([{ kind: 'note-accepting' }]);
    expect(bench.sent.at(-1)).toBe('ACK');
  });

  it('keeps 20 ms of quiet after its ACK', () => {
    const bench = enabled();
    bench.polls('14');
    bench.sent = [];
    bench.welcomeTenge = [500];
    bench.renew();
    bench.waitMs(19);
    expect(bench.sent).toEqual([]);
    bench.waitMs(1);
    expect(bench.sent).toEqual(['ENABLE']);
  });

  it('survives a storm of NAKs: tries three times at once, then asks for the state', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.answers.set('STACK', () => Uint8Array.of(0xff));
    bench.feed({ kind: 'stack', escrowId });
    bench.toNextPoll();
    expect(bench.actions()).toEqual(['STACK', 'STACK', 'STACK', 'STACK']);
    bench.answers.set('STACK', () => Uint8Array.of(0x00));
    bench.polls('80 02', '17', '81 02');
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId }]);
  });

  it('takes ILLEGAL to a repeated STACK for a reason to poll, not for a fault', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.answers.set('STACK', (times) => (times === 1 ? undefined : Uint8Array.of(0x30)));
    bench.feed({ kind: 'stack', escrowId });
    bench.polls('80 02', '17', '81 02');
    expect(count(bench.sent, 'STACK')).toBe(2);
    expect(bench.reportsOf('acceptor-trouble')).toEqual([]);
    expect(bench.reportsOf('note-stacked')).toMatchObject([{ escrowId }]);
  });

  it('polls before it repeats an action whose answer was lost', () => {
    const bench = enabled();
    const { escrowId } = bench.escrow();
    bench.answers.set('STACK', () => undefined);
    bench.feed({ kind: 'stack', escrowId });
    bench.polls('17');
    expect(bench.sent.filter((name) => name !== 'ACK').slice(0, 2)).toEqual(['STACK', 'POLL']);
    expect(count(bench.sent, 'STACK')).toBe(1);
  });

  it('polls every 200 ms at rest and every 100 ms while a note moves', () => {
    const bench = enabled();
    const gap = (poll: string): number => {
      bench.polls(poll, poll);
      const fromMonoMs = bench.state.pollSentMonoMs;
      bench.polls(poll);
      return bench.state.pollSentMonoMs - fromMonoMs;
    };
    expect(gap('14')).toBe(200);
    expect(gap('15')).toBe(100);
  });
});

describe('CCNET wrong devices', () => {
  function connected(prepare: (bench: DialogBench) => void): DialogBench {
    const bench = new DialogBench();
    prepare(bench);
    bench.feed({ kind: 'link-opened' });
    return bench;
  }

  it('a looped-back cable is named, and left alone for a while', () => {
    const bench = connected(() => undefined);
    bench.toNextPoll();
    bench.reply(parseHex('33'));
    expect(bench.reports).toMatchObject([{ kind: 'acceptor-lost', fault: 'looped-back' }]);
    bench.sent = [];
    bench.waitMs(9_999);
    expect(bench.sent).toEqual([]);
    bench.waitMs(10);
    expect(bench.sent).toEqual(['POLL']);
  });

  it('an answer to IDENTIFICATION of another length is a wrong device', () => {
    const bench = connected((it) => it.answers.set('IDENTIFICATION', () => new Uint8Array(33)));
    bench.polls('19', '19', '19');
    expect(() => bench.polls('19', '19')).not.toThrow();
    expect(bench.reports).toMatchObject([{ kind: 'acceptor-lost', fault: 'wrong-device' }]);
    expect(bench.masks).toEqual([]);
  });

  it('a device that polls well but never names itself is a wrong device', () => {
    const bench = connected((it) => it.answers.set('IDENTIFICATION', () => undefined));
    bench.polls('19', '19', '19', '19', '19');
    expect(bench.reports).toMatchObject([{ kind: 'acceptor-lost', fault: 'wrong-device' }]);
  });

  it('other money is refused by its name', () => {
    const roubles = tengeTable.slice();
    roubles.set(new TextEncoder().encode('RUS'), 1);
    const bench = connected((it) => it.answers.set('GET BILL TABLE', () => roubles));
    bench.polls('19', '19', '19', '19', '19');
    expect(bench.reports).toEqual([
      { kind: 'acceptor-lost', fault: 'bill-table', detail: 'type 0 is money of "RUS"' },
    ]);
  });

  it('one odd answer is forgiven', () => {
    const bench = connected((it) => {
      const sound = it.answers.get('IDENTIFICATION');
      it.answers.set('IDENTIFICATION', (times) => (times === 1 ? parseHex('19') : sound?.(times)));
    });
    bench.polls('19', '19', '19', '19');
    expect(bench.reportsOf('acceptor-lost')).toEqual([]);
    expect(bench.reportsOf('acceptor-connected').length).toBe(1);
  });
});
