import { describe, expect, test } from 'vitest';
import type { EscposProfileName } from '../../hardware/printer/escpos/profile.ts';
import type { ReceiptDocument, ReceiptLine } from '../../terminal/devices.ts';
import { printerBench, profileNames } from './printer-bench.ts';

/** A slip of a hand's length that names whose it is. */
function slipOf(name: string): ReceiptDocument {
  const line = (text: string): ReceiptLine => ({ kind: 'text', text, style: 'normal', align: 'left' });
  return {
    lines: [line(name), ...new Array<ReceiptLine>(20).fill(line('Қоңырау шалыңыз')), line(`${name} end`)],
  };
}

const midway = 400;

/** What the slip of that name looks like when nothing has gone wrong before. */
async function undisturbed(profile: EscposProfileName, name: string): Promise<Uint8Array | undefined> {
  const { begin, print, slips } = printerBench(profile);
  await begin();
  await print(slipOf(name));
  return slips.at(-1)?.picture.bytes;
}

describe.each(profileNames)('%s', (profile) => {
  test('prints a slip and proves it; the firmware refuses no command', async () => {
    const { begin, print, slips, refused, reports } = printerBench(profile);
    await begin();
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-ready', paperLow: false });
    expect(await print(slipOf('first'))).toEqual({ kind: 'printed' });
    expect(slips).toHaveLength(1);
    expect(refused).toEqual([]);
  });

  test('says "printed" only when the slip has been cut', async () => {
    const { begin, driver, slips, clock } = printerBench(profile);
    await begin();
    let slipsWhenPrinted = -1;
    void driver.print(slipOf('first')).then(() => {
      slipsWhenPrinted = slips.length;
    });
    await clock.advanceUntil(() => slipsWhenPrinted >= 0, 30_000, 'the end of the print');
    expect(slipsWhenPrinted).toBe(1);
  });

  test('paper out beforehand: refused, and a new roll makes it ready again', async () => {
    const { begin, print, printer, reports, clock, slips } = printerBench(profile);
    await begin();
    printer.change({ rollMm: 0 });
    expect(await print(slipOf('first'))).toEqual({ kind: 'failed', fault: 'paper-out', nothingSent: true });
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-trouble', fault: 'paper-out' });
    printer.putNewRoll();
    await clock.advance(5_000);
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-ready', paperLow: false });
    expect(slips).toEqual([]);
  });

  test.each([
    ['paper-out', { rollMm: 0 }],
    ['cover-open', { isCoverOpen: true }],
  ] as const)(
    '%s in the middle: failed, and nothing of it reaches the next visitor',
    async (fault, change) => {
      const { begin, print, printer, clock, slips, reports } = printerBench(profile);
      await begin();
      const happen = () => printer.change(change);
      expect(await print(slipOf('first'), { afterMs: midway, happen })).toEqual({
        kind: 'failed',
        fault,
        nothingSent: false,
      });
      await clock.advance(10_000);
      printer.putNewRoll();
      printer.change({ isCoverOpen: false });
      await clock.advance(10_000);
      expect(reports.at(-1)).toMatchObject({ kind: 'printer-ready' });
      const before = slips.length;
      printer.takeTicket();
      expect(await print(slipOf('second'))).toEqual({ kind: 'printed' });
      expect(slips).toHaveLength(before + 1);
      expect(slips.at(-1)?.picture.bytes).toEqual(await undisturbed(profile, 'second'));
    },
  );

  test('near its end the paper is reported, and printing goes on', async () => {
    const { begin, print, printer, clock, reports } = printerBench(profile);
    await begin();
    printer.change({ rollMm: 5_000 });
    await clock.advance(3_000);
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-ready', paperLow: true });
    expect(await print(slipOf('first'))).toEqual({ kind: 'printed' });
  });

  test('a head that gets too hot for a while delays the slip, no more', async () => {
    const { begin, print, printer, clock, slips } = printerBench(profile);
    await begin();
    const happen = () => {
      printer.change({ isHeadHot: true });
      clock.setTimer(3_000, () => printer.change({ isHeadHot: false }));
    };
    expect(await print(slipOf('first'), { afterMs: midway, happen })).toEqual({ kind: 'printed' });
    expect(slips).toHaveLength(1);
  });

  test('a printer that hangs leaves the slip unknown; switched off and on it is clean for the next one', async () => {
    const { begin, print, printer, clock, slips, reports } = printerBench(profile);
    await begin();
    expect(
      await print(slipOf('first'), { afterMs: midway, happen: () => printer.change({ isHung: true }) }),
    ).toEqual({
      kind: 'unknown',
      fault: 'no-answer',
    });
    await clock.advance(5_000);
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-trouble', fault: 'no-answer' });
    printer.powerOff();
    printer.powerOn();
    await clock.advance(30_000);
    expect(reports.at(-1)).toMatchObject({ kind: 'printer-ready' });
    printer.takeTicket();
    const before = slips.length;
    expect(await print(slipOf('second'))).toEqual({ kind: 'printed' });
    expect(slips).toHaveLength(before + 1);
    expect(slips.at(-1)?.picture.bytes).toEqual(await undisturbed(profile, 'second'));
  });

  test('a broken-off picture from a host that died is filled up and cut off', async () => {
    const { begin, print, printer, driver, slips, clock } = printerBench(profile);
    printer.receive(Uint8Array.of(0x1b, 0x40, 0x1d, 0x76, 0x30, 0x00, 72, 0, 200, 0, 0xff, 0xff));
    await begin();
    let cleared = false;
    void driver.clear().then(() => {
      cleared = true;
    });
    await clock.advanceUntil(() => cleared, 20_000, 'the buffers are clear');
    await clock.advance(3_000);
    printer.takeTicket();
    const before = slips.length;
    expect(await print(slipOf('second'))).toEqual({ kind: 'printed' });
    expect(slips).toHaveLength(before + 1);
    expect(slips.at(-1)?.picture.bytes).toEqual(await undisturbed(profile, 'second'));
  });
});

