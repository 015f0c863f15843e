import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/ebds.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import { type Command, encodeCommand, type Toggle } from './command.ts';
import { decodeNoteBlock } from './note-block.ts';
import { decodeCounters, decodeReply, decodeSerialNumber, type Reply, type Status } from './reply.ts';
import { kindOf, rejectReasonOf, stateOf } from './words.ts';

function vector(list: readonly { name: string; bytes: string }[], name: string): string {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no such vector: ${name}`);
  return found.bytes;
}

function reply(name: string): Reply | undefined {
  return decodeReply(parseHex(vector(vectors.deviceFrames, name)).slice(2, -2));
}

function told(name: string): Extract<Reply, { kind: 'status' }> {
  const read = reply(name);
  if (read?.kind !== 'status') throw new Error(`${name} has no status`);
  return read;
}

describe('EBDS messages of the host', () => {
  it.each<[string, Command, Toggle, boolean]>([
    ['poll, disabled, bit 0', { kind: 'poll' }, 0, false],
    ['poll, disabled, bit 1', { kind: 'gate', isOpen: false }, 1, false],
    ['poll, enabled', { kind: 'gate', isOpen: true }, 1, true],
    ['enables 1 to 7', { kind: 'enables', notes: [1, 2, 3, 4, 5, 6, 7], form: 'narrow' }, 0, false],
    ['stack', { kind: 'stack' }, 0, true],
    ['return', { kind: 'return' }, 0, true],
    ['note 7', { kind: 'note', index: 7 }, 0, false],
    ['escrow timeout 30 s', { kind: 'escrow-timeout', seconds: 30 }, 0, false],
    ['soft reset', { kind: 'reset' }, 0, false],
  ])('%s as documented', (name, command, toggle, isOpen) => {
    expect(formatHex(encodeCommand(command, toggle, isOpen))).toBe(vector(vectors.hostFrames, name));
  });

  it('puts seven notes into a byte, in 8 bytes or in 19', () => {
    const mask = (notes: readonly number[], form: 'narrow' | 'wide'): string =>
      formatHex(encodeCommand({ kind: 'enables', notes, form }, 0, false).slice(7, -2));
    expect(mask([1, 8, 50], 'narrow')).toBe('01 01 00 00 00 00 00 01');
    expect(mask([7, 14, 128], 'wide')).toBe(`40 40${' 00'.repeat(16)} 02`);
    expect(mask([128], 'narrow')).toBe('00 00 00 00 00 00 00 00');
  });

  it('asks for the serial number and the counters by their numbers', () => {
    expect(formatHex(encodeCommand({ kind: 'serial-number' }, 1, true))).toBe('02 08 61 00 00 05 03 6C');
    expect(formatHex(encodeCommand({ kind: 'counters' }, 0, true))).toBe('02 08 60 00 00 0B 03 63');
  });
});

describe('EBDS answers', () => {
  const state = (name: string): unknown => {
    const { status, note } = told(name);
    return stateOf(status, note === undefined ? undefined : kindOf(note), true);
  };

  it.each([
    ['powering up', { kind: 'initializing' }],
    ['idle', { kind: 'idling' }],
    ['5000 in escrow', { kind: 'escrow', type: 4 }],
    ['5 of 7 in escrow', { kind: 'holding' }],
    ['stacking', { kind: 'stacking' }],
    ['returning', { kind: 'returning', mayDisable: true }],
    ['jammed', { kind: 'fault', fault: 'jam-in-head', detail: 'jammed' }],
    ['cassette full', { kind: 'fault', fault: 'cassette-full', detail: 'cassette full' }],
    ['cassette removed', { kind: 'fault', fault: 'cassette-removed', detail: 'no cassette' }],
  ])('%s', (name, expected) => {
    expect(state(name)).toEqual(expected);
  });

  it('has the events beside the state', () => {
    expect(told('5000 stacked').status).toMatchObject({ idling: true, stacked: true, returned: false });
    expect(told('returned and idle').status).toMatchObject({ idling: true, returned: true });
    expect(told('rejected and idle').status).toMatchObject({ rejected: true, cassettePresent: true });
    expect(told('Apex: bill 5 stacked').status).toMatchObject({ stacked: true, value: 5 });
    expect([told('idle').toggle, told('stacking').toggle]).toEqual([1, 0]);
    expect(told('idle').status).toMatchObject({ model: 0x54, revision: 42 });
  });

  it('tells the note in hand from an entry of the table', () => {
    expect(told('5000 stacked').note).toMatchObject({ index: 0, currency: 'KZT', valueMinor: 500_000 });
    expect(told('20000 in the note table').note).toMatchObject({ index: 7, valueMinor: 2_000_000 });
  });

  it('takes a unit that shows nothing for one out of service, and an event alone for no state', () => {
    const silent: Status = { ...told('idle').status, idling: false };
    expect(stateOf(silent, undefined, true)).toMatchObject({ fault: 'failure', detail: 'out of service' });
    expect(stateOf({ ...silent, returned: true }, undefined, true)).toBeUndefined();
  });

  it('decides about a note in escrow before the one pushed in behind it, or a full cassette', () => {
    const { status } = told('5000 in escrow');
    expect(stateOf({ ...status, paused: true, cassetteFull: true }, 4, true)).toEqual({
      kind: 'escrow',
      type: 4,
    });
    const entering = { ...status, escrowed: false, accepting: true, paused: true };
    expect(stateOf(entering, undefined, true)).toMatchObject({ fault: 'paused' });
  });

  it('knows its own bytes when they come back, and refuses what has the wrong length', () => {
    expect(decodeReply(parseHex('10 00 1C 14'))).toEqual({ kind: 'echo' });
    for (const payload of ['20 01 10 00 10 54', '70 02 01 10', '70 02 01 10 00 10 54 2A 00', '30 00'])
      expect(decodeReply(parseHex(payload))).toBeUndefined();
  });
});

describe('EBDS note blocks', () => {
  const block = (text: string, noteClass = 0): ReturnType<typeof decodeNoteBlock> =>
    decodeNoteBlock(Uint8Array.of(0, ...new TextEncoder().encode(text), 0, 65, 65, 66, 65, noteClass, 0, 0));

  it.each([
    ['KZT005+03', 500_000],
    ['KZT020+03', 2_000_000],
    ['KZT200+00', 20_000],
    ['KZT500-01', 5_000],
  ])('%s is worth %i tiyn', (text, valueMinor) => {
    expect(block(text)).toMatchObject({ currency: 'KZT', valueMinor });
  });

  it.each([['KZT005-03'], ['KZT000+03'], ['KZT0 5+03'], ['KZT005*03'], ['KZT005+0x'], ['KZT005+10']])(
    '%s is no amount',
    (text) => {
      expect(block(text)).toMatchObject({ valueMinor: undefined });
    },
  );

  it.each([
    [0, 500_000],
    [1, undefined],
    [2, undefined],
    [3, undefined],
    [4, 500_000],
  ])('class %i is worth %s', (noteClass, valueMinor) => {
    expect(block('KZT005+03', noteClass)).toMatchObject({ valueMinor });
  });

  it('is no note of Kazakhstan in other money, in another value, or blank', () => {
    expect(kindOf(block('KZT005+03'))).toBe(4);
    expect(kindOf(block('RUB005+03'))).toBe(-1);
    expect(kindOf(block('KZT003+03'))).toBe(-1);
    expect(decodeNoteBlock(new Uint8Array(18))).toEqual({ kind: 'blank' });
  });
});

describe('EBDS counters', () => {
  const fields = (...counts: readonly number[]): Uint8Array =>
    Uint8Array.from(counts.flatMap((count) => [12, 8, 4, 0].map((shift) => (count >> shift) & 0x0f)));
  const counted = (...reasons: readonly number[]) => {
    const read = decodeCounters(fields(9, 9, 9, 9, 9, 9, ...reasons, 9, 9));
    if (read === undefined) throw new Error('no counters');
    return read;
  };

  it('shifts four nibbles together, the high one first', () => {
    expect(counted(0x1234, 2, 3, 4, 5, 6)).toEqual({
      recognition: 0x1234,
      security: 2,
      orientation: 3,
      noteDisabled: 4,
      fastFeed: 5,
      whileDisabled: 6,
    });
    expect(decodeCounters(fields(1, 2))).toBeUndefined();
    expect(decodeCounters(Uint8Array.from({ length: 56 }, () => 0x10))).toBeUndefined();
  });

  it.each([
    [[1, 0, 0, 0, 0, 0], 'unreadable'],
    [[0, 1, 0, 0, 0, 0], 'doubtful'],
    [[0, 0, 1, 0, 0, 0], 'kind-not-accepted'],
    [[0, 0, 0, 1, 0, 0], 'kind-not-accepted'],
    [[0, 0, 0, 0, 1, 0], 'mechanical'],
    [[0, 0, 0, 0, 0, 1], 'kind-not-accepted'],
    [[0, 0, 0, 0, 0, 0], 'unreadable'],
  ])('by what has changed, also where a counter ran over: %j', (change, reason) => {
    const before = change.map((by) => 0xffff * by);
    const after = change.map(() => 0);
    expect(rejectReasonOf(counted(...before), counted(...after))).toBe(reason);
  });

  it('reads a serial number that is text', () => {
    expect(decodeSerialNumber(parseHex('51 5A 37 00 00'))).toBe('QZ7');
    expect(decodeSerialNumber(parseHex('51 07'))).toBeUndefined();
    expect(decodeSerialNumber(new Uint8Array(0))).toBeUndefined();
  });
});
