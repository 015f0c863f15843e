import { describe, expect, it } from 'vitest';
import { formatHex, parseHex } from '../../../hardware/link/tap.ts';
import vectors from '../../../tests/vectors/ebds.json' with { type: 'json' };
import { VirtualClock } from '../../virtual-clock.ts';
import { AcceptorMechanics } from '../acceptor/mechanics.ts';
import { foreignNote, tengeNote } from '../acceptor/notes.ts';
import { realTimings } from '../acceptor/timings.ts';
import { EbdsAcceptor } from './acceptor.ts';
import { deviceFrame, HostFrameReader } from './frame.ts';
import { type EbdsSettings, usualEbdsSettings } from './settings.ts';

describe('EBDS frames of the device', () => {
  it.each(vectors.hostFrames)('reads $name, whole and byte by byte', ({ bytes }) => {
    const frame = parseHex(bytes);
    const payload = [...frame.slice(2, -2)];
    expect(new HostFrameReader().push(frame)).toEqual([payload]);
    const reader = new HostFrameReader();
    expect([...frame].flatMap((byte) => reader.push(Uint8Array.of(byte)))).toEqual([payload]);
    expect(reader.isInsideFrame).toBe(false);
  });

  it.each(vectors.deviceFrames)('writes $name as documented', ({ bytes }) => {
    expect(formatHex(deviceFrame([...parseHex(bytes).slice(2, -2)]))).toBe(bytes);
  });

  it.each([
    ['a wrong check byte', '02 08 10 00 1C 14 03 11'],
    ['a wrong end', '02 08 10 00 1C 14 04 10'],
    ['a short length', '02 05 10 03 15'],
  ])('skips %s without a word, and reads the frame behind it', (_, noise) => {
    expect(new HostFrameReader().push(parseHex(`${noise} 02 08 11 00 1C 14 03 11`))).toEqual([
      [0x11, 0x00, 0x1c, 0x14],
    ]);
  });
});

const shut = '00 1C 14';
const open = '7F 1C 14';
const stack = '7F 3C 14';
const giveBack = '7F 5C 14';

/** A host that says what a test tells it, with the right bit. */
class Host {
  readonly clock = new VirtualClock();
  readonly mechanics = new AcceptorMechanics(this.clock, realTimings);
  readonly heard: string[] = [];
  #bit = 0;

  constructor(settings: Partial<EbdsSettings> = {}) {
    const device = new EbdsAcceptor(this.clock, this.mechanics, {
      ...usualEbdsSettings,
      model: 0x54,
      ...settings,
    });
    device.connect((bytes) => this.heard.push(formatHex(bytes)));
    this.send = (payload) => device.receive(deviceFrame(payload));
  }

  readonly send: (payload: readonly number[]) => void;

