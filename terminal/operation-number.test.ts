import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatOperationNumber,
  isOperationNumber,
  operationNumber,
  operationSerialMax,
  parseOperationNumber,
} from './operation-number.ts';

const anySerial = fc.integer({ min: 1, max: operationSerialMax });

test('the published example of the check digit holds: 572 takes a 4', () => {
  expect(operationNumber(572)).toBe('0000005724');
});

test('every number is valid and keeps its serial in front', () => {
  fc.assert(
    fc.property(anySerial, (serial) => {
      const number = operationNumber(serial);
      expect(isOperationNumber(number)).toBe(true);
      expect(Number(number.slice(0, 9))).toBe(serial);
      expect(parseOperationNumber(formatOperationNumber(number))).toBe(number);
    }),
  );
});

test('one wrong digit is always noticed', () => {
  fc.assert(
    fc.property(anySerial, fc.nat({ max: 9 }), fc.integer({ min: 1, max: 9 }), (serial, at, by) => {
      const number = operationNumber(serial);
      const wrong = String((Number(number[at]) + by) % 10);
      expect(isOperationNumber(number.slice(0, at) + wrong + number.slice(at + 1))).toBe(false);
    }),
  );
});

test('two neighbours swapped are always noticed', () => {
  fc.assert(
    fc.property(anySerial, fc.nat({ max: 8 }), (serial, at) => {
      const number = operationNumber(serial);
      const first = number.charAt(at);
      const second = number.charAt(at + 1);
      fc.pre(first !== second);
      expect(isOperationNumber(number.slice(0, at) + second + first + number.slice(at + 2))).toBe(false);
    }),
  );
});

test('typing may be spaced in any way, and nothing else passes', () => {
  expect(parseOperationNumber('0000 005-724')).toBe('0000005724');
  expect(parseOperationNumber('000000572')).toBeUndefined();
  expect(parseOperationNumber('00000057244')).toBeUndefined();
  expect(parseOperationNumber('000000572x')).toBeUndefined();
});

test('the number is grouped so that no line breaks inside it', () => {
  expect(formatOperationNumber('0027344118')).toBe('0027\u00a0344\u00a0118');
});

test('a serial outside nine digits is a mistake of the caller', () => {
  expect(() => operationNumber(0)).toThrow('assertion failed');
  expect(() => operationNumber(operationSerialMax + 1)).toThrow('assertion failed');
});
