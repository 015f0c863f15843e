import { expect, it } from 'vitest';
import { minorFromTenge } from '../../../terminal/money.ts';
import { Cassette } from './cassette.ts';
import { foreignNote, tengeNote } from './notes.ts';

it('counts by value and currency, and is full at its capacity or when its sensor says so', () => {
  const cassette = new Cassette(4);
  const kinds = [tengeNote(5000), tengeNote(500), tengeNote(5000), foreignNote()];
  for (const [index, kind] of kinds.entries()) {
    expect(cassette.isFull).toBe(false);
    cassette.add({ noteId: index + 1, ...kind });
  }
  expect(cassette.isFull).toBe(true);
  expect(cassette.totalMinor('KZT')).toBe(minorFromTenge(10_500));
  expect([...cassette.counts('KZT')]).toEqual([
    [minorFromTenge(5000), 2],
    [minorFromTenge(500), 1],
  ]);
  const crumpled = new Cassette();
  crumpled.sayFull();
  expect(crumpled.isFull).toBe(true);
});
