import { describe, expect, test } from 'vitest';
import type { PrintOutcome } from '../../../terminal/devices.ts';
import { scriptedBench, slip } from '../../../tests/printer/scripted-printer.ts';

const flushLength = 8_192;
const readyReport = { kind: 'printer-ready', paperLow: false, model: 'TM-T88VI' };
const processIdAsked = '1d284806003030';
const cut = '1d564200';

describe('getting to know the printer', () => {
  test('clears what a process before us may have left, asks for the model, and reports once', async () => {
    const { printer, reports, begin, clock } = scriptedBench();
    await begin();
    expect(reports).toEqual([readyReport]);
    expect(printer.count('10140801031401060208')).toBe(1);
    expect(printer.count(cut)).toBe(0);
    await clock.advance(60_000);
    expect(reports).toEqual([readyReport]);
  });

  test('fills up a picture that was broken off, until the printer answers', async () => {
    const { printer, reports, begin, clock } = scriptedBench();
    printer.answers.delete('1d7201');
    await begin();
    await clock.advanceUntil(() => printer.count('00'.repeat(flushLength)) === 1, 5_000, 'the flush');
    expect(reports).toEqual([]);
    printer.answers.set('1d7201', '00');
    await clock.advanceUntil(() => reports.length > 0, 5_000, 'ready');
    expect(reports).toEqual([readyReport]);
  });

  test('refuses to print on a printer of another kind: its letters would be others', async () => {
    const { printer, reports, begin, print } = scriptedBench();
    printer.answers.set('1d4943', '5f54532d3130303000');
    await begin();
    expect(reports).toMatchObject([{ kind: 'printer-trouble', fault: 'wrong-device' }]);
    expect(await print()).toEqual({ kind: 'failed', fault: 'wrong-device', nothingSent: true });
  });

  test('tells two Epsons apart: a TM-T88 is not the TM-m30 that was set', async () => {
    const { reports, begin, print } = scriptedBench('epson-tm-m30');
    await begin();
    expect(reports).toMatchObject([
      { kind: 'printer-trouble', fault: 'wrong-device', detail: 'it says it is a TM-T88VI' },
    ]);
    expect(await print()).toEqual({ kind: 'failed', fault: 'wrong-device', nothingSent: true });
  });

  test('says so when nobody answers, and when somebody does again', async () => {
    const { printer, reports, begin, clock } = scriptedBench();
    const answers = new Map(printer.answers);
    printer.answers.clear();
    await begin();
    await clock.advance(5_000);
    expect(reports).toMatchObject([{ kind: 'printer-trouble', fault: 'no-answer' }]);
    for (const [asked, answer] of answers) printer.answers.set(asked, answer);
    await clock.advance(30_000);
    expect(reports.at(-1)).toEqual(readyReport);
  });
});

