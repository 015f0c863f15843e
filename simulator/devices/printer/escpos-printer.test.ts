import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelName } from './models.ts';
import { dots, feedAndCut, PrinterBench, text, wire } from './test-bench.ts';

const processId = (id: string): Uint8Array => wire('1d 28 48 06 00 30 30', text(id));
const processIdAnswer = (id: string): string => `3722${Buffer.from(id).toString('hex')}00`;
/** 16 x 3 dots. */
const smallRaster = '1d 76 30 00 02 00 03 00';

describe('commands obeyed in the raw stream', () => {
  it('answers DLE EOT inside image data, and the image goes on', async () => {
    const bench = new PrinterBench();
    expect(bench.ask(smallRaster, '80 01 10 04 01 ff')).toBe('12');
    const slip = await bench.slipOf();
    expect(dots(slip)).toEqual(['#..............#', '...#.........#', '.......#########']);
    expect(bench.ignored()).toEqual([]);
  });

  it('passes over the bytes of an obeyed command when their turn comes', async () => {
    const bench = new PrinterBench();
    const slip = await bench.slipOf(text('a'), '10 04 01', '10 05 01', '10 14 01 00 0a', text('b\n'));
    expect(slip.text).toBe('ab');
    expect(bench.kinds()).toContain('drawer-pulsed');
  });

  it.each(['10 10 04 01', '10 05 10 04 01', '10 14 10 04 01', '10 14 08 01 10 04 01'])(
    'sees the command at the end of %s',
    (bytes) => {
      expect(new PrinterBench().ask(bytes)).toBe('12');
    },
  );

  it('answers offline, with a full buffer and before what is queued', () => {
    const bench = new PrinterBench('epson-tm-t88vi', 'xon-xoff');
    bench.printer.change({ isCoverOpen: true });
    bench.send(processId('abcd'), new Uint8Array(8_000));
    bench.answers();
    expect(bench.ask('10 04 02')).toBe('16');
  });

  it('keeps the order of a host that writes on while it is being answered', async () => {
    const bench = new PrinterBench();
    bench.printer.connect(() => bench.send(text('second\n')));
    bench.send('10 04 01', text('first\n'));
    expect((await bench.slipOf()).text).toBe('first\nsecond');
  });

  it('takes a command cut anywhere', () => {
    const bench = new PrinterBench();
    for (const byte of [0x10, 0x04]) expect(bench.ask(byte)).toBe('');
    expect(bench.ask(0x04)).toBe('12');
  });
});

describe('proof of printing', () => {
  it('gives the process id back only when everything before it is on paper', async () => {
    const bench = new PrinterBench();
    bench.send(text('one\ntwo\n'), processId('abcd'), feedAndCut, processId('abce'));
    expect(bench.answers()).toBe('');
    // Two lines at 150 mm/s: 60 rows of 1/180 inch.
    await bench.clock.advance(55);
    expect(bench.answers()).toBe('');
    await bench.clock.advance(3);
    expect(bench.answers()).toBe(processIdAnswer('abcd'));
    expect(bench.slips()).toHaveLength(0);
    await bench.settle();
    expect(bench.answers()).toBe(processIdAnswer('abce'));
    expect(bench.slips()).toHaveLength(1);
  });

  it('answers GS r when the text is worked off, a little before it is on paper', async () => {
    const bench = new PrinterBench();
    const tenLines = text('line\n'.repeat(10));
    bench.send(tenLines, '1d 72 01');
    expect(bench.answers()).toBe('');
    await bench.clock.advance(100);
    expect(bench.answers()).toBe('00');
    expect(bench.printer.circumstances.rollMm).toBeGreaterThan(80_000 - 10 * 4.2);
  });

  it('gives no proof while the printer stands still', async () => {
    const bench = new PrinterBench();
    bench.printer.change({ rollMm: 20 });
    bench.send(text('line\n'.repeat(20)), processId('abcd'), '1d 72 01');
    await bench.settle();
    expect(bench.answers()).toBe('');
    expect(bench.kinds()).toContain('paper-ended');
  });

  it.each<[ModelName, string, string]>([
    ['generic', '[H00abcd]', '1d28'],
    ['custom-vkp80iii', '[]', '1d28'],
  ])('%s knows no process id: %s on paper', async (model, printed) => {
    const bench = new PrinterBench(model);
    bench.send(text('['), processId('abcd'), text(']\n'));
    const slip = await bench.slipOf();
    expect(slip.text).toBe(printed);
    expect(bench.answers()).toBe('');
    expect(bench.ignored()).toContain('1d2848');
  });
});

