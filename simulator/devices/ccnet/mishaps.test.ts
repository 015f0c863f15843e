import { describe, expect, it } from 'vitest';
import { Cassette } from '../acceptor/cassette.ts';
import { tengeNote } from '../acceptor/notes.ts';
import { realTimings } from '../acceptor/timings.ts';
import { frames, replies, TestHost } from './test-host.ts';

async function enabledHost(...settings: ConstructorParameters<typeof TestHost>): Promise<TestHost> {
  const host = new TestHost(...settings);
  await host.enable();
  return host;
}

/** A note on its way from escrow to the cassette for so long. */
async function stackingFor(host: TestHost, ms: number): Promise<void> {
  await host.escrow();
  await host.ask(frames.stack);
  await host.clock.advance(ms);
}

async function resetAndPoll(host: TestHost, durationMs = 8000): Promise<string[]> {
  await host.ask(frames.reset);
  return host.pollFor(durationMs);
}

const beforeReturnMs = realTimings.pointOfNoReturnMs - 100;
const pastReturnMs = realTimings.pointOfNoReturnMs + 100;

describe('CCNET power cut', () => {
  it('with an empty path shows 10 and keeps the cassette', async () => {
    const host = await enabledHost();
    await stackingFor(host, 1200);
    await host.poll();
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.poll()).toBe('10');
    expect(host.mechanics.cassette?.totalMinor('KZT')).toBe(500_000);
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
  });

  it.each([
    ['entering', async (host: TestHost) => void host.mechanics.insert(tengeNote(5000))],
    ['in escrow', (host: TestHost) => host.escrow()],
    ['not yet past the point of return', (host: TestHost) => stackingFor(host, beforeReturnMs)],
  ])('with a note %s shows 11; RESET gives it back', async (_, bring) => {
    const host = await enabledHost();
    await bring(host);
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.ask(frames.poll)).toBe('02 03 06 11 CA 83');
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
    expect(host.mechanics.take()?.noteId).toBe(1);
    expect(host.mechanics.cassette?.notes).toHaveLength(0);
  });

  it('past the point of return shows 12; after RESET and 13 comes 81', async () => {
    const host = await enabledHost();
    await stackingFor(host, pastReturnMs);
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.ask(frames.poll)).toBe('02 03 06 12 51 B1');
    expect(host.mechanics.cassette?.notes).toHaveLength(0);
    expect(await resetAndPoll(host)).toEqual(['13', '81 04', '19']);
    expect(host.mechanics.cassette?.notes).toHaveLength(1);
  });

  it('after stacking and before the ACK loses the 81', async () => {
    const host = await enabledHost();
    await stackingFor(host, 1200);
    expect(await host.peek()).toBe('81 04');
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.poll()).toBe('10');
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
  });

  it.each([
    [true, '12', ['13', '81 04', '19']],
    [false, '10', ['13', '19']],
  ])('a second one before the ACK of a recovered 81: survives %s', async (survives, powerUpState, states) => {
    const host = await enabledHost({ recoveredCreditSurvivesPowerLoss: survives });
    await stackingFor(host, pastReturnMs);
    host.mechanics.powerOff();
    await host.powerUp();
    await host.ask(frames.reset);
    await host.clock.advance(6000);
    expect(await host.peek()).toBe('81 04');
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.poll()).toBe(powerUpState);
    expect(await resetAndPoll(host)).toEqual(states);
    expect(host.mechanics.cassette?.notes).toHaveLength(1);
  });

  it('during the recovery loses no note', async () => {
    const host = await enabledHost();
    await stackingFor(host, pastReturnMs);
    host.mechanics.powerOff();
    await host.powerUp();
    await host.ask(frames.reset);
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.poll()).toBe('12');
    expect(await resetAndPoll(host)).toEqual(['13', '81 04', '19']);
  });

  it('forgets the 81 once it was acknowledged', async () => {
    const host = await enabledHost();
    await stackingFor(host, pastReturnMs);
    host.mechanics.powerOff();
    await host.powerUp();
    await resetAndPoll(host);
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.poll()).toBe('10');
  });

  it('leaves a returned note in the mouth for whoever takes it', async () => {
    const host = await enabledHost();
    await host.escrow();
    await host.ask(frames.returnNote);
    await host.clock.advance(1000);
    host.mechanics.powerOff();
    await host.powerUp();
    expect(await host.poll()).toBe('10');
    expect(host.mechanics.take()?.noteId).toBe(1);
  });
});

describe('CCNET jam and failure', () => {
  it('in the head is 43 until freed and reset; the note goes back', async () => {
    const host = await enabledHost();
    await host.escrow();
    host.mechanics.obstruct('head');
    expect(await host.poll()).toBe('43');
    expect(await host.ask(frames.stack)).toBe(replies.illegal);
    expect(await resetAndPoll(host)).toEqual(['13', '43']);
    host.mechanics.clearJam();
    expect(await host.poll()).toBe('43');
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
    expect(host.mechanics.take()?.noteId).toBe(1);
  });

  it('in the cassette is 44 when a note is pressed against it; after service 81 follows', async () => {
    const host = await enabledHost();
    host.mechanics.obstruct('cassette');
    expect(await host.poll()).toBe('14');
    await host.escrow();
    await host.ask(frames.stack);
    expect(await host.pollFor(2000)).toEqual(['17', '44']);
    host.mechanics.clearJam();
    expect(await resetAndPoll(host)).toEqual(['13', '81 04', '19']);
  });

  it('may end in a technician taking the note, or dropping it into the cassette, without any 81', async () => {
    for (const goes of ['taken', 'cassette'] as const) {
      const host = await enabledHost();
      host.mechanics.obstruct('cassette');
      await stackingFor(host, 1200);
      host.mechanics.clearJam(goes);
      expect(await resetAndPoll(host)).toEqual(['13', '19']);
      expect(host.mechanics.cassette?.notes).toHaveLength(goes === 'taken' ? 0 : 1);
    }
  });

  it('tells the failure code until repaired and reset', async () => {
    const host = await enabledHost();
    host.mechanics.fail(0x50);
    expect(await host.ask(frames.poll)).toBe('02 03 07 47 50 AB E6');
    host.mechanics.clearJam();
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
  });

  it('keeps an unacknowledged 81 before the fault', async () => {
    const host = await enabledHost();
    await stackingFor(host, 1200);
    host.mechanics.fail(0x52);
    expect(await host.pollFor(500)).toEqual(['81 04', '47 52']);
  });
});

