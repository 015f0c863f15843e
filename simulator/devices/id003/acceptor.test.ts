import { describe, expect, it } from 'vitest';
import { Cassette } from '../acceptor/cassette.ts';
import { foreignNote, tengeNote } from '../acceptor/notes.ts';
import { frames, replies, TestHost } from './test-host.ts';

/* What ID-003 §9 asks a simulator to show, on the wire. */

const pastReturnMs = 700;
const beforeReturnMs = 200;

async function opened(...settings: ConstructorParameters<typeof TestHost>): Promise<TestHost> {
  const host = new TestHost(...settings);
  await host.open();
  return host;
}

describe('ID-003 start', () => {
  it('answers nothing before it has booted, and sends stray zeros', async () => {
    const host = new TestHost();
    host.mechanics.powerOn();
    expect(await host.ask(frames.statusRequest)).toBe('00 00');
    await host.clock.advance(1_000);
    expect(await host.status()).toBe('40');
  });

  it('acknowledges RESET, waits in 1B for all settings, and is then idle or disabled', async () => {
    const host = new TestHost();
    await host.powerUp();
    expect(await host.ask(frames.reset)).toBe(replies.ack);
    expect(await host.statusFor(8_000)).toEqual(['1B']);
    await host.tellSettings(frames.inhibitOn);
    expect(await host.status()).toBe('1A');
    expect(await host.ask(frames.inhibitOff)).toBe(frames.inhibitOff);
    expect(await host.status()).toBe('11');
  });

  it('tells every setting back, and loses all of them on RESET', async () => {
    const host = await opened();
    for (const frame of [frames.disable61, frames.securityLow, frames.polled, frames.allDirections]) {
      expect(await host.ask(frame)).toBe(frame);
    }
    expect(await host.ask('FC 05 80 27 D3')).toContain('80 01 00');
    await host.ask(frames.reset);
    expect(await host.ask('FC 05 80 27 D3')).toContain('80 FF FF');
  });

  it('names itself, and has no answer to what it does not know', async () => {
    const host = await opened();
    expect(await host.ask(frames.version)).toMatch(/^FC 2F 88 55 28 4B 41 5A 29/);
    expect(await host.ask('FC 06 C3 F9 4A BD')).toBe(replies.communicationError);
    expect(await host.ask('FC 05 D0 A2 81')).toBe(replies.invalidCommand);
  });
});

describe('ID-003 note', () => {
  it('goes to the box through 12, 13, 14, 15 and 16', async () => {
    const host = await opened();
    host.mechanics.insert(tengeNote(1_000));
    expect(await host.statusFor(1_300)).toEqual(['12', '13 64']);
    expect(await host.ask(frames.stack2)).toBe(replies.ack);
    expect(await host.statusFor(2_000)).toEqual(['14', '15', '16', '11']);
    expect(host.mechanics.cassette?.notes).toHaveLength(1);
  });

  it('is told as 15 until the ACK, to which nothing is said', async () => {
    const host = await opened();
    await host.stackingFor(1_300);
    expect(await host.statusFor(5_000, 'no ack')).toEqual(['15']);
    expect(await host.ask(frames.ack)).toBe('');
    expect(await host.statusFor(1_000)).toEqual(['16', '11']);
  });

  it('is not acknowledged by an ACK that came before its 15 was told', async () => {
    const host = await opened();
    await host.stackingFor(1_300);
    await host.ask(frames.ack);
    expect(await host.status()).toBe('15');
  });

  it('goes back at RETURN, and shows 18 until it is taken', async () => {
    const host = await opened();
    await host.escrow();
    expect(await host.ask(frames.returnNote)).toBe(replies.ack);
    expect(await host.statusFor(3_000)).toEqual(['18']);
    host.mechanics.take();
    expect(await host.status()).toBe('11');
  });

  it('goes back with 17 79 after ten seconds without a command, held or not', async () => {
    const host = await opened();
    await host.escrow();
    expect(await host.statusFor(9_000)).toEqual(['13 64']);
    expect(await host.ask(frames.hold)).toBe(replies.ack);
    expect(await host.statusFor(9_000)).toEqual(['19']);
    expect(await host.statusFor(4_000)).toEqual(['19', '17 79']);
    host.mechanics.take();
    expect(await host.status()).toBe('11');
  });

  it('goes back when the host has said nothing for three seconds', async () => {
    const host = await opened();
    await host.escrow();
    await host.clock.advance(4_000);
    expect(host.mechanics.mouth?.wasReturned).toBe(true);
  });

  it.each([
    ['stack', frames.stack2],
    ['return', frames.returnNote],
    ['hold', frames.hold],
    ['wait', frames.wait],
  ])('%s is invalid outside escrow', async (_name, frame) => {
    const host = await opened();
    expect(await host.ask(frame)).toBe(replies.invalidCommand);
    await host.stackingFor(300);
    expect(await host.ask(frame)).toBe(replies.invalidCommand);
  });

  it.each([
    ['crooked', tengeNote(1_000, 'crooked'), '17 71'],
    ['unreadable', tengeNote(1_000, 'unreadable'), '17 78'],
    ['doubtful', tengeNote(1_000, 'doubtful'), '17 7F'],
    ['foreign', foreignNote(), '17 76'],
  ])('that is %s is rejected until it is taken', async (_name, note, status) => {
    const host = await opened();
    host.mechanics.insert(note);
    expect(await host.statusFor(4_000)).toEqual(['12', status]);
    host.mechanics.take();
    expect(await host.status()).toBe('11');
  });

  it('of a refused denomination is rejected with 79', async () => {
    const host = await opened();
    // Bit 3: code 64.
    await host.ask('FC 07 C0 08 00 ED 7B');
    host.mechanics.insert(tengeNote(1_000));
    expect(await host.statusFor(2_500)).toEqual(['12', '17 79']);
  });
});

