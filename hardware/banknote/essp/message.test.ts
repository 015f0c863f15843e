import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/essp.json' with { type: 'json' };
import { formatHex, parseHex } from '../../link/tap.ts';
import { deframe } from './frame.ts';
import { commandData, decodeAnswer, decodeEvents } from './message.ts';
import { decodeSerialNumber, decodeSetup } from './setup.ts';
import { rejectReasonOf } from './words.ts';

function dataAfterOk(name: string): Uint8Array {
  const frame = vectors.deviceFrames.find((one) => one.name === name)?.bytes ?? '';
  const [item] = deframe(new Uint8Array(0), parseHex(frame)).found;
  return item?.kind === 'frame' ? item.payload.subarray(2) : new Uint8Array(0);
}

describe('eSSP commands', () => {
  it.each([
    [{ kind: 'protocol', version: 8 }, '06 08'],
    [{ kind: 'inhibits', taken: 0x7f }, '02 7F 00'],
    [{ kind: 'poll', acked: false, stacks: true }, '07'],
    [{ kind: 'poll', acked: true, stacks: false }, '56'],
    [{ kind: 'hold' }, '18'],
    [{ kind: 'reject' }, '08'],
  ] as const)('%j is %s', (command, data) => {
    expect(formatHex(commandData(command))).toBe(data);
  });
});

describe('eSSP answers', () => {
  it.each([
    ['F0 05', { kind: 'ok', data: Uint8Array.of(5) }],
    ['F5 01', { kind: 'refused', why: 'cannot-process' }],
    ['FA', { kind: 'refused', why: 'no-key' }],
    ['11', undefined],
  ])('%s', (data, answer) => {
    expect(decodeAnswer(parseHex(data))).toEqual(answer);
  });

  it('lists events in their order, each with its channel', () => {
    expect(decodeEvents(dataAfterOk('credit of channel 5 and stacking'))).toEqual({
      events: [
        { code: 0xee, channel: 5 },
        { code: 0xcc, channel: undefined },
      ],
      unknown: undefined,
    });
  });

  it('reads nothing behind a code that is not listed: its length is not known', () => {
    expect(decodeEvents(parseHex('CC C9 EE 05'))).toEqual({
      events: [{ code: 0xcc, channel: undefined }],
      unknown: 0xc9,
    });
  });

  it('is no list if it breaks off before a channel', () => {
    expect(decodeEvents(parseHex('CC EE'))).toBeUndefined();
  });
});

describe('eSSP setup', () => {
  it('names unit and money', () => {
    const setup = decodeSetup(dataAfterOk('SETUP'));
    expect(setup).toMatchObject({
      kind: 'setup',
      model: 'banknote validator',
      firmware: '0429',
      dataset: 'KZT',
    });
    const table = setup.kind === 'setup' ? setup.table : [];
    expect(table.map((kind) => kind?.valueMinor)).toEqual([
      undefined,
      ...[200, 500, 1_000, 2_000, 5_000, 10_000, 20_000].map((tenge) => tenge * 100),
    ]);
  });

  it.each([
    ['of another currency', (bytes: Uint8Array) => bytes.set([0x52, 0x55, 0x42], 30), true],
    ['without a channel', (bytes: Uint8Array) => bytes.set([0], 11), false],
    ['of an old protocol', (bytes: Uint8Array) => bytes.set([5], 29), false],
  ])('is refused %s', (_, change, isWrongMoney) => {
    const bytes = Uint8Array.from(dataAfterOk('SETUP'));
    change(bytes);
    expect(decodeSetup(bytes)).toMatchObject({ kind: 'refused', isWrongMoney });
  });

  it('reads the serial number with its high byte first', () => {
    expect(decodeSerialNumber(parseHex('00 01 00 02'))).toBe('65538');
    expect(decodeSerialNumber(parseHex('00 01'))).toBeUndefined();
  });

  it('knows why a note came back, and takes an unknown reason for an unreadable note', () => {
    expect([0x02, 0x06, 0x0e, 0x12, 0xfe].map(rejectReasonOf)).toEqual([
      'unreadable',
      'kind-not-accepted',
      'doubtful',
      'mechanical',
      'unreadable',
    ]);
  });
});