describe('CCNET hands', () => {
  it('that pull a moving note back are 45; past the point of return they cannot', async () => {
    const host = await enabledHost();
    host.mechanics.insert(tengeNote(5000));
    await host.clock.advance(300);
    expect(host.mechanics.pull()?.noteId).toBe(1);
    expect(await host.poll()).toBe('45');
    await host.resetAndEnable();
    await stackingFor(host, beforeReturnMs);
    expect(host.mechanics.pull()?.noteId).toBe(2);
    expect(await host.poll()).toBe('45');
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
    await host.ask(frames.enableTypes0To6);
    await stackingFor(host, pastReturnMs);
    expect(host.mechanics.pull()).toBeUndefined();
    expect(await host.pollFor(2000)).toEqual(['17', '81 04', '14']);
  });

  it('that push a second note in too early are 46 until it is taken away', async () => {
    const host = await enabledHost();
    host.mechanics.insert(tengeNote(5000));
    host.mechanics.insert(tengeNote(500));
    expect(await host.pollFor(5000)).toEqual(['46']);
    expect(host.mechanics.take()?.noteId).toBe(2);
    expect(await host.pollFor(2000)).toEqual(['15', '80 04']);
    host.mechanics.insert(tengeNote(500));
    expect(await host.poll()).toBe('46');
    expect(await host.ask(frames.stack)).toBe(replies.illegal);
    host.mechanics.take();
    expect(await host.poll()).toBe('80 04');
  });

  it('that never take the second note away lose it to the first one going out', async () => {
    const host = await enabledHost();
    await host.escrow();
    host.mechanics.insert(tengeNote(500));
    await host.clock.advance(10_000);
    expect(await host.pollFor(1000)).toEqual(['18']);
    expect(host.events.filter((event) => event.kind === 'note-taken')).toMatchObject([
      { note: { noteId: 2 } },
    ]);
  });

  it('that hold the next note ready have it drawn in after the ACK of the 81', async () => {
    const host = await enabledHost();
    await stackingFor(host, pastReturnMs);
    host.mechanics.insert(tengeNote(2000));
    expect(await host.pollFor(4000)).toEqual(['17', '81 04', '15', '80 03']);
  });

  it('cannot put a note in while one lies in the mouth', async () => {
    const host = await enabledHost();
    await host.escrow();
    await host.ask(frames.returnNote);
    await host.clock.advance(1000);
    host.mechanics.insert(tengeNote(500));
    expect(host.events.at(-1)).toMatchObject({ kind: 'note-refused', reason: 'mouth-blocked' });
  });
});

describe('CCNET cassette', () => {
  it.each([
    ['waits-for-reset', ['42']],
    ['initializes', ['13', '19']],
  ] as const)('back after removal: %s', async (onCassetteBack, states) => {
    const host = await enabledHost({ onCassetteBack });
    const cassette = host.mechanics.removeCassette();
    expect(await host.poll()).toBe('42');
    host.mechanics.insertCassette(cassette ?? new Cassette());
    expect(await host.pollFor(8000)).toEqual(states);
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
  });

  it('missing at a RESET is 42 again', async () => {
    const host = await enabledHost();
    host.mechanics.removeCassette();
    expect(await resetAndPoll(host)).toEqual(['13', '42']);
  });

  it('pulled while a note goes into it: the note ends in the next one, with its 81', async () => {
    const host = await enabledHost();
    await stackingFor(host, pastReturnMs);
    const full = host.mechanics.removeCassette();
    expect(await host.poll()).toBe('42');
    host.mechanics.insertCassette(new Cassette());
    expect(await resetAndPoll(host)).toEqual(['13', '81 04', '19']);
    expect(full?.notes).toHaveLength(0);
    expect(host.mechanics.cassette?.notes).toHaveLength(1);
  });

  it('is 41 when the last place is taken, after the 81 of that note', async () => {
    const host = await enabledHost();
    host.mechanics.removeCassette();
    host.mechanics.insertCassette(new Cassette(1));
    await host.resetAndEnable();
    await stackingFor(host, 1200);
    expect(await host.pollFor(500)).toEqual(['81 04', '41']);
    expect(await resetAndPoll(host)).toEqual(['13', '41']);
    host.mechanics.removeCassette();
    host.mechanics.insertCassette(new Cassette());
    expect(await resetAndPoll(host)).toEqual(['13', '19']);
  });

  it('told full while a note is in escrow finishes that note first', async () => {
    const host = await enabledHost();
    await host.escrow();
    host.mechanics.fillCassette();
    expect(await host.poll()).toBe('80 04');
    await host.ask(frames.stack);
    expect(await host.pollFor(2000)).toEqual(['17', '81 04', '41']);
  });
});
