import { describe, expect, it } from 'vitest';
import { foreignNote, tengeNote } from '../acceptor/notes.ts';
import { bytesOf, frames, hexOf, replies, TestHost } from './test-host.ts';

const noReply = '';

async function enabledHost(...settings: ConstructorParameters<typeof TestHost>): Promise<TestHost> {
  const host = new TestHost(...settings);
  await host.enable();
  return host;
}

describe('CCNET start', () => {
  it('is silent while booting, then shows 10 until a RESET, 13, and 19', async () => {
    const host = new TestHost();
    host.mechanics.powerOn();
    expect(await host.ask(frames.poll)).toBe(noReply);
    await host.clock.advance(1000);
    expect(await host.ask(frames.poll)).toBe('02 03 06 10 43 92');
    await host.clock.advance(60_000);
    expect(await host.poll()).toBe('10');
    expect(await host.ask(frames.reset)).toBe(replies.ack);
    expect(await host.ask(frames.poll)).toBe('02 03 06 13 D8 A0');
    await host.clock.advance(5000);
    expect(await host.ask(frames.poll)).toBe('02 03 06 19 82 0F');
  });

  it('counts BUSY down before 13', async () => {
    const host = new TestHost({ busyAfterResetMs: 520 });
    await host.powerUp();
    await host.ask(frames.reset);
    expect(await host.ask(frames.poll)).toBe('02 03 07 1B 05 D4 99');
    expect(await host.pollFor(800)).toEqual(['1B 05', '1B 04', '1B 03', '1B 02', '1B 01', '13']);
  });

  it('gives 34 bytes of identification and 120 of bill table, in the states of CCNET §5 only', async () => {
    const host = new TestHost();
    await host.powerUp();
    expect(bytesOf(await host.ask(frames.identification)).length).toBe(34 + 5);
    expect(bytesOf(await host.ask(frames.getBillTable)).length).toBe(120 + 5);
    await host.resetAndEnable();
    expect(await host.ask(frames.identification)).toBe(replies.illegal);
    expect(await host.ask(frames.getBillTable)).toBe(replies.illegal);
    await host.ask(frames.disable);
    expect(bytesOf(await host.ask(frames.identification)).length).toBe(34 + 5);
    host.mechanics.fail(0x50);
    expect(bytesOf(await host.ask(frames.getBillTable)).length).toBe(120 + 5);
  });

  it('does not answer to another address, nor without power', async () => {
    const host = await enabledHost({ address: 0x01 });
    expect(await host.ask(frames.poll)).toBe(noReply);
    const other = await enabledHost();
    other.mechanics.powerOff();
    expect(await other.ask(frames.poll)).toBe(noReply);
  });

  it('loses the reply that it owes when its power goes', async () => {
    const host = await enabledHost();
    const heard: Uint8Array[] = [];
    host.acceptor.connect((bytes) => heard.push(bytes));
    host.acceptor.receive(bytesOf(frames.poll));
    host.mechanics.powerOff();
    await host.clock.advance(20);
    expect(heard).toEqual([]);
  });
});

describe('CCNET enabling', () => {
  it('goes between 19 and 14 and reports only types it has', async () => {
    const host = await enabledHost({ readsCoupons: false });
    expect(await host.ask(frames.poll)).toBe('02 03 06 14 67 D4');
    await host.ask(frames.enableAll);
    expect(await host.ask(frames.getStatus)).toBe('02 03 0B 00 00 7F 00 00 00 14 8F');
    expect(await host.ask(frames.disable)).toBe(replies.ack);
    expect(await host.poll()).toBe('19');
  });

  it('shows the coupon type after enabling all', async () => {
    const host = await enabledHost();
    await host.ask(frames.enableAll);
    expect((await host.ask(frames.getStatus)).split(' ').slice(3, 9).join(' ')).toBe('80 00 7F 00 00 00');
  });

  it('refuses ENABLE before the end of the initialization and forgets it at a RESET', async () => {
    const host = new TestHost();
    await host.powerUp();
    expect(await host.ask(frames.enableTypes0To6)).toBe(replies.illegal);
    await host.resetAndEnable();
    expect(await host.poll()).toBe('14');
    await host.ask(frames.reset);
    await host.clock.advance(5000);
    expect(await host.poll()).toBe('19');
  });

  it('leaves a note in the hand while disabled', async () => {
    const host = await enabledHost();
    await host.ask(frames.disable);
    host.mechanics.insert(tengeNote(500));
    expect(host.events.at(-1)).toMatchObject({ kind: 'note-refused', reason: 'not-accepting' });
  });

  it('stacks without asking where the escrow bit is 0', async () => {
    const host = new TestHost();
    await host.powerUp();
    await host.ask(frames.reset);
    await host.clock.advance(5000);
    // Types 0-6 enabled, no escrow; its checksum follows from the algorithm that the worked frames prove.
    await host.ask('02 03 0C 34 00 00 7F 00 00 00 AB E4');
    expect(await host.poll()).toBe('14');
    host.mechanics.insert(tengeNote(1000));
    expect(await host.pollFor(3000)).toEqual(['15', '17', '81 02', '14']);
  });
});

