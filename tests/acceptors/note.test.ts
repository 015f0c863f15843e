import { describe, expect, it } from 'vitest';
import { foreignNote, tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { TerminalBench } from './terminal-bench.ts';

describe.each(acceptorCases)('$name: a note', (acceptor) => {
  it('goes from the hand to the box and is credited once', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert(tengeNote(5_000));
    await bench.until('credit-released');
    expect(bench.kinds()).toEqual([
      'note-accepting',
      'note-escrowed',
      'note-stacking',
      'note-stacked',
      'credit-released',
    ]);
    expect([...bench.credits.values()]).toMatchObject([{ minor: minorFromTenge(5_000) }]);
    expect(bench.boxed()).toBe(1);
  });

  it('has its stack byte on the wire within 50 ms of the report', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.commitMs = 10;
    bench.insert();
    await bench.until('note-escrowed');
    const toldMonoMs = bench.clock.monoMs();
    await bench.clock.advance(50);
    expect(bench.written()).toContain('stack');
    expect(bench.clock.monoMs() - toldMonoMs).toBe(50);
  });

  it('twenty one after the other are twenty credits', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    for (let note = 0; note < 20; note += 1) {
      bench.insert(tengeNote(500));
      await bench.until('credit-released');
      await bench.clock.advance(250);
    }
    expect(bench.credits.size).toBe(20);
    expect(bench.boxed()).toBe(20);
  });

  it('that the terminal does not want goes back', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.decide = () => 'return';
    bench.insert();
    await bench.untilEvent('note-in-mouth');
    await bench.clock.advance(20_000);
    expect(bench.count('note-returned')).toBe(0);
    bench.mechanics.take();
    await bench.until('note-returned');
    expect(bench.of('note-returned')).toMatchObject([{ reason: 'host' }]);
    expect(bench.written()).not.toContain('stack');
    expect(bench.credits.size + bench.boxed()).toBe(0);
  });

  it.each([
    ['worn', tengeNote(1_000, 'unreadable'), 'unreadable'],
    ['doubtful', tengeNote(1_000, 'doubtful'), 'doubtful'],
    ['foreign', foreignNote(), 'unreadable'],
    ['of a kind that is switched off', tengeNote(200), 'kind-not-accepted'],
  ])('that is %s is rejected with its reason', async (_, note, reason) => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert(note);
    await bench.until('note-rejected');
    expect(bench.of('note-rejected')).toEqual([{ kind: 'note-rejected', reason }]);
    expect(bench.boxed()).toBe(0);
  });

  it('is not drawn in while nobody vouches', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.leased = false;
    await bench.until('acceptor-disabled');
    bench.insert();
    await bench.clock.advance(5_000);
    expect(bench.events.map((event) => event.kind)).toEqual(['note-refused']);
  });
});

describe.each(acceptorCases)('$name: a slow or dead terminal', (acceptor) => {
  it('that commits after two seconds gets the note returned, not stacked', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.commitMs = 2_001;
    bench.insert();
    await bench.untilEvent('note-in-mouth');
    bench.mechanics.take();
    await bench.until('note-returned');
    await bench.clock.advance(5_000);
    expect(bench.written()).not.toContain('stack');
    expect(bench.of('note-returned')).toMatchObject([{ reason: 'escrow-stale' }]);
  });

  it('that commits after 1.9 s still gets it stacked', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.commitMs = 1_900;
    bench.insert();
    await bench.until('note-stacked');
    expect(bench.boxed()).toBe(1);
  });

  it('that never decides gets the note returned', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.decide = () => 'nothing';
    bench.insert();
    await bench.untilEvent('note-in-mouth');
    expect(bench.written()).toContain('return');
    expect(bench.boxed()).toBe(0);
  });

  it('whose lease runs out in escrow gets the note returned and the acceptor disabled', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.commitMs = 1_800;
    bench.insert();
    await bench.until('note-escrowed');
    bench.leased = false;
    await bench.untilEvent('note-in-mouth');
    bench.mechanics.take();
    await bench.until('note-returned');
    await bench.clock.advance(1_000);
    // Some units can be disabled while the note still lies in the mouth, others only when it is taken.
    expect(bench.count('acceptor-disabled')).toBe(1);
    expect(bench.of('note-returned')).toMatchObject([{ reason: 'lease-expired' }]);
    expect(bench.written()).not.toContain('stack');
  });

  it('whose lease runs out while the note goes in gets its credit, then is disabled', async () => {
    const bench = new TerminalBench(acceptor, { timings: { stackMs: 4_000 } });
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    bench.leased = false;
    bench.driver.endLease();
    const accepts = (): number => bench.written().filter((word) => word === 'accept').length;
    const before = accepts();
    await bench.until('note-stacked');
    expect(accepts()).toBe(before);
    await bench.until('acceptor-disabled');
    expect(bench.credits.size).toBe(1);
    expect(bench.boxed()).toBe(1);
  });

  it('that confirms after ten seconds has one credit', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    bench.commitMs = 10_000;
    await bench.until('credit-released');
    expect(bench.credits.size).toBe(1);
    expect(new Set(bench.of('note-stacked').map((told) => told.creditId)).size).toBe(1);
    expect(bench.boxed()).toBe(1);
  });

  it('that never confirms never lets the device forget', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.confirms = false;
    bench.insert();
    await bench.until('note-stacked');
    await bench.clock.advance(120_000);
    expect(bench.count('credit-released')).toBe(0);
    bench.confirms = true;
    await bench.until('credit-released');
    expect(bench.credits.size).toBe(1);
  });

  it('stops with the acceptor disabled', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    const stopped = bench.driver.stop();
    await bench.clock.advance(3_000);
    await stopped;
    bench.insert();
    expect(bench.events.at(-1)).toMatchObject({ kind: 'note-refused', reason: 'not-accepting' });
  });

  it('stops with the acceptor disabled though a note is on its way and somebody still vouches', async () => {
    const bench = new TerminalBench(acceptor);
    await bench.ready();
    bench.insert();
    await bench.until('note-stacking');
    const stopped = bench.driver.stop();
    await bench.clock.advance(3_000);
    await stopped;
    expect(bench.credits.size).toBe(1);
    bench.insert();
    expect(bench.events.at(-1)).toMatchObject({ kind: 'note-refused', reason: 'not-accepting' });
  });

  it('stops without a device too', async () => {
    const bench = new TerminalBench(acceptor);
    bench.start();
    await bench.clock.advance(100);
    await expect(bench.driver.stop()).resolves.toBeUndefined();
  });
});
