import { expect, test } from 'vitest';
import { StorageError, type StorageErrorCode } from '../db/errors.ts';
import { closureOf } from './closure.ts';

const expected: Readonly<Record<StorageErrorCode, readonly [block: string, alarm: string] | undefined>> = {
  'rolled-back': ['ledger', 'ledger-rolled-back'],
  'anchor-missing': ['ledger', 'ledger-rolled-back'],
  damaged: ['ledger', 'ledger-damaged'],
  'schema-mismatch': ['ledger', 'ledger-damaged'],
  'too-new': ['ledger', 'ledger-damaged'],
  refused: ['ledger', 'ledger-damaged'],
  durability: ['storage', 'storage-trouble'],
  full: ['storage', 'storage-trouble'],
  io: ['storage', 'storage-trouble'],
  // Another process sells here: this one keeps its hands off the acceptor.
  locked: undefined,
  stopped: undefined,
};

test.each(Object.entries(expected))('a ledger that is %s', (code, closure) => {
  const found = closureOf(new StorageError(code as StorageErrorCode, 'why'));
  expect(found && [found.block, found.alarm]).toEqual(closure);
  expect(found?.detail).toBe(closure && `${code}: why`);
});

test('no trouble of the ledger closes no terminal', () => {
  expect(closureOf(new Error('assertion failed: something else'))).toBeUndefined();
});