describe('ID-003 power', () => {
  it.each([
    ['in escrow', 0, '41'],
    ['before the point of return', beforeReturnMs, '41'],
    ['past it', pastReturnMs, '42'],
  ])('cut with a note %s', async (_name, stackedMs, status) => {
    const host = await opened();
    if (stackedMs === 0) await host.escrow();
    else await host.stackingFor(stackedMs);
    await host.cutPower();
    expect(await host.status()).toBe(status);
    expect(host.mechanics.cassette?.notes).toHaveLength(0);
  });

  it('a note in the head goes out after RESET', async () => {
    const host = await opened();
    await host.stackingFor(beforeReturnMs);
    await host.cutPower();
    await host.ask(frames.reset);
    expect(await host.statusFor(2_000)).toEqual(['18']);
    host.mechanics.take();
    await host.tellSettings(frames.inhibitOn);
    expect(await host.statusFor(8_000)).toEqual(['1B', '1A']);
  });

  it.each([
    ['ends in 15 with power recovery', frames.powerRecovery, ['14', '15', '16', '1A']],
    ['goes silently into the box without', 'FC 07 C5 00 00 90 8C', ['14', '1A']],
  ])('a note past the point of return %s', async (_name, options, statuses) => {
    const host = await opened();
    await host.stackingFor(pastReturnMs);
    await host.cutPower();
    await host.ask(frames.reset);
    await host.clock.advance(6_000);
    await host.tellSettings(frames.inhibitOn, options);
    expect(await host.statusFor(3_000)).toEqual(statuses);
    expect(host.mechanics.cassette?.notes).toHaveLength(1);
  });

  it('cut right after the note is in the box and before 15 is acknowledged: it is forgotten', async () => {
    const host = await opened();
    await host.stackingFor(1_300);
    expect(await host.status()).toBe('15');
    await host.cutPower();
    expect(await host.status()).toBe('40');
  });
});

describe('ID-003 mishaps', () => {
  it('a jam, the box out, a full box and a failing part have their status until cured and reset', async () => {
    for (const [strike, cure, status] of [
      ['jam', 'clear', '45'],
      ['out', 'in', '44'],
      ['fail', 'clear', '49 A2'],
    ] as const) {
      const host = await opened();
      const box = host.mechanics.cassette ?? new Cassette();
      if (strike === 'jam') host.mechanics.obstruct('head');
      if (strike === 'out') host.mechanics.removeCassette();
      if (strike === 'fail') host.mechanics.fail(0xa2);
      expect(await host.statusFor(500)).toEqual([status]);
      if (cure === 'clear') host.mechanics.clearJam();
      else host.mechanics.insertCassette(box);
      expect(await host.status()).toBe(status);
      await host.ask(frames.reset);
      await host.tellSettings(frames.inhibitOn);
      expect(await host.statusFor(6_000)).toEqual(['1B', '1A']);
    }
  });

  it('a note pressed against a jam in the box is 46, and credited after service', async () => {
    const host = await opened();
    host.mechanics.obstruct('cassette');
    await host.stackingFor(1_300);
    expect(await host.status()).toBe('46');
    host.mechanics.clearJam();
    await host.ask(frames.reset);
    await host.tellSettings(frames.inhibitOn);
    expect(await host.statusFor(8_000)).toContain('15');
  });

  it('a full box is told behind the 15 of the note that filled it', async () => {
    const host = await opened();
    await host.escrow();
    host.mechanics.fillCassette();
    await host.ask(frames.stack2);
    expect(await host.statusFor(2_000)).toEqual(['14', '15', '43']);
  });

  it('a second note is 47 until it is taken, and a note pulled back is 48', async () => {
    const host = await opened();
    await host.escrow();
    host.mechanics.insert(tengeNote(500));
    expect(await host.statusFor(1_000)).toEqual(['47']);
    host.mechanics.take();
    expect(await host.status()).toBe('13 64');
    await host.ask(frames.stack2);
    host.mechanics.pull();
    expect(await host.status()).toBe('48');
  });
});
