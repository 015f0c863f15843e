import { describe, expect, test } from 'vitest';
import type { AcceptorReport } from '../devices.ts';
import type { NoteId } from '../ids.ts';
import {
  contextAt,
  creditId,
  emptyTill,
  escrowId,
  holderMasked,
  identity,
  openOperation,
  openTill,
  tenge,
  wallet,
} from '../testing/samples.ts';
import type { TillStep } from './change.ts';
import { onAcceptorReport, onNoteOverdue } from './decide.ts';
import type { OperationNote, Till } from './state.ts';

/* Where a note may be, times everything the acceptor may say about it: each pair has an answer of its own. */

const noteId = '0192a000-0000-7000-8002-000000000001' as NoteId;

function withNote(state: OperationNote['state'], hand: Partial<Till> = {}): Till {
  const notes = [{ noteId, valueMinor: tenge(5_000), state }];
  return { ...openTill, operation: { ...openOperation, notes }, ...hand };
}

const inHand = { noteId, escrowId: escrowId(1), returning: false, shaken: false };
const payer = { operationId: openOperation.operationId, wallet, holderMasked, language: 'kk' as const };

const hands = {
  'nobody there': emptyTill,
  open: openTill,
  accepting: { ...openTill, accepting: true },
  'escrowed and refused': withNote('escrowed', { inHand }),
  intended: withNote('intended', { inHand }),
  'in the mouth': withNote('intended', { inHand: { ...inHand, returning: true } }),
  'unknown, provable': {
    ...emptyTill,
    unknownNotes: [{ noteId, valueMinor: tenge(5_000), payer }],
    provableNoteId: noteId,
  },
  'unknown, may have gone back': {
    ...emptyTill,
    unknownNotes: [{ noteId, valueMinor: tenge(5_000), payer }],
    provableNoteId: noteId,
    returnableNoteId: noteId,
  },
  'credited, not released': withNote('stacked', {
    credited: { noteId, creditId: creditId(1), valueMinor: tenge(5_000) },
  }),
} satisfies Record<string, Till>;

type Hand = keyof typeof hands;

const note = (value: number) => ({ valueMinor: tenge(value), currency: 'KZT' as const });

const reports = {
  connected: { kind: 'acceptor-connected', identity },
  lost: { kind: 'acceptor-lost', fault: 'no-answer', detail: '' },
  'recovered, path empty': { kind: 'acceptor-recovered', leftInPath: 'nothing' },
  'recovered, note was in the head': { kind: 'acceptor-recovered', leftInPath: 'head' },
  'recovered, note was past return': { kind: 'acceptor-recovered', leftInPath: 'stacker' },
  enabled: { kind: 'acceptor-enabled' },
  disabled: { kind: 'acceptor-disabled' },
  accepting: { kind: 'note-accepting' },
  'same escrow again': { kind: 'note-escrowed', escrowId: escrowId(1), denomination: note(5_000) },
  'another escrow': { kind: 'note-escrowed', escrowId: escrowId(2), denomination: note(5_000) },
  'another escrow, kind unknown': {
    kind: 'note-escrowed',
    escrowId: escrowId(2),
    denomination: undefined,
  },
  stacking: { kind: 'note-stacking' },
  'stacked 5000 from that escrow': {
    kind: 'note-stacked',
    creditId: creditId(1),
    escrowId: escrowId(1),
    denomination: note(5_000),
  },
  'stacked 5000 from nowhere': {
    kind: 'note-stacked',
    creditId: creditId(2),
    escrowId: undefined,
    denomination: note(5_000),
  },
  'stacked 2000 from nowhere': {
    kind: 'note-stacked',
    creditId: creditId(2),
    escrowId: undefined,
    denomination: note(2_000),
  },
  'stacked from nowhere, kind not told': {
    kind: 'note-stacked',
    creditId: creditId(2),
    escrowId: undefined,
    denomination: undefined,
  },
  'credit released': { kind: 'credit-released', creditId: creditId(1) },
  returning: { kind: 'note-returning', reason: 'device' },
  returned: { kind: 'note-returned', escrowId: undefined, reason: 'device' },
  rejected: { kind: 'note-rejected', reason: 'unreadable' },
  jam: { kind: 'acceptor-trouble', fault: 'jam-in-head', detail: '' },
  'note left in mouth': { kind: 'acceptor-trouble', fault: 'note-in-mouth', detail: '' },
  'cassette removed': { kind: 'acceptor-trouble', fault: 'cassette-removed', detail: '' },
  'cassette full': { kind: 'acceptor-trouble', fault: 'cassette-full', detail: '' },
  'trouble ended': { kind: 'acceptor-trouble-ended', fault: 'jam-in-head' },
} satisfies Record<string, AcceptorReport>;

type Told = keyof typeof reports | 'silent for 50 s';

const nothing = 'nothing';
const atRest = 'does stop-watching-note; tells notes-at-rest';
const watched = 'does watch-note; tells note-moving';
const sentBack = 'does return-note; tells note-coming-back';
const goesBack = 'does stop-watching-note; tells note-coming-back';
const gaveBack = 'does stop-watching-note; tells note-coming-back, notes-at-rest';
const provenBack = `stores note-returned; ${atRest}`;
const gaveUp =
  'stores note-unknown, alarm-raised, operation-closed; does stop-watching-note; tells operation-doubtful';
