import { describe, expect, it } from 'vitest';
import { tengeNote } from '../acceptor/notes.ts';
import { tengeRecord, tengeTableInHundreds } from './bill-table.ts';
import { bytesOf, frames, replies, TestHost } from './test-host.ts';

/* What CCNET §10 leaves open: every possibility can be chosen, and shows on the wire. */

async function enabledHost(...settings: ConstructorParameters<typeof TestHost>): Promise<TestHost> {
  const host = new TestHost(...settings);
  await host.enable();
  return host;
}

describe('CCNET points not verified', () => {
  it('81 told once, acknowledged or not', async () => {
    const host = await enabledHost({ holdsReportsUntilAck: false });
    await host.escrow();
    await host.ask(frames.stack);
    await host.clock.advance(1200);
    expect([await host.peek(), await host.peek()]).toEqual(['81 04', '14']);
  });

  it('NAK waits for the repeated command', async () => {
    const host = await enabledHost({ onNak: 'waits-for-command' });
    await host.escrow();
    await host.ask(frames.stack);
    expect(await host.ask(frames.nak)).toBe('');
    expect(await host.ask(frames.stack)).toBe(replies.ack);
  });

  it.each([
    ['keeps-accepting', 'note-inserted'],
    ['stops-accepting', 'note-refused'],
  ] as const)('host silent while enabled: %s', async (onSilentHost, kind) => {
    const host = await enabledHost({ onSilentHost });
    await host.clock.advance(5_001);
    host.mechanics.insert(tengeNote(500));
    expect(host.events.at(-1)?.kind).toBe(kind);
    await host.poll();
    host.mechanics.take();
    expect(await host.poll()).toBe(kind === 'note-inserted' ? '15' : '14');
  });

  it('ENABLE 000000 with a note in escrow keeps it', async () => {
    const host = await enabledHost({ onDisableWithNote: 'keeps-note' });
    await host.escrow();
    await host.ask(frames.disable);
    expect(await host.poll()).toBe('80 04');
    await host.ask(frames.stack);
    expect(await host.pollFor(2000)).toEqual(['17', '81 04', '19']);
  });

  it('ENABLE 000000 with a note in escrow returns it', async () => {
    const host = await enabledHost({ onDisableWithNote: 'returns-note' });
    await host.escrow();
    await host.ask(frames.disable);
    expect(await host.poll()).toBe('18');
    await host.clock.advance(1000);
    host.mechanics.take();
    expect(await host.pollFor(500)).toEqual(['82 04', '19']);
  });

  it.each([
    ['keeps-note', ['15', '1C 68', '19']],
    ['returns-note', ['18']],
  ] as const)('ENABLE 000000 while a note is drawn in: %s', async (onDisableWithNote, states) => {
    const host = await enabledHost({ onDisableWithNote });
    host.mechanics.insert(tengeNote(5000));
    await host.ask(frames.disable);
    expect(await host.pollFor(3000)).toEqual(states);
  });

  it.each([
    ['returns-note', 0, ['13', '19']],
    ['stacks-note', 1, ['13', '81 04', '19']],
  ] as const)('RESET with a note in escrow: %s', async (onResetInEscrow, noteCount, states) => {
    const host = await enabledHost({ onResetInEscrow });
    await host.escrow();
    await host.ask(frames.reset);
    expect(await host.pollFor(8000)).toEqual(states);
    expect(host.mechanics.cassette?.notes).toHaveLength(noteCount);
  });

  it.each([
    ['only-13', ['13', '19'], ['19']],
    ['returning', ['18'], ['19']],
    ['returned', ['13'], ['82 04', '19']],
  ] as const)('a note going out after 11: %s', async (whileEjecting, untilTaken, afterwards) => {
    const host = await enabledHost({ whileEjecting });
    await host.escrow();
    host.mechanics.powerOff();
    await host.powerUp();
    await host.ask(frames.reset);
    await host.clock.advance(whileEjecting === 'only-13' ? 0 : 1000);
    expect(await host.pollFor(8000)).toEqual(untilTaken);
    host.mechanics.take();
    expect(await host.pollFor(8000)).toEqual(afterwards);
  });

  it('SET SECURITY accepted, or always illegal', async () => {
    const willing = await enabledHost();
    expect(await willing.ask(frames.securityNone)).toBe(replies.ack);
    const unwilling = await enabledHost({ setSecurity: 'always-illegal' });
    expect(await unwilling.ask(frames.securityNone)).toBe(replies.illegal);
  });

  it('SET SECURITY is illegal while a note moves', async () => {
    const host = await enabledHost();
    host.mechanics.insert(tengeNote(500));
    expect(await host.ask(frames.securityNone)).toBe(replies.illegal);
  });

  it.each([
    ['at-rest', replies.illegal, replies.illegal],
    ['initialized', replies.illegal, replies.ack],
    ['always', replies.ack, replies.ack],
  ] as const)('settings legal %s', async (settingsLegal, atPowerUp, inEscrow) => {
    const host = new TestHost({ settingsLegal });
    await host.powerUp();
    expect(await host.ask(frames.disable)).toBe(atPowerUp);
    await host.resetAndEnable();
    await host.escrow();
    expect(await host.ask(frames.enableTypes0To6)).toBe(inEscrow);
  });

  it('another table: other mantissas, other currency, gaps, a type further up', async () => {
    const dollars = { ...tengeRecord(20, 0, 'USA'), currency: 'USD' };
    const host = await enabledHost({ billTable: tengeTableInHundreds });
    expect(bytesOf(await host.ask(frames.getBillTable))).toHaveLength(6);
    host.acceptor.changeSettings({ billTable: [undefined, dollars, undefined, tengeRecord(5000, 3, 'KZT')] });
    await host.ask(frames.disable);
    const table = bytesOf(await host.ask(frames.getBillTable)).slice(3, 23);
    expect([...table]).toEqual([
      ...[0, 0, 0, 0, 0],
      ...[20, 0x55, 0x53, 0x41, 0],
      ...[0, 0, 0, 0, 0],
      ...[5, 0x4b, 0x5a, 0x54, 3],
    ]);
    await host.ask(frames.enableTypes0To6);
    await host.escrow(tengeNote(5000));
    expect(await host.poll()).toBe('80 03');
  });
});
