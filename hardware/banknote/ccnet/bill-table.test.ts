import { describe, expect, it } from 'vitest';
import { minorFromTenge } from '../../../terminal/money.ts';
import vectors from '../../../tests/vectors/ccnet.json' with { type: 'json' };
import { parseHex } from '../../link/tap.ts';
import { decodeBillTable, decodeIdentification } from './bill-table.ts';

const tengeValues = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000].map(minorFromTenge);

/** A table with one record in front and the rest unused. */
function tableOf(record: string): Uint8Array {
  const payload = new Uint8Array(120);
  payload.set(parseHex(record));
  return payload;
}

function firstKind(record: string): unknown {
  const answer = decodeBillTable(tableOf(record));
  return answer.kind === 'table' ? answer.table[0] : answer.why;
}

describe('CCNET bill table', () => {
  it.each(vectors.deviceFrames.filter((frame) => frame.name.startsWith('bill table')))(
    'reads the $name',
    ({ bytes }) => {
      const answer = decodeBillTable(parseHex(bytes).slice(3, -2));
      expect(answer.kind).toBe('table');
      const table = answer.kind === 'table' ? answer.table : [];
      expect(table.length).toBe(24);
      expect(table.slice(0, 7)).toEqual(tengeValues.map((valueMinor) => ({ valueMinor, currency: 'KZT' })));
      expect(table.slice(7).every((kind) => kind === undefined)).toBe(true);
    },
  );

  it('takes the country and the currency for tenge', () => {
    const thousand = { valueMinor: minorFromTenge(1_000), currency: 'KZT' };
    expect(firstKind('01 4B 41 5A 03')).toEqual(thousand);
    expect(firstKind('01 4B 5A 54 03')).toEqual(thousand);
  });

  it('divides where bit 7 of the scale says so', () => {
    expect(firstKind('C8 4B 41 5A 82')).toEqual({ valueMinor: minorFromTenge(2), currency: 'KZT' });
    expect(firstKind('05 4B 41 5A 82')).toMatch(/impossible/);
  });

  it('refuses other money by its name', () => {
    expect(firstKind('01 52 55 53 03')).toBe('type 0 is money of "RUS"');
  });

  it('refuses what is no table', () => {
    expect(decodeBillTable(new Uint8Array(119))).toEqual({
      kind: 'refused',
      why: 'a bill table has 120 bytes, not 119',
    });
    expect(firstKind('00 00 00 00 00')).toBe('the bill table is empty');
    expect(firstKind('01 4B 41 5A 7F')).toMatch(/impossible/);
  });
});

describe('CCNET identification', () => {
  it('has 15, 12 and 7 bytes', () => {
    const payload = Uint8Array.of(
      ...new TextEncoder().encode('SM-KZ1126      21KC00004711'),
      ...parseHex('00 00 00 00 00 12 67'),
    );
    expect(decodeIdentification(payload)).toEqual({
      partNumber: 'SM-KZ1126',
      serialNumber: '21KC00004711',
      assetNumber: '00000000001267',
    });
  });

  it('is nothing else', () => {
    expect(decodeIdentification(parseHex('37'))).toBeUndefined();
    expect(decodeIdentification(new Uint8Array(33))).toBeUndefined();
  });
});