describe('printing', () => {
  test('is proven by the process id after the cut', async () => {
    const { begin, print } = scriptedBench();
    await begin();
    expect(await print()).toEqual({ kind: 'printed' });
  });

  test('without proof is unknown after ten seconds, and is cleared and cut off before anything else', async () => {
    const { printer, begin, print, clock } = scriptedBench();
    await begin();
    printer.answersProcessIds = false;
    const before = clock.monoMs();
    expect(await print()).toEqual({ kind: 'unknown', fault: 'no-answer' });
    expect(clock.monoMs() - before).toBeGreaterThanOrEqual(10_000);
    const cutsBefore = printer.count(cut);
    await clock.advance(100);
    expect(printer.count('10140801031401060208')).toBe(2);
    expect(printer.count(cut)).toBe(cutsBefore + 1);
    printer.answersProcessIds = true;
    expect(await print()).toEqual({ kind: 'printed' });
  });

  test('the process id of an earlier slip proves nothing', async () => {
    const { printer, begin, driver, clock } = scriptedBench();
    await begin();
    printer.answersProcessIds = false;
    let outcome: PrintOutcome | undefined;
    void driver.print(slip).then((ended) => {
      outcome = ended;
    });
    await clock.advanceUntil(() => printer.count(processIdAsked) === 2, 1_000, 'the job');
    printer.say('37223939396300');
    await clock.advance(5_000);
    expect(outcome).toBeUndefined();
    await clock.advance(6_000);
    expect(outcome).toEqual({ kind: 'unknown', fault: 'no-answer' });
  });

  test.each([
    ['paper-out', '100404', '7e'],
    ['cover-open', '100402', '16'],
    ['cutter', '100403', '1a'],
    ['over-heated', '100403', '52'],
    ['failure', '100403', '32'],
  ])('is refused beforehand with %s, and not one byte of the slip leaves', async (fault, asked, answer) => {
    const { printer, begin, print } = scriptedBench();
    await begin();
    printer.answers.set(asked, answer);
    expect(await print()).toEqual({ kind: 'failed', fault, nothingSent: true });
    expect(printer.count(processIdAsked)).toBe(0);
  });

  test('stops at once when the paper ends in the middle', async () => {
    const { printer, begin, driver, clock } = scriptedBench('generic-raster', 1_000);
    await begin();
    let outcome: PrintOutcome | undefined;
    void driver.print(slip).then((ended) => {
      outcome = ended;
    });
    await clock.advanceUntil(() => printer.count('1d763000') === 1, 1_000, 'the first picture');
    const atMonoMs = clock.monoMs();
    printer.answers.set('100404', '7e');
    printer.say('18000f0f');
    await clock.advanceUntil(() => outcome !== undefined, 1_000, 'the outcome');
    expect(outcome).toEqual({ kind: 'failed', fault: 'paper-out', nothingSent: false });
    expect(clock.monoMs() - atMonoMs).toBeLessThan(100);
    expect(printer.count(cut)).toBe(0);
  });

  test('an answer that comes before the last byte has left proves nothing', async () => {
    const { printer, begin, driver, clock } = scriptedBench('generic-raster', 1_000);
    await begin();
    printer.answers.delete('1d7201');
    let outcome: PrintOutcome | undefined;
    void driver.print(slip).then((ended) => {
      outcome = ended;
    });
    await clock.advanceUntil(() => printer.count('1d763000') === 1, 1_000, 'the first picture');
    printer.say('00');
    await clock.advance(5_000);
    expect(outcome).toBeUndefined();
    await clock.advance(10_000);
    expect(outcome).toEqual({ kind: 'unknown', fault: 'no-answer' });
  });

  test('gives up on a printer that stays full, and leaves the rest unsent', async () => {
    const { printer, begin, driver, clock } = scriptedBench('generic-raster', 1_000);
    await begin();
    let outcome: PrintOutcome | undefined;
    void driver.print(slip).then((ended) => {
      outcome = ended;
    });
    await clock.advanceUntil(() => printer.count('1d763000') === 1, 1_000, 'the first picture');
    printer.say('13');
    await clock.advanceUntil(() => outcome !== undefined, 12_000, 'the outcome');
    expect(outcome).toEqual({ kind: 'unknown', fault: 'no-answer' });
    expect(printer.count(cut)).toBe(0);
  });

  test('waits while the printer has no room', async () => {
    const { printer, begin, driver, clock } = scriptedBench('generic-raster', 1_000);
    await begin();
    let outcome: PrintOutcome | undefined;
    void driver.print(slip).then((ended) => {
      outcome = ended;
    });
    await clock.advanceUntil(() => printer.count('1d763000') === 1, 1_000, 'the first picture');
    printer.say('13');
    await clock.advance(5_000);
    expect(printer.count(cut)).toBe(0);
    printer.say('11');
    await clock.advanceUntil(() => outcome !== undefined, 10_000, 'the outcome');
    expect(outcome).toEqual({ kind: 'printed' });
  });

  test('slips wait for each other', async () => {
    const { begin, driver, clock } = scriptedBench();
    await begin();
    const order: string[] = [];
    void driver.print(slip).then(() => order.push('first'));
    void driver.print(slip).then(() => order.push('second'));
    await clock.advance(1_000);
    expect(order).toEqual(['first', 'second']);
  });
});

