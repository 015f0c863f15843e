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

const step = fc.oneof(
  fc.record({ kind: fc.constant('hand' as const), words: fc.constantFrom(...handWords) }),
  fc.record({ kind: fc.constant('host' as const), frame: fc.constantFrom(...Object.values(frames)) }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(20, 200, 450, 1200, 6000, 11_000) }),
);

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
      for (const action of steps) {
        if (action.kind === 'hand') performHandCommand(host.mechanics, action.words.split(' '));
        else if (action.kind === 'host') host.acceptor.receive(bytesOf(action.frame));
        else await host.clock.advance(action.ms);
      }
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