describe('CCNET note', () => {
  it('goes 15, 80, 17, 81, 14 within two to three seconds', async () => {
    const host = await enabledHost();
    host.mechanics.insert(tengeNote(1000));
    expect(await host.poll()).toBe('15');
    await host.clock.advance(1200);
    expect(await host.ask(frames.poll)).toBe('02 03 07 80 02 9E 10');
    expect(await host.ask(frames.stack)).toBe(replies.ack);
    expect(await host.poll()).toBe('17');
    expect(host.mechanics.cassette?.notes).toHaveLength(0);
    await host.clock.advance(1200);
    expect(host.mechanics.cassette?.totalMinor('KZT')).toBe(100_000);
    expect(await host.ask(frames.poll)).toBe('02 03 07 81 02 46 09');
    await host.ask(frames.ack);
    expect(await host.poll()).toBe('14');
  });

  it('returned on demand is 18 until taken, then 82', async () => {
    const host = await enabledHost();
    await host.escrow(tengeNote(1000));
    expect(await host.ask(frames.returnNote)).toBe(replies.ack);
    expect(await host.pollFor(30_000)).toEqual(['18']);
    host.mechanics.take();
    expect(await host.ask(frames.poll)).toBe('02 03 07 82 02 2E 23');
    await host.ask(frames.ack);
    expect(await host.poll()).toBe('14');
  });

  it('shows nothing of what befell the one before it', async () => {
    const host = await enabledHost();
    await host.escrow(tengeNote(500, 'unreadable'));
    await host.pollFor(1000);
    host.mechanics.take();
    await host.escrow(tengeNote(1000));
    await host.ask(frames.hold);
    await host.ask(frames.returnNote);
    expect(await host.pollFor(1000)).toEqual(['18']);
    host.mechanics.take();
    expect(await host.poll()).toBe('82 02');
    await host.escrow(tengeNote(5000));
    expect(await host.poll()).toBe('80 04');
  });

  it('goes back by itself after 10 s without a command, polled or not', async () => {
    const host = await enabledHost();
    await host.escrow();
    await host.clock.advance(9900);
    expect(await host.poll()).toBe('80 04');
    await host.clock.advance(100);
    expect(await host.poll()).toBe('18');
  });

  it('is held by HOLD, a window at a time, up to the longest', async () => {
    const host = await enabledHost({ holdWindowMs: 10_000, holdMsMax: 25_000 });
    await host.escrow();
    await host.clock.advance(8_000);
    expect(await host.ask(frames.hold)).toBe(replies.ack);
    expect(await host.ask(frames.poll)).toBe('02 03 06 1A 19 3D');
    await host.clock.advance(8_000);
    await host.ask(frames.hold);
    await host.clock.advance(8_000);
    expect(await host.poll()).toBe('1A');
    await host.ask(frames.hold);
    await host.clock.advance(2_000);
    expect(await host.poll()).toBe('18');
  });

  it('can be stacked out of HOLD', async () => {
    const host = await enabledHost();
    await host.escrow();
    await host.ask(frames.hold);
    expect(await host.ask(frames.stack)).toBe(replies.ack);
    expect(await host.pollFor(2000)).toEqual(['17', '81 04', '14']);
  });

  it.each([
    ['inhibited', tengeNote(200), '1C 68'],
    ['unreadable', tengeNote(1000, 'unreadable'), '1C 67'],
    ['doubtful', tengeNote(1000, 'doubtful'), '1C 66'],
    ['crooked', tengeNote(1000, 'crooked'), '1C 60'],
    ['foreign', foreignNote(), '1C 65'],
  ])('that is %s is rejected with its reason and no 82', async (_, note, report) => {
    const host = await enabledHost();
    // Types 1-6: 500 to 20 000.
    await host.ask('02 03 0C 34 00 00 7E 00 00 7E E9 62');
    host.mechanics.insert(note);
    expect(await host.pollFor(3000)).toEqual(['15', report, '14']);
    host.mechanics.take();
    expect(await host.pollFor(500)).toEqual(['14']);
    expect(host.mechanics.cassette?.notes).toHaveLength(0);
  });

  it.each([frames.stack, frames.returnNote, frames.hold])(
    'absent from escrow, makes %s illegal',
    async (frame) => {
      const host = await enabledHost();
      expect(await host.ask(frame)).toBe(replies.illegal);
      await host.escrow();
      await host.ask(frames.stack);
      expect(await host.ask(frame)).toBe(replies.illegal);
    },
  );
});

