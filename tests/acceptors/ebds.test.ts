import { describe, expect, it } from 'vitest';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import type { EbdsSettings } from '../../simulator/devices/ebds/settings.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { TerminalBench } from './terminal-bench.ts';

/* What only EBDS has: each point that its document leaves open, one by one, against a power cut at each stage of a note. */

function bench(habits: Partial<EbdsSettings> = {}): TerminalBench {
  const acceptor = acceptorCases.find(({ protocol }) => protocol === 'ebds');
  if (acceptor === undefined) throw new Error('no EBDS');
  return new TerminalBench(acceptor, { habits });
}

const switches: readonly Partial<EbdsSettings>[] = [
  {},
  { eventReplies: 1 },
  { eventReplies: 5 },
  { onSameBit: 'acts' },
  { stackedTold: 'value' },
  { stackedTold: 'bare' },
  { foundNoteTold: 'bare' },
  { foundNoteTold: 'nothing' },
  { onNoteInHead: 'holds' },
  { onNoteInHead: 'holds-until-reset' },
  { untoldCredit: 'told-again' },
  { gateInExtendedMode: 'ignored' },
  { onGateShutWithNote: 'returns-note' },
  { hostSilenceMs: 5_000 },
  { enablesBytes: 19 },
  { settingAnswer: 'extended' },
  { sideMessages: 'invalid' },
  { sideMessages: 'unanswered' },
  { returningShows: 'while-moving' },
  { sendsEnq: true },
  { onResetInEscrow: 'stacks-note' },
  { resetAnswer: 'power-up' },
  { powerUpPollMsMax: 150 },
];

/** From the hand to the box and a little further: 1.2 s to escrow, 1.2 s more to the box. */
const cutsAtMs = [300, 1_190, 1_215, 1_260, 1_500, 1_650, 2_300, 2_430, 2_500, 2_700];

/** The note is credited, returned or told as doubtful; and credited only if the box holds it. */
function expectHonest(terminal: TerminalBench): void {
  const credits = terminal.credits.size;
  const inDoubt = terminal.of('acceptor-recovered').some(({ leftInPath }) => leftInPath === 'stacker');
  expect(credits).toBeLessThanOrEqual(terminal.boxed());
  if (!inDoubt) expect(credits).toBe(terminal.boxed());
  const returned = terminal.of('note-returned').filter(({ escrowId }) => escrowId !== undefined);
  expect(returned.length + terminal.boxed()).toBeLessThanOrEqual(1);
}

describe.each(switches)('EBDS with %j', (habits) => {
  it.each(cutsAtMs)('the power fails %i ms after a note went in', async (cutAtMs) => {
    const terminal = bench(habits);
    await terminal.ready();
    terminal.insert();
    await terminal.clock.advance(cutAtMs);
    terminal.leased = false;
    terminal.mechanics.powerOff();
    await terminal.clock.advance(4_000);
    terminal.mechanics.powerOn();
    for (let turn = 0; turn < 30; turn += 1) {
      terminal.mechanics.take();
      await terminal.clock.advance(1_000);
    }
    // A person resets what only that can bring back to work.
    terminal.driver.reset();
    for (let turn = 0; turn < 30; turn += 1) {
      terminal.mechanics.take();
      await terminal.clock.advance(1_000);
    }
    expect(terminal.count('acceptor-recovered')).toBeGreaterThan(0);
    expect(terminal.mechanics.path.kind).toBe('empty');
    expectHonest(terminal);
  });

  it('the host dies with a note in escrow: it comes out, and the next one is taken', async () => {
    const terminal = bench(habits);
    await terminal.ready();
    terminal.commitMs = 10_000;
    terminal.insert();
    await terminal.until('note-escrowed');
    await terminal.crashAndRestart(2_000);
    await terminal.untilEvent('note-in-mouth');
    terminal.mechanics.take();
    await terminal.until('acceptor-recovered');
    expect(terminal.boxed()).toBe(0);
    terminal.commitMs = 5;
    terminal.leased = true;
    await terminal.until('acceptor-enabled');
    terminal.forget();
    terminal.insert(tengeNote(5_000));
    await terminal.clock.advance(20_000);
    expect(terminal.boxed()).toBe(1);
    // Told bare, a credit is nobody's: the note is in doubt.
    expect(terminal.credits.size).toBe(habits.stackedTold === 'bare' ? 0 : 1);
    expectHonest(terminal);
  });
});

describe('EBDS', () => {
  it('returns a note of the data set that is no money of Kazakhstan, though the unit knows it', async () => {
    const terminal = bench();
    await terminal.ready();
    const dollars = { valueMinor: tengeNote(20).valueMinor, currency: 'USD' };
    // In the place of a note that is welcome: the data set was changed while nobody looked.
    terminal.device.teach([tengeNote(200), dollars]);
    terminal.insert({ ...dollars, condition: 'good' });
    await terminal.untilEvent('note-in-mouth');
    terminal.mechanics.take();
    await terminal.until('note-returned');
    expect(terminal.of('note-escrowed')).toMatchObject([{ denomination: undefined }]);
    expect(terminal.of('note-returned')).toMatchObject([{ reason: 'kind-not-accepted' }]);
    expect(terminal.written()).not.toContain('stack');
  });

  it('is handed back a note by a unit whose host is dead for half a minute', async () => {
    const terminal = bench();
    await terminal.ready();
    terminal.commitMs = 60_000;
    terminal.insert();
    await terminal.until('note-escrowed');
    terminal.cable.unplug();
    await terminal.untilEvent('note-in-mouth', 31_000);
    expect(terminal.boxed()).toBe(0);
  });
});
