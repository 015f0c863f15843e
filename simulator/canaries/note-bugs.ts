import { type Canary, inFile } from './canary.ts';

/* What could go wrong with a note between mouth and cassette. */

export const noteBugs: readonly Canary[] = [
  {
    name: 'credit at escrow',
    rule: 'M2',
    bug: 'A note is credited when it has been read, before it lies in the cassette.',
    patches: inFile(
      'terminal/till/decide.ts',
      '      return onEscrowed(till, report, context);',
      `{
        const taken = onEscrowed(till, report, context);
        if (taken.effects[0]?.kind !== 'stack') return taken;
        const creditId = report.escrowId;
        const early = onStacked(taken.till, { ...report, kind: 'note-stacked', creditId }, context);
        return { ...early, facts: [...taken.facts, ...early.facts], effects: taken.effects };
      }`,
    ),
  },
  {
    name: 'credit on the acknowledgement of STACK',
    rule: 'M2',
    bug: 'The acceptor’s ACK of the stack command is taken for the credit event.',
    patches: inFile(
      'hardware/banknote/ccnet/dialog.ts',
      "    case 'return':\n      tellReturning(turn);\n      return;\n    case 'reset':",
      `    case 'stack':
      observe(turn, { kind: 'stacked', type: turn.state.escrow?.type });
      return;
    case 'return':
      tellReturning(turn);
      return;
    case 'reset':`,
    ),
  },
  {
    name: 'no intent before the stack command',
    rule: 'M3',
    bug: 'The note is recorded as seen, and the stack command leaves without an intent.',
    patches: inFile(
      'terminal/till/escrow.ts',
      "facts: [escrowed, { kind: 'note-intended', noteId }],",
      'facts: [escrowed],',
    ),
  },
  {
    name: 'stack command before the commit is durable',
    rule: 'M3',
    bug: 'The stack command leaves while the disk is still at work on the intent.',
    patches: inFile(
      'terminal/runtime/terminal.ts',
      '      this.#commitSinceMonoMs = clock.monoMs();',
      `      this.#commitSinceMonoMs = clock.monoMs();
      for (const effect of decision.effects) if (effect.kind === 'stack') this.#effects.run(effect);`,
    ),
  },
  {
    name: 'an escrow of any age is stacked',
    rule: 'M3',
    bug: 'A commit that took minutes is followed by the stack command all the same.',
    focus: ['process-pause', 'slow-commit'],
    patches: [
      ...inFile(
        'hardware/banknote/note-path/escrow.ts',
        "  if (phase.kind !== 'working' || ageMs >= limits.escrowDecisionMsMax) wishReturn(turn, 'escrow-stale');\n  else if (!leaseLive(turn.state, turn.nowMonoMs)) wishReturn(turn, 'lease-expired');",
        "  if (phase.kind !== 'working' || ageMs < 0) wishReturn(turn, 'escrow-stale');",
      ),
      ...inFile(
        'hardware/banknote/note-path/guards.ts',
        '    nowMonoMs - escrow.firstSeenMonoMs < limits.escrowDecisionMsMax &&\n    leaseLive(state, nowMonoMs)',
        '    nowMonoMs >= escrow.firstSeenMonoMs',
      ),
    ],
  },
  {
    name: 'a note found in escrow after a start is stacked',
    rule: 'M3',
    bug: 'A fresh process stacks what the one before it had in escrow.',
    patches: [
      ...inFile(
        'hardware/banknote/note-path/escrow.ts',
        "wish: id === undefined ? { kind: 'return', reason: 'escrow-stale' } : { kind: 'undecided' },",
        "wish: id === undefined ? { kind: 'stack' } : { kind: 'undecided' },",
      ),
      ...inFile(
        'hardware/banknote/note-path/escrow.ts',
        "  if (phase.kind !== 'working' || ageMs >= limits.escrowDecisionMsMax)",
        '  if (escrow.id !== undefined && ageMs >= limits.escrowDecisionMsMax)',
      ),
      ...inFile(
        'hardware/banknote/note-path/escrow.ts',
        "else if (!leaseLive(turn.state, turn.nowMonoMs)) wishReturn(turn, 'lease-expired');",
        "else if (phase.kind === 'working' && !leaseLive(turn.state, turn.nowMonoMs)) wishReturn(turn, 'lease-expired');",
      ),
      ...inFile(
        'hardware/banknote/note-path/guards.ts',
        "    state.phase.kind === 'working' &&\n    (view?.kind",
        '    (view?.kind',
      ),
      ...inFile(
        'hardware/banknote/note-path/guards.ts',
        '    nowMonoMs - escrow.firstSeenMonoMs < limits.escrowDecisionMsMax &&\n    leaseLive(state, nowMonoMs)',
        '    (escrow.id === undefined || leaseLive(state, nowMonoMs))',
      ),
    ],
  },
  {
    name: 'a repeated credit event is another note',
    rule: 'M4',
    bug: 'The report that the acceptor repeats until it is acknowledged is credited anew.',
    patches: inFile(
      'terminal/till/credit.ts',
      '  if (isRepeat(till, report)) return repeatedCredit(till, report.creditId);',
      '',
    ),
  },
  {
    name: 'a repeated credit event is credited again',
    rule: 'M4',
    bug: 'While a visit is open, the report that the acceptor repeats adds its sum once more.',
    patches: inFile(
      'terminal/till/credit.ts',
      '  if (isRepeat(till, report)) return repeatedCredit(till, report.creditId);\n  const { operation, inHand } = till;',
      `  const { operation, inHand } = till;
  if (isRepeat(till, report) && operation !== undefined && till.credited?.valueMinor !== undefined) {
    const { noteId } = context.fresh;
    const { valueMinor } = till.credited;
    const twice: Operation = { ...operation, notes: [...operation.notes, { noteId, valueMinor, state: 'stacked' }] };
    return step({ ...till, operation: twice, credited: { noteId, creditId: report.creditId, valueMinor } }, {
      facts: [
        { kind: 'note-escrowed', noteId, operationId: operation.operationId, valueMinor, currency: operation.currency },
        { kind: 'note-intended', noteId },
        { kind: 'note-stacked', noteId, periodId: till.period.periodId, proof: 'credit-event' },
      ],
      effects: [{ kind: 'confirm-credit', creditId: report.creditId }],
    });
  }
  if (isRepeat(till, report)) return repeatedCredit(till, report.creditId);`,
    ),
  },
  {
    name: 'two unresolved notes are allowed',
    rule: 'M4',
    bug: 'A second note in escrow takes the place of one that has left no final report.',
    test: 'terminal/till/money-rules.test.ts',
    patches: inFile(
      'terminal/till/escrow.ts',
      '  if (till.inHand !== undefined) {',
      '  if (till.inHand === null) {',
    ),
  },
  {
    name: 'a late credit event is matched after the next escrow',
    rule: 'M4',
    bug: 'An unknown note may still be proven by an event that came after another note was in escrow.',
    test: 'terminal/till/money-rules.test.ts',
    patches: [
      ...inFile(
        'terminal/till/escrow.ts',
        'accepting: false, provableNoteId: undefined, returnableNoteId: undefined };',
        'accepting: false };',
      ),
      ...inFile(
        'hardware/banknote/note-path/escrow.ts',
        "  update(turn, { doubt: undefined });\n  report(turn, { kind: 'note-escrowed'",
        "  report(turn, { kind: 'note-escrowed'",
      ),
    ],
  },
  {
    name: 'RESET before the acceptor is asked',
    rule: 'M5',
    bug: 'A fresh process resets the acceptor before it has asked for its state.',
    patches: inFile(
      'hardware/banknote/note-path/choose.ts',
      "  if (phase.kind === 'seeking') {",
      "  if (phase.kind === 'seeking' && state.lost === undefined && state.credit === undefined && !phase.pollFailed)\n    return { kind: 'reset' };\n  if (phase.kind === 'seeking') {",
    ),
  },
  {
    name: 'a note that fits no record is dropped',
    rule: 'M5',
    bug: 'A credit event without a record is confirmed, and nothing is written.',
    test: 'tests/scenarios/money-holes.test.ts',
    patches: inFile(
      'terminal/till/credit.ts',
      '  return recordUnplaced(till, report, context);\n}',
      '  return step({ ...till, accepting: false }, restingWith(report));\n}',
    ),
  },
  {
    name: 'an unknown note raises no alarm',
    rule: 'M12',
    bug: 'Nobody hears of a note that cannot be placed.',
    patches: inFile(
      'terminal/till/unknown.ts',
      "        { kind: 'alarm-raised', alarm: 'note-unknown', subject: note.noteId, detail: why },\n",
      '',
    ),
  },
  {
    name: 'the acceptor stays enabled after its lease',
    rule: 'M7',
    bug: 'A lease that has run out counts as live, so a hung disk leaves the acceptor open.',
    focus: ['slow-commit', 'process-pause', 'disk-read-only'],
    patches: inFile(
      'hardware/banknote/note-path/choose.ts',
      "  if (state.phase.kind !== 'working' || !leaseLive(state, nowMonoMs)) return [];",
      "  if (state.phase.kind !== 'working') return [];",
    ),
  },
  {
    name: 'the clock is not looked at',
    rule: 'M7',
    bug: 'Notes are taken whatever the clock shows.',
    focus: ['clock-jumps', 'clock-wrong-at-start'],
    patches: inFile(
      'terminal/runtime/lease-keeper.ts',
      '    const isSane = isWallClockSane(parts, latestRowWallMs);\n    if (isSane === isClockSane) return;',
      '    const isSane = true;\n    if (isSane === isClockSane) return;',
    ),
  },
  {
    name: 'the acceptor is enabled while a note is in escrow',
    rule: 'M4',
    bug: 'What is welcome is told to the acceptor before the note in escrow has been decided.',
    patches: inFile(
      'hardware/banknote/note-path/choose.ts',
      "      if (state.escrow?.wish.kind === 'return') return { kind: 'return' };",
      "      if (state.escrow?.wish.kind === 'return') return { kind: 'return' };\n      if (state.escrow?.wish.kind === 'undecided') return { kind: 'accept', kinds: wantedKinds(state, nowMonoMs) };",
    ),
  },
  {
    name: 'a foreign note is credited as tenge',
    rule: 'M1',
    bug: 'The number in a bill table is looked at, and its country is not.',
    test: 'tests/scenarios/foreign-note.test.ts',
    patches: inFile(
      'hardware/banknote/ccnet/bill-table.ts',
      '    const currency = currencyOfCountry[country];',
      "    const currency = currencyOfCountry[country] ?? 'KZT';",
    ),
  },
  {
    name: 'a note is counted for the period of its intent',
    rule: 'M11',
    bug: 'The cassette that was in when the note was meant for it is given the note, whatever came between.',
    focus: ['cassette-swapped-dark', 'acceptor-power-cut', 'cassette-swapped'],
    patches: inFile(
      'db/notes.ts',
      '    const isInDoubt = note.in_doubt === 1 || isRecovery || note.intent_period !== period;\n    const stack = isInDoubt ? this.#stackInDoubt : this.#stack;\n    stack.run(period,',
      '    const isInDoubt = note.in_doubt === 1 || isRecovery;\n    const stack = isInDoubt ? this.#stackInDoubt : this.#stack;\n    stack.run(note.intent_period ?? period,',
    ),
  },
  {
    name: 'a pulled cassette closes no period',
    rule: 'M11',
    bug: 'A cassette that is taken out without log-in raises an alarm, and its period goes on.',
    patches: inFile(
      'terminal/core/decide.ts',
      "(isAnnounced ? collection.stage === 'begun' : isNews)",
      "isAnnounced && collection.stage === 'begun'",
    ),
  },
  {
    name: 'a note in doubt is missing from the second slip',
    rule: 'M11',
    bug: 'A note whose cassette is not certain stands on the slip of the first one only.',
    focus: ['cassette-swapped-dark', 'acceptor-power-cut', 'cassette-swapped'],
    patches: inFile(
      'db/periods.ts',
      '      AND (intent_period = @serial OR stacked_period = @serial\n        OR (stacked_period IS NULL AND intent_period = @serial - 1))',
      '      AND intent_period = @serial',
    ),
  },
];