describe('a printer that holds the host back with XOFF', () => {
  const profilesWithFlow: EscposProfileName[] = ['epson-tm-t88vi', 'generic-raster', 'custom-vkp80iii'];
  test.each(profilesWithFlow)('%s loses no byte', async (profile) => {
    const { begin, print, slips, seen, refused } = printerBench(profile, 'xon-xoff');
    await begin();
    expect(await print(slipOf('first'))).toEqual({ kind: 'printed' });
    expect(slips).toHaveLength(1);
    expect(refused).toEqual([]);
    expect(seen).not.toContain('bytes-lost');
  });
});

test('a knife that sticks: failed; freed with the cover it cuts again', async () => {
  const { begin, print, printer, clock, reports } = printerBench('epson-tm-t88vi');
  await begin();
  const happen = () => printer.change({ isCutterStuck: true });
  expect(await print(slipOf('first'), { afterMs: midway, happen })).toEqual({
    kind: 'failed',
    fault: 'cutter',
    nothingSent: false,
  });
  await clock.advance(3_000);
  expect(reports.at(-1)).toMatchObject({ kind: 'printer-trouble', fault: 'cutter' });
  printer.change({ isCoverOpen: true });
  printer.change({ isCutterStuck: false });
  printer.change({ isCoverOpen: false });
  await clock.advance(5_000);
  expect(reports.at(-1)).toMatchObject({ kind: 'printer-ready' });
  expect(await print(slipOf('second'))).toEqual({ kind: 'printed' });
});

test('a slip nobody took is drawn back in before the next one is printed', async () => {
  const { begin, print, printer, slips, seen } = printerBench('custom-vkp80iii');
  await begin();
  expect(await print(slipOf('first'))).toEqual({ kind: 'printed' });
  expect(printer.isTicketInMouth).toBe(true);
  expect(await print(slipOf('second'))).toEqual({ kind: 'printed' });
  expect(seen.filter((kind) => kind === 'ticket-retracted')).toHaveLength(1);
  expect(slips).toHaveLength(2);
});

test.each([
  { setting: 10, heldMs: 10_000 },
  { setting: 60, heldMs: 60_000 },
  { setting: undefined, heldMs: 30_000 },
])('a slip nobody takes is drawn back in after the time set ($setting)', async ({ setting, heldMs }) => {
  const { begin, print, printer, seen, clock } = printerBench('custom-vkp80iii', 'wire', setting);
  await begin();
  expect(await print(slipOf('first'))).toEqual({ kind: 'printed' });
  await clock.advance(heldMs - 1_000);
  expect(printer.isTicketInMouth).toBe(true);
  await clock.advance(2_000);
  expect(printer.isTicketInMouth).toBe(false);
  expect(seen.filter((kind) => kind === 'ticket-retracted')).toHaveLength(1);
});

test('a printer without a presenter refuses a time to hold slips, by the name of the setting', () => {
  expect(() => printerBench('epson-tm-m30', 'wire', 30)).toThrow(/^printer\.slipHeldSeconds: epson-tm-m30 /);
});
