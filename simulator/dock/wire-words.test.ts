import { expect, test } from 'vitest';
import { acceptorWords, escposWords } from './wire-words.ts';

test.each([
  ['host', '02 03 06 33 DA 81', 'poll'],
  ['host', '02 03 06 30 41 B3', 'reset'],
  ['host', '02 03 06 00 C2 82', 'ack'],
  ['device', '02 03 06 14 67 D4', 'idling'],
  ['device', '02 03 06 00 C2 82', 'yes'],
  ['device', '02 03 07 80 02 9F 10', 'escrow, note of type 2'],
  ['device', '02 03 07 1C 68 00 00', 'rejecting: inhibited type'],
  ['device', '02 03', ''],
  ['device', 'FF FF FF FF FF', ''],
] as const)('on the acceptor’s wire %s says %s: %s', (from, hex, words) => {
  expect(acceptorWords.ccnet({ kind: 'bytes', from, hex, count: hex.split(' ').length })).toBe(words);
});

test.each([
  ['host', 'FC 05 11 27 56', 'status request'],
  ['host', 'FC 05 50 AA 05', 'ack'],
  ['device', 'FC 05 11 27 56', 'idling'],
  ['device', 'FC 05 50 AA 05', 'yes'],
  ['device', 'FC 06 13 64 1D AC', 'escrow, note of code 64'],
  ['device', 'FC 06 17 79 19 00', 'rejecting: inhibited'],
  ['device', 'FC 05 15 03 10', 'vend valid'],
  ['device', 'FC 05', ''],
  ['device', '00 00', ''],
] as const)('on the wire of an ID-003 acceptor %s says %s: %s', (from, hex, words) => {
  expect(acceptorWords.id003({ kind: 'bytes', from, hex, count: hex.split(' ').length })).toBe(words);
});

test.each([
  ['host', '7F 80 01 11 65 82', 'sync'],
  ['host', '7F 00 01 07 11 88', 'poll'],
  ['device', '7F 80 01 F0 23 80', 'ok'],
  ['device', '7F 00 03 F0 EF 05 D2 76', 'ok, read'],
  ['device', '7F 00 01 F8 13 8A', 'fail'],
  ['host', '7F 80 11 7E 1F 26', 'encrypted'],
  ['device', '7F 80', ''],
] as const)('on the wire of an eSSP acceptor %s says %s: %s', (from, hex, words) => {
  expect(acceptorWords.essp({ kind: 'bytes', from, hex, count: hex.split(' ').length })).toBe(words);
});

test.each([
  ['host', '02 08 10 00 1C 14 03 10', 'poll, no note'],
  ['host', '02 08 11 7F 1C 14 03 6E', 'poll'],
  ['host', '02 08 10 7F 3C 14 03 4F', 'stack'],
  ['host', '02 08 10 7F 5C 14 03 2F', 'return'],
  ['host', '02 11 70 03 00 1C 14 7F 00 00 00 00 00 00 00 03 15', 'enables'],
  ['host', '02 08 60 00 00 0B 03 63', 'question'],
  ['host', '02 08 60 7F 7F 7F 03 17', 'reset'],
  ['device', '02 0B 20 00 10 01 10 54 2A 03 54', 'power up'],
  ['device', '02 0B 21 41 10 00 10 54 2A 03 15', 'idling, returned'],
  ['device', '02 0B 20 00 14 00 10 54 2A 03 51', 'jammed'],
  [
    'device',
    '02 1E 71 02 11 10 00 10 54 2A 00 4B 5A 54 30 30 35 2B 30 33 00 41 41 42 41 00 00 00 03 59',
    'idling, stacked',
  ],
  ['device', '02 0B', ''],
] as const)('on the wire of an EBDS acceptor %s says %s: %s', (from, hex, words) => {
  expect(acceptorWords.ebds({ kind: 'bytes', from, hex, count: hex.split(' ').length })).toBe(words);
});

test.each([
  ['host', '10 04 01', 'how are you?'],
  ['host', '1D 28 48 06 00 30 30 31', 'tell when this is on paper'],
  ['host', '41', ''],
  ['device', '10 04 01', ''],
] as const)('on the printer’s wire %s says %s: %s', (from, hex, words) => {
  expect(escposWords({ kind: 'bytes', from, hex, count: hex.split(' ').length })).toBe(words);
});
