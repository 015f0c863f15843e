/**
 * Seeds that run with every test: those that have found a defect, each with what it was, and some that between them meet
 * most kinds of fault.
 */
export const keptSeeds: readonly { readonly seed: number; readonly why: string }[] = [
  {
    seed: 275,
    why: 'thirty-five kinds of fault in one hour, a pause of the process and a second one among them',
  },
  {
    seed: 571,
    why: 'nearly fifty faults: a bad cable, a flipped bit, a clock that jumps, a printer without power',
  },
  { seed: 1232, why: 'jams, an old copy of the ledger, a backend that refuses and goes back to a backup' },
  { seed: 30, why: 'deaths at writes and slips, notes that go back after STACK, no anchor' },
  { seed: 317, why: 'another bill table, odd and second notes, commits that fail although they were kept' },
  { seed: 812, why: 'a crash loop, a lost write-ahead log, answers under a good signature that contradict' },
  {
    seed: 23,
    why: 'a heartbeat sent again after a later one had come: the backend takes the older anchor for a fork',
  },
  { seed: 2_153_226_392, why: 'a printer was cleared twice at once, and one slip hung on the next' },
  { seed: 1_948_547_372, why: 'a process died with a slip uncut, and the next slip hung on it' },
  { seed: 271, why: 'a unit that lost power between its table and RESET came back with another table' },
  { seed: 484, why: 'a message waited five hours, as its next try was written under a clock that was ahead' },
  { seed: 321, why: 'a late recovery report was taken for a sign of the visitor' },
  { seed: 2949, why: 'pauses, a jam before the cassette, another key of the backend' },
  { seed: 9875, why: 'a backend that goes back to before a void it had signed is found out the day after' },
];
