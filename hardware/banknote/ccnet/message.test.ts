import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/ccnet.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import { type DeviceState, motionOf } from '../note-path/device-state.ts';
import {
  ackFrame,
  type Command,
  decodeActionAnswer,
  decodePollState,
  encodeCommand,
  isEcho,
  nakFrame,
  type PollState,
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
  return parseHex(found.bytes).slice(3, -2);
}

const commands: readonly (readonly [string, Command])[] = [
  ['RESET', { kind: 'reset' }],
  ['POLL', { kind: 'poll' }],
  ['STACK', { kind: 'stack' }],
  ['RETURN', { kind: 'return' }],
  ['IDENTIFICATION', { kind: 'identification' }],
  ['GET BILL TABLE', { kind: 'get-bill-table' }],
  ['SET SECURITY none', { kind: 'set-security', high: 0 }],
  ['ENABLE all, all with escrow', { kind: 'enable', types: 0xffffff }],
  ['ENABLE types 0-6 with escrow', { kind: 'enable', types: 0x7f }],
  ['DISABLE all', { kind: 'enable', types: 0 }],
];

const states: readonly (readonly [string, PollState])[] = [
  ['POWER UP', { kind: 'power-up', noteAt: 'nowhere' }],
  ['POWER UP with bill in validator', { kind: 'power-up', noteAt: 'head' }],
  ['POWER UP with bill in stacker', { kind: 'power-up', noteAt: 'stacker' }],
  ['INITIALIZE', { kind: 'initializing' }],
  ['IDLING', { kind: 'idling' }],
  ['DISABLED', { kind: 'disabled' }],
  ['ACCEPTING', { kind: 'accepting' }],
  ['STACKING', { kind: 'stacking' }],
  ['RETURNING', { kind: 'returning' }],
  ['HOLDING', { kind: 'holding' }],
  ['BUSY 500 ms', { kind: 'busy', forMs: 500 }],
  ['REJECTING, inhibited', { kind: 'rejecting', reason: 0x68 }],
  ['ESCROW type 2', { kind: 'escrow', type: 2 }],
  ['STACKED type 2', { kind: 'stacked', type: 2 }],
  ['RETURNED type 2', { kind: 'returned', type: 2 }],
  ['FAILURE 50', { kind: 'fault', code: 0x47, detail: 0x50 }],
];

describe('CCNET messages', () => {
  it.each(commands)('%s is written as documented', (name, command) => {
    expect(formatHex(encodeCommand(command))).toBe(hostFrame(name));
  });

  it('ACK and NAK are written as documented', () => {
    expect(formatHex(ackFrame)).toBe(hostFrame('ACK'));
    expect(formatHex(nakFrame)).toBe(hostFrame('NAK'));
  });

  it('puts types 23 to 16 first in a mask', () => {
    const payload = encodeCommand({ kind: 'enable', types: 0x800102 }).slice(3, -2);
    expect(formatHex(payload)).toBe('34 80 01 02 80 01 02');
  });

  it.each(states)('%s is read as documented', (name, state) => {
    expect(decodePollState(devicePayload(name))).toEqual(state);
  });

  it.each([
    ['ACK', 'ack'],
    ['NAK', 'nak'],
    ['ILLEGAL COMMAND', 'illegal'],
  ])('%s answers an action, and no poll', (name, answer) => {
    expect(decodeActionAnswer(devicePayload(name))).toBe(answer);
    expect(decodePollState(devicePayload(name))).toBeUndefined();
  });

  it('does not guess at a state whose second byte is missing, nor at one with three', () => {
    for (const cut of ['1B', '1C', '80', '81', '82']) expect(decodePollState(parseHex(cut))).toBeUndefined();
    expect(decodePollState(parseHex('81 02 01'))).toBeUndefined();
  });

  it('keeps a state that the documents do not list', () => {
    expect(decodePollState(parseHex('1D'))).toEqual({ kind: 'unlisted', code: 0x1d });
    expect(decodePollState(parseHex('28 01'))).toEqual({ kind: 'unlisted', code: 0x28 });
  });

  it('knows its own question when it comes back', () => {
    expect(isEcho({ kind: 'poll' }, parseHex('33'))).toBe(true);
    expect(isEcho({ kind: 'poll' }, parseHex('14'))).toBe(false);
    expect(isEcho({ kind: 'identification' }, parseHex('37'))).toBe(true);
  });

  it('decides for every byte what it means as a state', () => {
    for (let code = 0; code < 256; code += 1) {
      const state = decodePollState(Uint8Array.of(code));
      if (state !== undefined) expect(motionOf(deviceStateOf(state))).toBeTypeOf('string');
    }
  });
});

describe('CCNET words', () => {
  const stateOf = (hex: string): DeviceState => {
    const poll = decodePollState(parseHex(hex));
    if (poll === undefined) throw new Error(`${hex} is no state`);
    return deviceStateOf(poll);
  };

  it.each([
    ['41', 'cassette-full', 'state 41'],
    ['42', 'cassette-removed', 'state 42'],
    ['43', 'jam-in-head', 'state 43'],
    ['44', 'jam-in-cassette', 'state 44'],
    ['45', 'cheated', 'state 45'],
    ['46', 'paused', 'state 46'],
    ['47 50', 'failure', 'state 47 50: stacker motor'],
    ['47 99', 'failure', 'state 47 99: not listed'],
  ])('names the fault %s, and the part that failed', (hex, fault, detail) => {
    expect(stateOf(hex)).toEqual({ kind: 'fault', fault, detail });
  });

  it.each([
    ['1C 68', 'kind-not-accepted'],
    ['1C 67', 'unreadable'],
    ['1C 60', 'mechanical'],
    ['1C 62', 'left-in-head'],
    ['1C 66', 'doubtful'],
    ['1C EE', 'unreadable'],
  ])('gives for %s a reason that helps a customer, and never speaks of a false note', (hex, reason) => {
    expect(stateOf(hex)).toMatchObject({ kind: 'rejecting', reason });
  });
});
