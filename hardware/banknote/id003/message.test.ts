import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/id003.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import { motionOf } from '../note-path/device-state.ts';
import {
  ackFrame,
  type Command,
  decodeActionAnswer,
  decodeStatus,
  encodeCommand,
  isEcho,
  type Status,
} from './message.ts';
import { deviceStateOf } from './words.ts';

function hostFrame(name: string): string {
  const found = vectors.hostFrames.find((frame) => frame.name === name);
  if (found === undefined) throw new Error(`no such vector: ${name}`);
  return found.bytes;
}

function devicePayload(name: string): Uint8Array {
  const found = vectors.deviceFrames.find((frame) => frame.name === name);
  if (found === undefined) throw new Error(`no such vector: ${name}`);
  return parseHex(found.bytes).slice(2, -2);
}

const commands: readonly (readonly [string, Command])[] = [
  ['STATUS REQUEST', { kind: 'status' }],
  ['RESET', { kind: 'reset' }],
  ['STACK-2', { kind: 'stack' }],
  ['RETURN', { kind: 'return' }],
  ['enable all denominations', { kind: 'set-denominations', taken: 0xffff }],
  ['disable 61 only', { kind: 'set-denominations', taken: 0xfffe }],
  ['security low', { kind: 'set-security', high: 0 }],
  ['polled mode', { kind: 'set-polled' }],
  ['inhibit off', { kind: 'inhibit', on: false }],
  ['inhibit on', { kind: 'inhibit', on: true }],
  ['all directions', { kind: 'set-direction' }],
  ['power recovery on', { kind: 'set-options' }],
  ['VERSION', { kind: 'version' }],
  ['CURRENCY ASSIGN', { kind: 'currency-assign' }],
];

const statuses: readonly (readonly [string, Status])[] = [
  ['IDLING', { kind: 'idling' }],
  ['ACCEPTING', { kind: 'accepting' }],
  ['ESCROW 64', { kind: 'escrow', code: 0x64 }],
  ['STACKING', { kind: 'stacking' }],
  ['VEND VALID', { kind: 'vend-valid', code: undefined }],
  ['STACKED', { kind: 'stacked' }],
  ['REJECTING 79', { kind: 'rejecting', reason: 0x79 }],
  ['RETURNING', { kind: 'returning' }],
  ['HOLDING', { kind: 'holding' }],
  ['DISABLE', { kind: 'disabled' }],
  ['INITIALIZE', { kind: 'initialize' }],
  ['POWER UP', { kind: 'power-up', noteAt: 'nowhere' }],
  ['POWER UP WITH BILL IN ACCEPTOR', { kind: 'power-up', noteAt: 'head' }],
  ['POWER UP WITH BILL IN STACKER', { kind: 'power-up', noteAt: 'stacker' }],
  ['STACKER FULL', { kind: 'fault', code: 0x43, detail: undefined }],
  ['STACKER OPEN', { kind: 'fault', code: 0x44, detail: undefined }],
  ['FAILURE AB', { kind: 'fault', code: 0x49, detail: 0xab }],
];

describe('ID-003 messages', () => {
  it.each(commands)('%s is written as documented', (name, command) => {
    expect(formatHex(encodeCommand(command))).toBe(hostFrame(name));
  });

  it('ACK is written as documented', () => {
    expect(formatHex(ackFrame)).toBe(hostFrame('ACK'));
  });

  it.each(statuses)('%s is read as documented', (name, status) => {
    expect(decodeStatus(devicePayload(name))).toEqual(status);
  });

  it('VEND VALID may name its note again, and a ticket its digits', () => {
    expect(decodeStatus(parseHex('15 64'))).toEqual({ kind: 'vend-valid', code: 0x64 });
    expect(decodeStatus(parseHex('13 6F 31 32 33'))).toEqual({ kind: 'escrow', code: 0x6f });
  });

  it.each([['ACK'], ['COMMUNICATION ERROR'], ['INVALID COMMAND'], ['ENQ'], ['tenge table']])(
    '%s is no status',
    (name) => {
      expect(decodeStatus(devicePayload(name))).toBeUndefined();
    },
  );

  it('does not guess at a status that is cut short or too long', () => {
    for (const cut of ['13', '17', '11 00', '14 64', '49 A2 00']) {
      expect(decodeStatus(parseHex(cut))).toBeUndefined();
    }
  });

  it('takes ACK for an action alone, and for a setting only itself told back', () => {
    const stack: Command = { kind: 'stack' };
    const inhibit: Command = { kind: 'inhibit', on: true };
    expect(decodeActionAnswer(stack, devicePayload('ACK'))).toBe('done');
    expect(decodeActionAnswer(inhibit, devicePayload('ACK'))).toBeUndefined();
    expect(decodeActionAnswer(inhibit, parseHex('C3 01'))).toBe('done');
    expect(decodeActionAnswer(inhibit, parseHex('C3 00'))).toBeUndefined();
    expect(decodeActionAnswer(stack, devicePayload('INVALID COMMAND'))).toBe('invalid');
    expect(decodeActionAnswer(stack, devicePayload('COMMUNICATION ERROR'))).toBe('communication-error');
    // POWER UP WITH BILL IN STACKER: a late status, or our own question come back.
    expect(decodeActionAnswer(stack, parseHex('42'))).toBeUndefined();
  });

  it('knows its own question when it comes back', () => {
    expect(isEcho({ kind: 'version' }, parseHex('88'))).toBe(true);
    expect(isEcho({ kind: 'version' }, parseHex('88 55'))).toBe(false);
  });

  it('decides for every byte what it means as a status', () => {
    for (let code = 0; code < 256; code += 1) {
      const status = decodeStatus(Uint8Array.of(code));
      if (status !== undefined) expect(motionOf(deviceStateOf(status, false))).toBeTypeOf('string');
    }
  });
});

describe('ID-003 words', () => {
  const stateOf = (hex: string, isNoteOut = false): unknown => {
    const status = decodeStatus(parseHex(hex));
    if (status === undefined) throw new Error(`${hex} is no status`);
    return deviceStateOf(status, isNoteOut);
  };

  it.each([
    ['43', 'cassette-full', 'state 43'],
    ['44', 'cassette-removed', 'state 44'],
    ['45', 'jam-in-head', 'state 45'],
    ['46', 'jam-in-cassette', 'state 46'],
    ['47', 'paused', 'state 47'],
    ['48', 'cheated', 'state 48'],
    ['49 A2', 'failure', 'state 49 A2: stacker motor'],
    ['49 99', 'failure', 'state 49 99: not listed'],
  ])('names the fault %s, and the part that failed', (hex, fault, detail) => {
    expect(stateOf(hex)).toEqual({ kind: 'fault', fault, detail });
  });

  it.each([
    ['17 79', 'kind-not-accepted'],
    ['17 71', 'mechanical'],
    ['17 73', 'left-in-head'],
    ['17 7F', 'doubtful'],
    ['17 72', 'unreadable'],
    ['17 EE', 'unreadable'],
  ])('gives for %s a reason that helps a customer, and never speaks of a false note', (hex, reason) => {
    expect(stateOf(hex)).toMatchObject({ kind: 'rejecting', reason });
  });

  it('takes 17 for the way back of a note that has been in escrow', () => {
    expect(stateOf('17 79', true)).toMatchObject({ kind: 'returning' });
  });

  it('credits on 15, and on nothing around it', () => {
    expect(stateOf('15')).toEqual({ kind: 'stacked', type: undefined });
    for (const hex of ['13 64', '14', '16', '19'])
      expect(stateOf(hex)).not.toMatchObject({ kind: 'stacked' });
  });
});
