import { describe, expect, it } from 'vitest';
import { Cassette } from '../acceptor/cassette.ts';
import { tengeNote } from '../acceptor/notes.ts';
import type { Id003Settings } from './settings.ts';
import { frames, replies, TestHost } from './test-host.ts';

/* What ID-003 §10 and §11 leave open: every possibility can be chosen, and shows on the wire. */

async function opened(settings: Partial<Id003Settings> = {}): Promise<TestHost> {
  const host = new TestHost(settings);
  await host.open();
  return host;
}

const badFrame = 'FC 05 11 27 57';

describe('ID-003 points not verified', () => {
  it.each([
    ['communication-error', replies.communicationError],
    ['silence', ''],
  ] as const)('a damaged frame is answered with %s', async (onBadFrame, reply) => {
    const host = await opened({ onBadFrame });
    expect(await host.ask(badFrame)).toBe(reply);
  });

  it.each([
    ['nothing', '11', 'note-inserted'],
    ['inhibits', '1A', 'note-refused'],
    ['communication-error', '4A', 'note-inserted'],
  ] as const)('a silent host with nothing in escrow: %s', async (onSilentHost, status, event) => {
    const host = await opened({ onSilentHost });
    await host.clock.advance(4_000);
    expect(await host.status()).toBe(status);
    host.mechanics.insert(tengeNote(500));
    expect(host.events.at(-1)?.kind).toBe(event);
  });

  it('a note returned to a silent host may show as nothing', async () => {
    const host = await opened({ silentReturnShows: 'nothing' });
    await host.escrow();
    await host.clock.advance(3_200);
    expect(await host.status()).toBe('11');
    expect(host.mechanics.path.kind).toBe('returning');
  });

  it('15 may name its note, and 16 may be too short to be seen', async () => {
    const host = await opened({ vendValidNamesNote: true, stackedShownMs: 0 });
    await host.stackingFor(1_300);
    expect(await host.statusFor(1_000)).toEqual(['15 64', '11']);
  });

  it('a unit left without its ACK for a minute hears nothing but RESET', async () => {
    const host = await opened();
    await host.stackingFor(1_300);
    await host.statusFor(60_500, 'no ack');
    expect(await host.status()).toBe('');
    expect(await host.ask(frames.ack)).toBe('');
    expect(await host.ask(frames.reset)).toBe(replies.ack);
    expect(await host.status()).toBe('15');
  });

  it.each([
    ['repeats', '15'],
    ['forgets', '1B'],
  ] as const)('RESET in 15 %s it', async (onResetInVendValid, status) => {
    const host = await opened({ onResetInVendValid });
    await host.stackingFor(1_300);
    await host.ask(frames.reset);
    expect(await host.status()).toBe(status);
  });

  it.each([
    ['never', '40'],
    ['if-recovered', '40'],
    ['always', '42'],
  ] as const)('an unacknowledged 15 survives a power cut: %s', async (vendValidSurvivesPowerLoss, status) => {
    const host = await opened({ vendValidSurvivesPowerLoss });
    await host.stackingFor(1_300);
    await host.cutPower();
    expect(await host.status()).toBe(status);
  });

  it.each([
    ['initialize', '1B'],
    ['returning', '18'],
    ['rejecting', '17 79'],
  ] as const)('a note that goes out after 41 shows as %s', async (whileEjecting, status) => {
    const host = await opened({ whileEjecting });
    await host.escrow();
    await host.cutPower();
    await host.ask(frames.reset);
    expect(await host.status()).toBe(status);
  });

  it.each([
    ['at-reset', '14'],
    ['after-settings', '1B'],
  ] as const)('a note behind 42 goes on %s', async (stacksFoundNote, status) => {
    const host = await opened({ stacksFoundNote });
    await host.stackingFor(700);
    await host.cutPower();
    await host.ask(frames.reset);
    expect(await host.status()).toBe(status);
  });

  it.each([
    ['all', '1B'],
    ['set-denominations', '1A'],
    ['set-inhibit', '1B'],
  ] as const)('1B is released by %s', async (releasedBy, afterDenominations) => {
    const host = new TestHost({ releasedBy });
    await host.powerUp();
    await host.ask(frames.reset);
    await host.ask(frames.enableAll);
    await host.clock.advance(6_000);
    await host.ask(frames.enableAll);
    expect(await host.status()).toBe(afterDenominations);
    await host.tellSettings();
    expect(await host.status()).toBe('11');
  });

  it('a unit may be open for all notes after RESET', async () => {
    const host = new TestHost({ afterReset: 'open', releasedBy: 'set-denominations' });
    await host.powerUp();
    await host.ask(frames.reset);
    await host.clock.advance(6_000);
    await host.ask(frames.enableAll);
    expect(await host.status()).toBe('11');
  });

  it('settings may be invalid while notes are welcome, all but the inhibit', async () => {
    const host = await opened({ settingsLegal: 'inhibited' });
    expect(await host.ask(frames.disable61)).toBe(replies.invalidCommand);
    expect(await host.ask(frames.inhibitOn)).toBe(frames.inhibitOn);
    expect(await host.ask(frames.disable61)).toBe(frames.disable61);
  });

  it('questions may be invalid at power-up', async () => {
    const host = new TestHost({ readsLegal: 'initialized' });
    await host.powerUp();
    expect(await host.ask(frames.version)).toBe(replies.invalidCommand);
    await host.ask(frames.reset);
    expect(await host.ask(frames.version)).not.toBe(replies.invalidCommand);
  });

  it('some settings may be unknown, and are then not waited for', async () => {
    const host = await opened({ sideSettings: 'invalid' });
    expect(await host.ask(frames.securityLow)).toBe(replies.invalidCommand);
    expect(await host.status()).toBe('11');
  });

  it.each([
    ['keeps-note', '13 64'],
    ['returns-note', '18'],
  ] as const)('C3 01 with a note in escrow: %s', async (onInhibitWithNote, status) => {
    const host = await opened({ onInhibitWithNote });
    await host.escrow();
    await host.ask(frames.inhibitOn);
    expect(await host.status()).toBe(status);
  });

  it.each([
    ['returns-note', '18'],
    ['stacks-note', '14'],
  ] as const)('RESET with a note in escrow: %s', async (onResetInEscrow, status) => {
    const host = await opened({ onResetInEscrow });
    await host.escrow();
    await host.ask(frames.reset);
    expect(await host.status()).toBe(status);
  });

  it('17 may end while the note still lies in the mouth', async () => {
    const host = await opened({ rejectingShows: 'while-moving' });
    host.mechanics.insert(tengeNote(500, 'unreadable'));
    expect(await host.statusFor(4_000)).toEqual(['12', '17 78', '11']);
    expect(host.mechanics.mouth?.wasReturned).toBe(true);
  });

  it.each([
    ['waits-for-reset', '44'],
    ['initializes', '1B'],
    ['powers-up', '40'],
  ] as const)('the box back in its place: %s', async (onCassetteBack, status) => {
    const host = await opened({ onCassetteBack });
    host.mechanics.removeCassette();
    expect(await host.status()).toBe('44');
    host.mechanics.insertCassette(new Cassette());
    expect(await host.status()).toBe(status);
  });
});
