import { type Canary, inFile } from './canary.ts';

/* What could go wrong with a visit, its paper and its ledger. */

export const visitBugs: readonly Canary[] = [
  {
    name: 'a visit with money in can be cancelled',
    rule: 'M12',
    bug: 'One returned note makes the whole operation cancellable.',
    focus: ['odd-note', 'note-back-after-stack'],
    patches: inFile(
      'terminal/till/state.ts',
      "  return operation.notes.every((note) => note.state === 'returned');",
      "  return operation.notes.length === 0 || operation.notes.some((note) => note.state === 'returned');",
    ),
  },
  {
    name: 'the next visitor gets the former one’s operation',
    rule: 'M12',
    bug: 'After a start an open operation is resumed however long ago its visitor was there.',
    focus: ['machine-power-cut', 'crash', 'walks-away'],
    patches: [
      ...inFile(
        'terminal/core/start.ts',
        '    context.now.wallMs - lastActivityMs < limits.resumeIfYoungerThanMs;',
        '    context.now.wallMs - lastActivityMs < 3_600_000;',
      ),
      ...inFile(
        'terminal/core/start.ts',
        'isRecent ? lastActivityMs + limits.resumeIfYoungerThanMs : undefined',
        'isRecent ? lastActivityMs + 3_600_000 : undefined',
      ),
    ],
  },
  {
    name: 'the acceptor stays open during “Still here?”',
    rule: 'M12',
    bug: 'Notes are welcome while nobody may be there any more.',
    focus: ['walks-away'],
    patches: inFile(
      'terminal/session/steps/cash.ts',
      "const closed = { ...terminal, till: { ...terminal.till, intake: 'closed' as const } };",
      'const closed = terminal;',
    ),
  },
  {
    name: 'the number of the visitor before is still there',
    rule: 'privacy',
    bug: 'A new visit begins with the number that was typed in the one before.',
    patches: [
      ...inFile(
        'terminal/session/visit.ts',
        "  const fresh = freshSession(context.settings, session.guard, { kind: 'attract' }, context.now.monoMs);",
        `  const { step } = session;
  const typed = 'operation' in step ? step.operation?.wallet?.slice(2) : undefined;
  const guard = { ...session.guard, typed };
  const fresh = freshSession(context.settings, guard, { kind: 'attract' }, context.now.monoMs);`,
      ),
      ...inFile(
        'terminal/session/visit.ts',
        '  const session: Session = {\n    ...terminal.session,\n    step,\n    generation',
        `  const { typed } = terminal.session.guard as { typed?: string };
  const isNew = step.kind === 'number' && step.again === undefined && typed !== undefined;
  const session: Session = {
    ...terminal.session,
    step: isNew ? { ...step, digits: typed } : step,
    generation`,
      ),
    ],
  },
  {
    name: 'a note proven late gets two supplements',
    rule: 'M8',
    bug: 'The supplement of a note is written twice in one commit.',
    focus: ['credit-event-lost', 'wire-broken', 'acceptor-unplugged', 'process-pause'],
    patches: inFile(
      'terminal/till/credit.ts',
      '      ...paid.facts,\n',
      '      ...paid.facts,\n      ...paid.facts,\n',
    ),
  },
  {
    name: 'a note proven late is not paid',
    rule: 'M8',
    bug: 'A late credit event ends the alarm, and no supplement is written.',
    focus: ['credit-event-lost', 'wire-broken', 'acceptor-unplugged', 'process-pause'],
    patches: [
      ...inFile('terminal/till/credit.ts', '      ...paid.facts,\n', ''),
      ...inFile(
        'terminal/till/credit.ts',
        '    topUps: paid.topUp === undefined ? [] : [paid.topUp],\n  });\n}\n\n/** A credit event with no',
        '    topUps: [],\n  });\n}\n\n/** A credit event with no',
      ),
      ...inFile('db/projections.ts', '      this.#owed.size === 0,', '      this.#owed.size >= 0,'),
    ],
  },
  {
    name: 'the slip is printed before its intent is stored',
    rule: 'M15',
    bug: 'The first bytes of a receipt leave before the ledger knows of it.',
    focus: ['crash-at-slip', 'crash-at-write', 'slow-commit'],
    patches: inFile(
      'terminal/runtime/terminal.ts',
      '      this.#commitSinceMonoMs = clock.monoMs();',
      `      this.#commitSinceMonoMs = clock.monoMs();
      for (const effect of decision.effects) if (effect.kind === 'print-receipt') this.#effects.run(effect);`,
    ).concat(
      inFile(
        'terminal/runtime/terminal.ts',
        '    for (const effect of decision.effects) this.#effects.run(effect);',
        "    for (const effect of decision.effects) if (effect.kind !== 'print-receipt') this.#effects.run(effect);",
      ),
    ),
  },
  {
    name: 'a second original after a doubt',
    rule: 'M15',
    bug: 'A slip that may have come out is printed once more, without the word COPY.',
    focus: ['proof-lost', 'crash-at-slip', 'printer-power-cut'],
    patches: [
      ...inFile(
        'terminal/session/steps/after-cash.ts',
        "    'print-ended': (terminal, step, event) =>\n      step.print.kind === 'printing'",
        "    'print-ended': (terminal, step, event, context) =>\n      event.outcome === 'unknown' ? showResult(terminal, step.operation, step.result, context) : step.print.kind === 'printing'",
      ),
    ],
  },
  {
    name: 'the printer’s buffers are not cleared after a start',
    rule: 'M15',
    bug: 'A fresh process takes it that the printer holds nothing of the slip before.',
    test: 'hardware/printer/escpos/driver.test.ts',
    patches: [
      ...inFile(
        'hardware/printer/escpos/dialog.ts',
        "    residue: 'bytes',\n    mayHangUncut: true,",
        "    residue: 'none',\n    mayHangUncut: false,",
      ),
      ...inFile(
        'hardware/printer/escpos/driver.ts',
        "    if (memory.residue === 'none') memory.residue = 'bytes';\n",
        '',
      ),
    ],
  },
  {
    name: 'the anchor is not looked at',
    rule: 'M13',
    bug: 'A start takes any ledger, whatever the anchor file says.',
    focus: ['old-copy'],
    patches: inFile(
      'db/open-anchor.ts',
      '  if (containsTip(database, tip)) return anchor;',
      '  if (tip.sequence >= 0) return anchor;',
    ),
  },
  {
    name: 'a missing anchor is made anew',
    rule: 'M13',
    bug: 'A ledger with rows and without an anchor gets an empty one.',
    focus: ['anchor-missing'],
    patches: inFile(
      'db/open-anchor.ts',
      '    if (isEmpty) return AnchorFile.create(path);',
      '    if (isEmpty || path !== undefined) return AnchorFile.create(path);',
    ),
  },
  {
    name: 'the chain is not hashed anew',
    rule: 'M13',
    bug: 'Rows of the journal are believed without their hashes.',
    test: 'db/start-checks.test.ts',
    patches: inFile(
      'db/journal.ts',
      "  return chainHash(row, tip.head) === tipOf(row).head ? undefined : 'hash';",
      '  return undefined;',
    ),
  },
  {
    name: 'the ledger goes on after a storage error',
    rule: 'M14',
    bug: 'A commit that failed is tried again, and the process goes on.',
    focus: ['write-fails', 'write-fails-late'],
    patches: [
      ...inFile(
        'terminal/runtime/terminal.ts',
        'await store.commit(decision.facts, decidedWallMs);\n      this.#commit',
        'await store\n        .commit(decision.facts, decidedWallMs)\n        .catch(() => store.commit(decision.facts, decidedWallMs));\n      this.#commit',
      ),
      ...inFile(
        'db/ledger.ts',
        '      this.#stopped = toStorageError(error);\n      throw this.#stopped;',
        '      throw toStorageError(error);',
      ),
    ],
  },
  {
    name: 'a failed commit is counted on the screen',
    rule: 'M6',
    bug: 'What a commit was to store is shown before it is stored.',
    patches: inFile(
      'terminal/runtime/terminal.ts',
      '      this.#commitSinceMonoMs = clock.monoMs();',
      '      this.#commitSinceMonoMs = clock.monoMs();\n      const before = this.#terminal;\n      this.#terminal = decision.terminal;\n      if (before !== undefined) this.#showView();\n      this.#terminal = before;',
    ),
  },
];