describe('CCNET acknowledgement', () => {
  it('keeps 81 until that very reply is acknowledged', async () => {
    const host = await enabledHost();
    await host.escrow();
    await host.ask(frames.stack);
    await host.clock.advance(1200);
    expect(await host.peek()).toBe('81 04');
    expect(await host.peek()).toBe('81 04');
    await host.ask(frames.getStatus);
    await host.ask(frames.ack);
    expect(await host.peek()).toBe('81 04');
    await host.ask(frames.ack);
    expect(await host.peek()).toBe('14');
  });

  it('repeats 80 whether or not it is acknowledged', async () => {
    const host = await enabledHost();
    await host.escrow();
    expect([await host.poll(), await host.poll(), await host.peek()]).toEqual(['80 04', '80 04', '80 04']);
  });

  it('draws no further note in before 81 is acknowledged', async () => {
    const host = await enabledHost();
    await host.escrow();
    await host.ask(frames.stack);
    await host.clock.advance(1200);
    host.mechanics.insert(tengeNote(500));
    expect(host.events.at(-1)?.kind).toBe('note-refused');
    await host.poll();
    host.mechanics.insert(tengeNote(500));
    expect(host.events.at(-1)?.kind).toBe('note-inserted');
  });

  it('answers a wrong checksum with NAK and does nothing', async () => {
    const host = await enabledHost();
    await host.escrow();
    expect(await host.ask('02 03 06 35 EC E5')).toBe(replies.nak);
    expect(await host.poll()).toBe('80 04');
  });

  it('forgets a frame that stops half-way', async () => {
    const host = await enabledHost();
    await host.ask('02 03 7D 33');
    await host.clock.advance(50);
    expect(await host.poll()).toBe('14');
  });

  it('repeats its last reply after a NAK, and answers the repeated command without executing it again', async () => {
    const host = await enabledHost();
    await host.escrow();
    await host.ask(frames.stack);
    expect(await host.ask(frames.nak)).toBe(replies.ack);
    expect(await host.ask(frames.stack)).toBe(replies.ack);
    expect(await host.ask(frames.stack)).toBe(replies.illegal);
  });

  it('replies once more for each repetition while the host goes on refusing', async () => {
    const host = await enabledHost();
    expect(await host.ask(`${frames.poll} ${frames.nak}`)).toBe('02 03 06 14 67 D4 02 03 06 14 67 D4');
  });

  it('takes some milliseconds to reply', async () => {
    const host = await enabledHost({ replyDelayMs: 9 });
    const heard: Uint8Array[] = [];
    host.acceptor.connect((bytes) => heard.push(bytes));
    host.acceptor.receive(bytesOf(frames.poll));
    await host.clock.advance(8);
    expect(heard).toEqual([]);
    await host.clock.advance(1);
    expect(hexOf(heard)).toBe('02 03 06 14 67 D4');
  });
});