describe('flow control', () => {
  it('says XOFF when 128 bytes are left and XON when 256 are free again', async () => {
    const bench = new PrinterBench('epson-tm-t88vi', 'xon-xoff');
    // Long feeds keep the mechanism busy while letters fill the buffer.
    bench.send('1b 64 ff');
    bench.send(new Uint8Array(4_096 - 129));
    expect(bench.answers()).toBe('');
    bench.send('00');
    expect(bench.answers()).toBe('13');
    await bench.settle();
    expect(bench.answers()).toBe('11');
    expect(bench.kinds()).not.toContain('bytes-lost');
  });

  it('frees the host as soon as 256 bytes are free', async () => {
    const bench = new PrinterBench('epson-tm-t88vi', 'xon-xoff');
    // Line feeds are worked off one by one, so the room grows slowly; the firmware runs eight of them ahead.
    bench.send('1b 64 ff', new Uint8Array(4_096 - 128).fill(0x0a));
    expect(bench.answers()).toBe('13');
    let answers = '';
    await bench.clock.advanceUntil(
      () => {
        answers += bench.answers();
        return answers !== '';
      },
      30_000,
      'XON',
    );
    expect(answers).toBe('11');
    expect(bench.ask(new Uint8Array(100))).toBe('');
    expect(bench.ask(new Uint8Array(40))).toBe('13');
  });

  it('loses what comes after its buffer is full', async () => {
    const bench = new PrinterBench('epson-tm-t88vi', 'xon-xoff');
    bench.printer.change({ isCoverOpen: true });
    bench.send(new Uint8Array(4_096), text('lost'));
    expect(bench.events).toContainEqual({ kind: 'bytes-lost', count: 4 });
    bench.printer.change({ isCoverOpen: false });
    expect((await bench.slipOf(text('kept\n'))).text).toBe('kept');
  });

  it('is XOFF while offline; XON goes out at power-on', async () => {
    const bench = new PrinterBench('epson-tm-t88vi', 'xon-xoff');
    bench.printer.change({ isCoverOpen: true });
    expect(bench.answers()).toBe('13');
    bench.printer.change({ isCoverOpen: false });
    expect(bench.answers()).toBe('11');
    bench.printer.powerOff();
    bench.printer.powerOn();
    await bench.clock.advance(2_000);
    expect(bench.answers()).toBe('11');
  });

  it('loses nothing on a wire that holds the host back, and says nothing', async () => {
    const bench = new PrinterBench('epson-tm-t88vi', 'wire');
    bench.printer.change({ isCoverOpen: true });
    bench.send(new Uint8Array(9_000), text('kept\n'));
    bench.printer.change({ isCoverOpen: false });
    expect((await bench.slipOf()).text).toBe('kept');
    expect(bench.answers()).toBe('');
  });
});

describe('any stream', () => {
  const receipt = wire(
    '1b 40 1d 61 ff 1b 74 35',
    text('Total  7 000\n'),
    '1d 21 11',
    text('BIG\n'),
    smallRaster,
    'ff 10 04 01 ff ff',
    '1d 28 6b 07 00 31 50 30 61 62 63 64 1d 28 6b 03 00 31 51 30',
    processId('abcd'),
    feedAndCut,
    '1d 72 01',
  );

  async function outcome(chunks: readonly Uint8Array[]): Promise<unknown> {
    const bench = new PrinterBench();
    for (const chunk of chunks) bench.send(chunk);
    await bench.settle();
    return [bench.answers(), bench.kinds(), bench.slips().map((slip) => [slip.text, dots(slip)])];
  }

  it('means the same however it is cut', async () => {
    const whole = await outcome([receipt]);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(receipt.length), { maxLength: 20 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), receipt.length];
        const chunks = places.slice(1).map((end, at) => receipt.subarray(places[at], end));
        expect(await outcome(chunks)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  it('of garbage is survived: zeros and ESC @ make every model listen again', async () => {
    const models: ModelName[] = ['epson-tm-t88vi', 'custom-vkp80iii', 'generic'];
    const lively = fc.oneof(fc.constantFrom(0x1b, 0x1c, 0x1d, 0x10, 0x28, 0x6b, 0x4c), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...models),
        fc.array(lively, { maxLength: 300 }),
        async (model, garbage) => {
          const bench = new PrinterBench(model);
          bench.send(garbage);
          let rounds = 0;
          do {
            bench.send(new Uint8Array(0x2_0000), '1b 3d 01 1b 40');
            await bench.clock.advance(600_000);
            bench.answers();
            bench.send('1d 72 01');
            rounds += 1;
          } while (bench.answers() !== '00' && rounds < 2_000);
          expect(rounds).toBeLessThan(2_000);
        },
      ),
      // A family that old firmware stumbles on is typed as a letter, even one that no letter has.
      { numRuns: 60, examples: [['generic', [0x1d, 0x28]]] },
    );
  });
});
