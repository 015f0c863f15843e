import { describe, expect, test } from 'vitest';
import type { Decision } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { NoteId, PrintId } from '../ids.ts';
import { openAnswer } from '../testing/bench.ts';
import { contextAt, openOperation, tenge } from '../testing/samples.ts';
import { blocked, situations, somePayment } from '../testing/situations.ts';
import { decideSession, stepTables } from './decide.ts';
import type { SessionEvent, SessionEventKind } from './event.ts';
import type { StepKind } from './state.ts';

/* Every screen, times everything that can happen to it: each pair has an answer of its own, written down here. */

type Happening = Exclude<SessionEventKind, 'pressed'>;

const noTimer = 'ignored: this screen starts no such timer';
const noOperation =
  'ignored: no operation is open here, so no note of one can move; a stray note is sent back';
const noCheck = 'ignored: an answer to a check that this visit no longer waits for';
const notWaiting = 'ignored: the visit does not show a payment; delivery has stored the answer';
const notPrinting = 'ignored: the print belongs to a visit that has ended; its outcome is stored';
const nothingLookedUp = 'ignored: an answer about a payment that nobody here waits for';
const pathKnown = 'ignored: the start was settled before the first visit';
const waitsForPath = 'ignored: the acceptor says itself when its path is known';
const waitsForNote =
  'ignored: the note is still between mouth and cassette; it ends the wait by coming to rest';

const asksToClose = 'asks, silence closes; starts question';
const ends = '→ attract';
const printsResult = '→ result; stores print-intended; does print-receipt; starts idle';
const pays = '→ paying; intake closed; stores operation-closed; sends 500000; starts payment';

const beforeCash: Record<Happening, string> = {
  'idle-reached': asksToClose,
  'question-unanswered': ends,
  'nudge-due': noTimer,
  'check-overdue': noTimer,
  'payment-overdue': noTimer,
  'wallet-checked': noCheck,
  'note-moving': noOperation,
  'note-counted': noOperation,
  'note-coming-back': noOperation,
  'notes-at-rest': noOperation,
  'operation-doubtful': noOperation,
  'top-up-settled': notWaiting,
  'payment-looked-up': nothingLookedUp,
  'print-ended': notPrinting,
  'readiness-changed': ends,
  'start-settled': pathKnown,
};

const machineAtWork: Record<Happening, string> = {
  ...beforeCash,
  'idle-reached': noTimer,
  'question-unanswered': noTimer,
};

const visitEndsAnyway = 'ignored: this visit takes no more cash; the next screen shows that none is taken';

const sellsNothingHere = 'ignored: nothing is sold here, and the answer stays true whatever the devices do';

const expected: Record<StepKind, Record<Happening, string>> = {
  starting: {
    ...machineAtWork,
    'note-moving': waitsForPath,
    'note-counted': waitsForPath,
    'note-coming-back': waitsForPath,
    'notes-at-rest': waitsForPath,
    'operation-doubtful': printsResult,
    'readiness-changed': waitsForPath,
    'start-settled': '→ cash; intake open; starts idle, nudge',
  },
  attract: {
    ...beforeCash,
    'idle-reached': ends,
    'readiness-changed': 'ignored: nobody has touched the screen yet',
  },
  service: beforeCash,
  number: beforeCash,
  checking: {
    ...machineAtWork,
    'check-overdue': '→ check-failed; starts idle',
    'wallet-checked': '→ confirm; starts idle',
  },
  'check-failed': beforeCash,
  confirm: beforeCash,
  'no-paper': beforeCash,
  cash: {
    'idle-reached': 'asks, silence pays; intake closed; starts question',
    'question-unanswered': pays,
    'nudge-due': 'says nudged',
    'check-overdue': noTimer,
    'payment-overdue': noTimer,
    'wallet-checked': noCheck,
    'note-moving': 'says comingBack; holds time-outs',
    'note-counted': 'says comingBack, comingBackCount',
    'note-coming-back': 'says comingBack, comingBackCount; holds time-outs',
    'notes-at-rest': 'starts idle, nudge',
    'operation-doubtful': printsResult,
    'top-up-settled': notWaiting,
    'payment-looked-up': nothingLookedUp,
    'print-ended': notPrinting,
    'readiness-changed':
      'ignored: the lease follows readiness by itself, and the screen says when notes are not taken',
    'start-settled': pathKnown,
  },
  counting: {
    ...machineAtWork,
    'note-moving': waitsForNote,
    'note-counted': waitsForNote,
    'note-coming-back': waitsForNote,
    'notes-at-rest': pays,
    'operation-doubtful': printsResult,
    'readiness-changed': 'ignored: the watch over the moving note decides how long this lasts',
  },
  paying: {
    ...machineAtWork,
    'payment-overdue': printsResult,
    'top-up-settled': printsResult,
    'readiness-changed': visitEndsAnyway,
  },
  result: {
    ...beforeCash,
    'top-up-settled': 'says result',
    'print-ended': 'says print',
    'readiness-changed': visitEndsAnyway,
  },
  find: {
    ...beforeCash,
    'payment-looked-up': '→ found; starts idle',
    'readiness-changed': sellsNothingHere,
  },
  found: {
    ...beforeCash,
    'top-up-settled': 'says payment',
    'print-ended': 'says print',
    'readiness-changed': sellsNothingHere,
  },
};