describe('the cable', () => {
  test('a reply that broke off is forgotten, not joined to the next one', async () => {
    const { printer, begin, clock, reports } = scriptedBench();
    await begin();
    printer.say('100003');
    await clock.advance(500);
    printer.say('0f');
    await clock.advance(500);
    expect(reports).toEqual([readyReport]);
  });

  test('is opened afresh when the printer stays silent, which wakes a hung adapter', async () => {
    const { printer, begin, clock } = scriptedBench();
    await begin();
    printer.answers.clear();
    await clock.advance(60_000);
    expect(printer.connections).toBeGreaterThan(1);
  });

  test('pulled before the slip: failed, nothing sent', async () => {
    const { line, begin, print, reports } = scriptedBench();
    await begin();
    line.unplug();
    expect(await print()).toEqual({ kind: 'failed', fault: 'not-connected', nothingSent: true });
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-trouble', fault: 'not-connected' });
  });

  test('pulled during the slip: unknown; back again: cleared, cut off, ready', async () => {
    const { line, printer, begin, driver, clock, reports } = scriptedBench();
    await begin();
    printer.answersProcessIds = false;
    let outcome: PrintOutcome | undefined;
    void driver.print(slip).then((ended) => {
      outcome = ended;
    });
    await clock.advanceUntil(() => printer.count(processIdAsked) === 2, 1_000, 'the job');
    line.unplug();
    await clock.advance(10);
    expect(outcome).toEqual({ kind: 'unknown', fault: 'not-connected' });
    line.plug();
    const cutsBefore = printer.count(cut);
    await clock.advance(5_000);
    expect(printer.count(cut)).toBe(cutsBefore + 1);
    expect(reports.at(-1)).toEqual(readyReport);
  });

  test('after stop nothing more is written or reported', async () => {
    const { printer, begin, driver, clock, reports } = scriptedBench();
    await begin();
    await driver.stop();
    const bytes = printer.received.length;
    await clock.advance(60_000);
    expect(printer.received.length).toBe(bytes);
    expect(reports).toEqual([readyReport]);
  });
});

describe('clearing on request', () => {
  test('after a start cuts off what a slip of a dead process may have left hanging', async () => {
    const { printer, begin, driver, clock } = scriptedBench();
    await begin();
    let cleared = false;
    void driver.clear().then(() => {
      cleared = true;
    });
    await clock.advanceUntil(() => cleared, 2_000, 'the buffers are clear');
    await clock.advance(10);
    expect(printer.count(cut)).toBe(1);
  });

  test('wastes no paper when the last slip is known to have come out', async () => {
    const { printer, begin, driver, print, clock } = scriptedBench();
    await begin();
    await print();
    await driver.clear();
    await clock.advance(100);
    expect(printer.count(cut)).toBe(1);
  });
});

describe('idle', () => {
  test('a change the printer tells by itself is reported at once', async () => {
    const { printer, begin, clock, reports } = scriptedBench();
    await begin();
    printer.say('1000030f');
    await clock.advance(2);
    expect(reports.at(-1)).toEqual({ ...readyReport, paperLow: true });
    printer.say('3800000f');
    await clock.advance(2);
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-trouble', fault: 'cover-open' });
  });

  test('a stuck knife gets one try to free itself, not a stream of them', async () => {
    const { printer, begin, clock, reports } = scriptedBench();
    await begin();
    const before = printer.count('100502');
    printer.answers.set('100403', '1a');
    await clock.advance(20_000);
    expect(printer.count('100502')).toBe(before + 1);
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-trouble', fault: 'cutter' });
  });
});
