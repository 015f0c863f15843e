import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AcceptorEvent } from '../acceptor/events.ts';
import { performHandCommand } from '../acceptor/hand-commands.ts';
import { bytesOf, frames, TestHost } from './test-host.ts';

const handWords = [
  'insert 5000',
  'insert 200 unreadable',
  'insert foreign',
  'take',
  'pull',
  'jam',
  'jam cassette',
  'clear',
  'clear taken',
  'clear cassette',
  'cassette out',
  'cassette in',
  'cassette full',
  'cassette swap',
  'power off',
  'power on',
  'fail 52',
] as const;

type Step = (host: TestHost) => Promise<void> | void;

const hand = fc.constantFrom(...handWords).map((words): Step => {
  return (host) => void performHandCommand(host.mechanics, words.split(' '));
});
const hostFrame = fc.constantFrom(...Object.values(frames)).map((frame): Step => {
  return (host) => host.acceptor.receive(bytesOf(frame));
});
const wait = fc.constantFrom(20, 200, 450, 1200, 6000, 11_000).map(
  (ms): Step =>
    (host) =>
      host.clock.advance(ms),
);

const noteOnItsWay: Step = async (host) => {
  await host.escrow();
  await host.ask(frames.stack);
};
const acknowledge: Step = async (host) => void (await host.poll());
const service: Step = async (host) => {
  for (const words of ['clear', 'cassette in', 'power on', 'take']) {
    performHandCommand(host.mechanics, words.split(' '));
  }
  await host.clock.advance(1000);
  await host.resetAndEnable();
};
const usual = fc.constantFrom(noteOnItsWay, acknowledge, service);

const step = fc.oneof(hand, hostFrame, wait, { arbitrary: usual, weight: 3 });

const settings = fc.record({
  onDisableWithNote: fc.constantFrom('keeps-note' as const, 'returns-note' as const),
  onResetInEscrow: fc.constantFrom('returns-note' as const, 'stacks-note' as const),
  whileEjecting: fc.constantFrom('only-13' as const, 'returning' as const, 'returned' as const),
  onCassetteBack: fc.constantFrom('initializes' as const, 'waits-for-reset' as const),
  settingsLegal: fc.constantFrom('at-rest' as const, 'initialized' as const, 'always' as const),
});

/** Numbers of the notes that these events brought to an end, refused ones aside. */
function endedNotes(events: readonly AcceptorEvent[]): number[] {
  const ends = ['note-stacked', 'note-taken', 'note-pulled', 'note-removed'];
  return events.flatMap((event) => ('note' in event && ends.includes(event.kind) ? [event.note.noteId] : []));
}

it('keeps every note in exactly one place, whatever hands, host and power do', async () => {
  await fc.assert(
    fc.asyncProperty(settings, fc.array(step, { minLength: 5, maxLength: 40 }), async (chosen, steps) => {
      const host = new TestHost(chosen);
      await host.enable();
      for (const take of steps) await take(host);
      const wentIn = host.events.flatMap((event) =>
        event.kind === 'note-inserted' || event.kind === 'note-pushed-early' ? [event.note.noteId] : [],
      );
      const { path, mouth } = host.mechanics;
      const stillThere = [path.kind === 'empty' ? [] : [path.note.noteId], mouth ? [mouth.note.noteId] : []];
      const ended = endedNotes(host.events);
      expect(new Set(ended).size).toBe(ended.length);
      expect([...ended, ...stillThere.flat()].toSorted()).toEqual([...new Set(wentIn)].toSorted());
    }),
    { numRuns: 300 },
  );
});