const gaveUpAndSentBack = gaveUp.replace('stop-watching-note', 'stop-watching-note, return-note');
const taken = 'stores note-escrowed, note-intended; does stack, watch-note; tells note-moving';
const credited =
  'stores note-stacked; does confirm-credit, stop-watching-note; tells note-counted, notes-at-rest';
const unplaced =
  'stores note-appeared, alarm-raised; does confirm-credit, stop-watching-note; tells notes-at-rest';
const gaveUpAndUnplaced =
  'stores note-unknown, alarm-raised, operation-closed, note-appeared, alarm-raised; ' +
  'does stop-watching-note, confirm-credit, stop-watching-note; tells operation-doubtful, notes-at-rest';
const supplement =
  'stores note-stacked, alarm-ended, operation-opened, operation-closed; ' +
  'does confirm-credit, stop-watching-note; tells notes-at-rest';

const nobody: Record<Told, string> = {
  connected: nothing,
  lost: nothing,
  'recovered, path empty': atRest,
  'recovered, note was in the head': atRest,
  'recovered, note was past return': atRest,
  enabled: nothing,
  disabled: nothing,
  accepting: watched,
  'same escrow again': sentBack,
  'another escrow': sentBack,
  'another escrow, kind unknown': sentBack,
  stacking: watched,
  'stacked 5000 from that escrow': unplaced,
  'stacked 5000 from nowhere': unplaced,
  'stacked 2000 from nowhere': unplaced,
  'stacked from nowhere, kind not told': unplaced,
  'credit released': nothing,
  returning: goesBack,
  returned: atRest,
  rejected: gaveBack,
  jam: atRest,
  'note left in mouth': atRest,
  'cassette removed': nothing,
  'cassette full': nothing,
  'trouble ended': nothing,
  'silent for 50 s': 'tells notes-at-rest',
};

/** Notes are welcome: what comes to escrow is taken. */
const open: Record<Told, string> = { ...nobody, 'same escrow again': taken, 'another escrow': taken };

const escrowed: Record<Told, string> = {
  ...nobody,
  lost: 'does watch-note',
  stacking: 'tells note-moving',
  'recovered, path empty': provenBack,
  'recovered, note was in the head': provenBack,
  'recovered, note was past return': gaveUp,
  'same escrow again': 'does return-note',
  'another escrow': gaveUpAndSentBack,
  'another escrow, kind unknown': gaveUpAndSentBack,
  'stacked 5000 from that escrow': credited,
  'stacked 5000 from nowhere': credited,
  'stacked 2000 from nowhere': gaveUpAndUnplaced,
  'stacked from nowhere, kind not told': gaveUpAndUnplaced,
  returned: provenBack,
  rejected: nothing,
  jam: gaveUp,
  'note left in mouth': provenBack,
  'silent for 50 s': gaveUp,
};

/** The stack command may have left: an empty path is no proof that the note went back, and a credit can only be its. */
const intended: Record<Told, string> = {
  ...escrowed,
  'recovered, path empty': gaveUp,
  'stacked from nowhere, kind not told': credited,
};

/** A late credit event may still be its; what goes back is another note. */
const provable: Record<Told, string> = {
  ...nobody,
  'stacked 5000 from that escrow': supplement,
  'stacked 5000 from nowhere': supplement,
  'stacked from nowhere, kind not told': supplement,
};

const expected: Record<Hand, Record<Told, string>> = {
  'nobody there': nobody,
  open,
  accepting: {
    ...open,
    lost: 'does watch-note',
    'cassette removed': 'does watch-note',
    'cassette full': 'does watch-note',
  },
  'escrowed and refused': escrowed,
  intended,
  'in the mouth': { ...intended, 'cassette removed': 'does watch-note', 'cassette full': 'does watch-note' },
  'unknown, provable': provable,
  'unknown, may have gone back': {
    ...provable,
    returned: 'stores note-returned, alarm-ended; tells notes-at-rest',
  },
  'credited, not released': {
    ...open,
    'recovered, path empty': `stores note-released; ${atRest}`,
    'recovered, note was in the head': `stores note-released; ${atRest}`,
    'recovered, note was past return': `stores note-released; ${atRest}`,
    'stacked 5000 from that escrow': 'does confirm-credit',
    'stacked 5000 from nowhere': 'does confirm-credit',
    'stacked from nowhere, kind not told': 'does confirm-credit',
    'stacked 2000 from nowhere': unplaced.replace('stores', 'stores note-released,'),
    'credit released': 'stores note-released',
  },
};

function told(step: TillStep): string {
  const part = (verb: string, things: readonly { readonly kind: string }[]): readonly string[] =>
    things.length === 0 ? [] : [`${verb} ${things.map((thing) => thing.kind).join(', ')}`];
  const parts = [
    ...part('stores', step.facts),
    ...part('does', step.effects),
    ...part('tells', step.notices),
  ];
  return parts.length === 0 ? nothing : parts.join('; ');
}

describe.each(Object.keys(hands) as Hand[])('a note %s', (hand) => {
  test.each(Object.keys(reports) as (keyof typeof reports)[])('%s', (name) => {
    const answer = onAcceptorReport(hands[hand], reports[name], contextAt(1_000));
    expect(told(answer)).toBe(expected[hand][name]);
  });

  test('silent for 50 s', () => {
    expect(told(onNoteOverdue(hands[hand], contextAt(1_000)))).toBe(expected[hand]['silent for 50 s']);
  });
});