const stepKinds = Object.keys(expected) as StepKind[];
const happenings = Object.keys(beforeCash) as Happening[];

/** The event as it would come to that terminal: about its own question, payment and print. */
function eventOf(kind: Happening, { session }: Terminal): SessionEvent {
  const { step } = session;
  switch (kind) {
    case 'wallet-checked':
      return { kind, requestId: step.kind === 'checking' ? step.requestId : 'older', answer: openAnswer };
    case 'note-counted':
      return { kind, valueMinor: tenge(2_000) };
    case 'note-coming-back':
      return { kind, reason: 'over-limit' };
    case 'operation-doubtful': {
      const note = { noteId: 'n' as NoteId, valueMinor: tenge(2_000), state: 'unknown' as const };
      return { kind, operation: { ...openOperation, notes: [note] } };
    }
    case 'top-up-settled': {
      const operation = step.kind === 'paying' || step.kind === 'result' ? step.operation : openOperation;
      const { operationId } = step.kind === 'found' ? step.payment : operation;
      return { kind, operationId, outcome: { kind: 'credited' } };
    }
    case 'print-ended': {
      const print = step.kind === 'result' || step.kind === 'found' ? step.print : undefined;
      const printId = print?.kind === 'printing' ? print.printId : ('older' as PrintId);
      return { kind, printId, outcome: 'printed' };
    }
    case 'payment-looked-up': {
      const requestId = (step.kind === 'find' ? step.requestId : undefined) ?? 'older';
      return { kind, requestId, answer: { kind: 'payment', payment: somePayment } };
    }
    default:
      return { kind };
  }
}

/** Where an event finds the terminal: news of readiness come when it is lost, and rest when the last note lies still. */
function terminalAt(step: StepKind, kind: Happening): Terminal {
  const { terminal } = situations[step]();
  if (kind === 'readiness-changed') return blocked(terminal);
  const { operation } = terminal.till;
  if (kind !== 'notes-at-rest' || operation === undefined) return terminal;
  const notes = operation.notes.filter((note) => note.state === 'stacked');
  return { ...terminal, till: { ...terminal.till, inHand: undefined, operation: { ...operation, notes } } };
}

function told(before: Terminal, decision: Decision): string {
  const { session, till } = decision.terminal;
  const moved = session.generation !== before.session.generation;
  const started = decision.effects.flatMap((effect) => (effect.kind === 'start-timer' ? [effect.timer] : []));
  const cancelled = decision.effects.flatMap((effect) =>
    effect.kind === 'cancel-timer' ? [effect.timer] : [],
  );
  const done = decision.effects.map((effect) => effect.kind).filter((kind) => !kind.endsWith('-timer'));
  const said = Object.entries(session.step)
    .filter(([key, value]) => (before.session.step as unknown as Record<string, unknown>)[key] !== value)
    .map(([key]) => key);
  const list = (verb: string, things: readonly (string | number)[]): string =>
    things.length === 0 ? '' : `${verb} ${things.join(', ')}`;
  const parts = [
    moved ? `→ ${session.step.kind}` : list('says', said),
    session.question === undefined ? '' : `asks, silence ${session.question.silence}`,
    till.intake === before.till.intake ? '' : `intake ${till.intake}`,
    list(
      'stores',
      decision.facts.map((fact) => fact.kind),
    ),
    list('does', done),
    list(
      'sends',
      decision.topUps.map((row) => row.amountMinor),
    ),
    list('starts', [...new Set(started)]),
    !moved && started.length === 0 && cancelled.includes('idle') ? 'holds time-outs' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

describe.each(stepKinds)('on the screen %s', (step) => {
  test.each(happenings)('%s', (kind) => {
    const entry = stepTables[step].on[kind];
    const before = terminalAt(step, kind);
    const decision = decideSession(before, eventOf(kind, before), contextAt(60_000));
    const answer = told(before, decision);
    if (typeof entry === 'function') {
      expect(answer).toBe(expected[step][kind]);
    } else {
      expect(`ignored: ${entry.ignoredBecause}`).toBe(expected[step][kind]);
      expect(answer).toBe('nothing');
    }
  });
});

test('every situation stands on its own screen', () => {
  for (const step of stepKinds) expect(situations[step]().terminal.session.step.kind).toBe(step);
});