  /** The answer to one message after 100 ms; `again`: with the bit of the one before. */
  async ask(control: number, data: string, again = false): Promise<string | undefined> {
    if (!again) this.#bit = 1 - this.#bit;
    this.heard.length = 0;
    this.send([control | this.#bit, ...parseHex(data)]);
    await this.clock.advance(100);
    return this.heard[0];
  }

  async poll(data: string, again = false): Promise<string | undefined> {
    return (await this.ask(0x10, data, again))?.slice(6);
  }

  async pollUntil(data: string, found: (answer: string) => boolean): Promise<string> {
    for (let polls = 0; polls < 200; polls += 1) {
      const answer = await this.poll(data);
      if (answer !== undefined && found(answer)) return answer;
    }
    throw new Error('200 polls were in vain');
  }

  /** Started, and enabled for every note. */
  async ready(): Promise<void> {
    this.mechanics.powerOn();
    await this.pollUntil(shut, (answer) => answer.slice(3, 11) === '01 10 00');
    await this.poll(open);
  }

  /** A note in escrow. */
  async escrow(): Promise<void> {
    await this.ready();
    this.mechanics.insert(tengeNote(5_000));
    await this.pollUntil(open, (answer) => answer.startsWith('7') && answer.slice(6, 8) === '04');
  }
}

describe('a simulated EBDS acceptor', () => {
  it('starts, and draws a note in only with the gate open', async () => {
    const host = new Host();
    host.mechanics.powerOn();
    await host.clock.advance(1_500);
    expect(await host.poll(shut)).toMatch(/^2. 00 10 01/);
    await host.ready();
    await host.poll(shut);
    host.mechanics.insert(tengeNote(5_000));
    expect(host.mechanics.path.kind).toBe('empty');
    await host.poll(open);
    host.mechanics.insert(tengeNote(5_000));
    expect(await host.poll(open)).toMatch(/^2. 02 10 00/);
  });

  it('tells escrow and stacking in the bytes of the worked example', async () => {
    const host = new Host();
    await host.escrow();
    const tail = '54 2A 00 4B 5A 54 30 30 35 2B 30 33 00 41 41 42 41 00 00 00';
    expect((await host.poll(open))?.slice(3, -6)).toBe(`02 04 10 00 10 ${tail}`);
    expect((await host.poll(stack))?.slice(3, -6)).toBe('08 10 00 10 54 2A');
    const told = await host.pollUntil(open, (answer) => answer.startsWith('7'));
    expect(told.slice(3, -6)).toBe(`02 11 10 00 10 ${tail}`);
    expect(host.mechanics.cassette?.notes).toHaveLength(1);
  });

  it('does nothing for a message with the bit of the one before, and says its answer again', async () => {
    const host = new Host();
    await host.escrow();
    const before = await host.poll(open);
    expect(await host.poll(stack, true)).toBe(before);
    expect(host.mechanics.path.kind).toBe('escrowed');
    const acting = new Host({ onSameBit: 'acts' });
    await acting.escrow();
    await acting.poll(stack, true);
    expect(acting.mechanics.path.kind).toBe('stacking');
  });

  it('shows an event for so many new answers', async () => {
    const host = new Host({ eventReplies: 3 });
    await host.escrow();
    await host.poll(stack);
    await host.pollUntil(open, (answer) => answer.startsWith('7'));
    const again = await host.poll(open, true);
    expect(again?.startsWith('7')).toBe(true);
    const kinds: (string | undefined)[] = [];
    for (let polls = 0; polls < 4; polls += 1) kinds.push((await host.poll(open))?.charAt(0));
    expect(kinds).toEqual(['7', '7', '2', '2']);
  });

  it.each([
    // 5 000 is the fifth value of the table: 5 in bits 3 to 5.
    ['value', '2', '11 10 28'],
    ['bare', '7', '02 11 10 00'],
  ] as const)('tells the credit event by %s, if it is told to', async (stackedTold, type, bits) => {
    const host = new Host({ stackedTold });
    await host.escrow();
    await host.poll(stack);
    const told = await host.pollUntil(open, (answer) => answer.slice(3).startsWith(bits));
    expect(told.charAt(0)).toBe(type);
  });

  it('gives a note back, and says so until it is taken', async () => {
    const host = new Host();
    await host.escrow();
    expect(await host.poll(giveBack)).toMatch(/^2. 20 10 00/);
    await host.clock.advance(5_000);
    expect(await host.poll(open)).toMatch(/^2. 20/);
    host.mechanics.take();
    expect(await host.poll(open)).toMatch(/^2. 41/);
  });

  it('counts why it has rejected a note, and tells nothing else about it', async () => {
    const host = new Host();
    await host.ready();
    const counters = async (): Promise<string> => (await host.ask(0x60, '00 00 0B')) ?? '';
    const before = await counters();
    host.mechanics.insert(foreignNote());
    await host.pollUntil(open, (answer) => answer.slice(3, 8) === '01 12');
    await host.pollUntil(open, (answer) => answer.slice(3, 8) === '01 10');
    const after = await counters();
    const changed = [...before.split(' ')].flatMap((nibble, at) =>
      at > 2 && at < 59 && nibble !== after.split(' ')[at] ? [at - 3] : [],
    );
    // The seventh field's lowest nibble: recognition.
    expect(changed).toEqual([27]);
  });

  it('tells its notes one by one up to a blank entry, and takes only those that are enabled', async () => {
    const host = new Host();
    await host.ready();
    expect((await host.ask(0x70, `02 ${open} 01`))?.slice(9, -6)).toContain('01 4B 5A 54 30 30 32 2B 30 32');
    expect((await host.ask(0x70, `02 ${open} 0A`))?.slice(-59, -6)).toBe('00 '.repeat(18).trim());
    await host.ask(0x70, `03 ${open} 01 00 00 00 00 00 00 00`);
    host.mechanics.insert(tengeNote(5_000));
    await host.pollUntil(open, (answer) => answer.slice(3, 8) === '01 12');
  });

  it('returns a note by itself when its time is over', async () => {
    const host = new Host();
    await host.ready();
    await host.ask(0x70, `04 ${open} 1E 00`);
    host.mechanics.insert(tengeNote(5_000));
    await host.clock.advance(30_000);
    expect(host.mechanics.path.kind).toBe('escrowed');
    await host.clock.advance(1_300);
    expect(host.mechanics.path.kind).toBe('returning');
  });

  it('never ends its power-up for a host that polls too slowly', async () => {
    const host = new Host();
    host.mechanics.powerOn();
    await host.clock.advance(10_000);
    for (let polls = 0; polls < 20; polls += 1) {
      expect(await host.poll(shut)).toMatch(/^2. 00 10 01/);
      await host.clock.advance(400);
    }
    await host.poll(shut);
    expect(await host.poll(shut)).toMatch(/^2. 01 10 00/);
  });

  it.each([
    ['returns', 'returning', '20'],
    ['holds', 'stopped', '04'],
    ['holds-until-reset', 'stopped', '00'],
  ] as const)('with a note in the head after a power cut it %s it', async (onNoteInHead, path, state) => {
    const host = new Host({ onNoteInHead });
    await host.escrow();
    host.mechanics.powerOff();
    host.mechanics.powerOn();
    await host.clock.advance(7_000);
    const answer = await host.pollUntil(shut, (told) => !/^2. 00 10 01/.test(told));
    expect(host.mechanics.path.kind).toBe(path);
    expect(answer.slice(answer.startsWith('7') ? 6 : 3).slice(0, 2)).toBe(state);
  });
});
