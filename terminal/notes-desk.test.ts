import { describe, expect, it } from 'vitest';
import type { NoteId, OperationId, PeriodId, WalletPhone } from './ids.ts';
import { minorFromTenge } from './money.ts';
import { confirmResolution, proposeResolution, type UnknownNote } from './notes-desk.ts';
import { operationNumber } from './operation-number.ts';

const ids = { uuidV7: () => '01900000-0000-7000-8000-000000000001' };
const periodId = 'period-3' as PeriodId;

function note(changes: Partial<UnknownNote> = {}): UnknownNote {
  return {
    noteId: 'note-1' as NoteId,
    valueMinor: minorFromTenge(2_000),
    currency: 'KZT',
    why: 'jam',
    changedAtMs: 0,
    period: { periodId, periodNumber: 3 },
    operation: {
      operationId: 'operation-1' as OperationId,
      operationNumber: operationNumber(1),
      closed: true,
      wallet: '+77010000001' as WalletPhone,
      holderMasked: 'Айгүл С.',
      language: 'kk',
    },
    proposal: { as: 'stacked', by: 'Aigul', reason: 'found in the cassette' },
    ...changes,
  };
}

const confirmation = { by: 'Baurzhan', periodId: undefined, nextOperationSerial: 8, ids };

describe('a proposal', () => {
  it('names its maker and a reason', () => {
    const answer = proposeResolution(note(), { as: 'void', by: '  Aigul   S. ', reason: ' empty ' });
    expect(answer).toEqual({
      kind: 'facts',
      facts: [
        { kind: 'note-resolution-proposed', noteId: 'note-1', as: 'void', by: 'Aigul S.', reason: 'empty' },
      ],
    });
  });

  it('is refused without one of them', () => {
    const without = (by: string, reason: string) => proposeResolution(note(), { as: 'void', by, reason });
    expect(without(' ', 'empty')).toEqual({ kind: 'refused', why: 'name-missing' });
    expect(without('Aigul', ' ')).toEqual({ kind: 'refused', why: 'reason-missing' });
  });
});

describe('a confirmation', () => {
  it('settles a stacked note and pays it by a supplement to the same wallet', () => {
    const answer = confirmResolution(note(), confirmation);
    expect(answer).toMatchObject({
      kind: 'facts',
      facts: [
        { kind: 'note-resolved', as: 'stacked', proposedBy: 'Aigul', confirmedBy: 'Baurzhan', periodId },
        { kind: 'alarm-ended', alarm: 'note-unknown', subject: 'note-1' },
        {
          kind: 'operation-opened',
          operationId: ids.uuidV7(),
          operationNumber: operationNumber(8),
          wallet: '+77010000001',
          supplementOf: { operationId: 'operation-1', noteId: 'note-1' },
        },
        {
          kind: 'operation-closed',
          operationId: ids.uuidV7(),
          end: 'paid',
          amountMinor: minorFromTenge(2_000),
        },
      ],
    });
  });

  it.each(['returned', 'void'] as const)('settles a note as %s without paying anything', (as) => {
    const answer = confirmResolution(note({ proposal: { as, by: 'Aigul', reason: 'x' } }), confirmation);
    expect(answer).toMatchObject({
      facts: [{ kind: 'note-resolved', as, periodId: undefined }, { kind: 'alarm-ended' }],
    });
    expect(answer.kind === 'facts' && answer.facts.length).toBe(2);
  });

  it('places a note that appeared without a record, which has no wallet to be paid to', () => {
    const answer = confirmResolution(note({ operation: undefined }), confirmation);
    expect(answer).toMatchObject({ facts: [{ kind: 'note-resolved' }, { alarm: 'credit-without-record' }] });
    expect(answer.kind === 'facts' && answer.facts.length).toBe(2);
  });

  it('takes the period that the second person names', () => {
    const other = 'period-4' as PeriodId;
    const answer = confirmResolution(note({ period: undefined }), { ...confirmation, periodId: other });
    expect(answer).toMatchObject({ facts: [{ periodId: other }, {}, {}, {}] });
  });

  const open = { ...note().operation, closed: false } as UnknownNote['operation'];
  it.each([
    ['nothing-proposed', note({ proposal: undefined }), confirmation],
    ['name-missing', note(), { ...confirmation, by: ' ' }],
    ['same-person', note(), { ...confirmation, by: ' AIGUL ' }],
    ['operation-open', note({ operation: open }), confirmation],
    ['period-missing', note({ period: undefined }), confirmation],
  ])('is refused: %s', (why, unknownNote, given) => {
    expect(confirmResolution(unknownNote, given)).toEqual({ kind: 'refused', why });
  });
});
