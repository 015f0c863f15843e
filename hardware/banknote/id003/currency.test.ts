import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/vectors/id003.json' with { type: 'json' };
import { parseHex } from '../../link/tap.ts';
import { decodeCurrencyAssign, decodeVersion } from './currency.ts';

function payloadOf(name: string): Uint8Array {
  const frame = vectors.deviceFrames.find((one) => one.name === name);
  if (frame === undefined) throw new Error(`no such vector: ${name}`);
  return parseHex(frame.bytes).slice(2, -2);
}

const tengeOf = (payload: Uint8Array): unknown => {
  const answer = decodeCurrencyAssign(payload);
  return answer.kind === 'refused' ? answer.why : answer.table.map((kind) => kind && kind.valueMinor / 100);
};

describe('ID-003 currency assign', () => {
  it('reads the tenge table by escrow code, with its gap', () => {
    expect(tengeOf(payloadOf('tenge table'))).toEqual([
      undefined,
      200,
      500,
      1_000,
      2_000,
      5_000,
      10_000,
      20_000,
    ]);
  });

  it('reads another split of the same values, in another order, and more than eight records', () => {
    expect(tengeOf(parseHex('8A 62 51 01 03 61 51 05 02'))).toEqual([500, 1_000]);
    expect(tengeOf(parseHex(`8A${' 61 00 00 00'.repeat(9)} 6A 51 14 03`))).toEqual([
      ...Array(9).fill(undefined),
      20_000,
    ]);
  });

  it.each([
    ['money of another country', payloadOf('euro table'), 'code 62 is money of country E0 (EUR)'],
    [
      'money of a country that nobody knows',
      parseHex('8A 61 77 05 02'),
      'code 61 is money of country 77 (not listed)',
    ],
    ['nothing at all', parseHex('8A'), 'no table has 1 bytes'],
    ['half a record', parseHex('8A 61 51 05'), 'no table has 4 bytes'],
    ['no note', parseHex('8A 61 00 00 00'), 'the table holds no note'],
    ['a code twice', parseHex('8A 61 51 05 02 61 51 01 03'), 'code 61 stands for two kinds of note'],
    ['a code that is none', parseHex('8A 71 51 05 02'), 'code 71 is no denomination'],
    ['a code below the first', parseHex('8A 60 51 05 02'), 'code 60 is no denomination'],
    ['a value of nothing', parseHex('8A 61 51 00 02'), 'code 61 has an impossible value'],
    ['a value beyond all money', parseHex('8A 61 51 05 0A'), 'code 61 has an impossible value'],
  ])('refuses %s', (_name, payload, why) => {
    expect(tengeOf(payload)).toBe(why);
  });
});

describe('ID-003 version', () => {
  const version = (text: string): Uint8Array => Uint8Array.of(0x88, ...new TextEncoder().encode(text));

  it('names the model and the firmware', () => {
    expect(decodeVersion(version('U(KAZ)-07-SS2 ID003-05V601-12 14MAR22 6F2C'))).toEqual({
      model: 'U(KAZ)-07-SS2',
      firmware: 'ID003-05V601-12 14MAR22 6F2C',
    });
  });

  it('is not our own question, nor a text of blanks', () => {
    for (const payload of [version(''), version('   '), version('\u0001\u0002'), parseHex('11')]) {
      expect(decodeVersion(payload)).toBeUndefined();
    }
  });
});
