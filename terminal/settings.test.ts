import { describe, expect, test } from 'vitest';
import { decodeSettings } from './settings.ts';
import { settingsFile, tenge } from './testing/samples.ts';

function faultsOf(file: unknown): readonly string[] {
  const decoded = decodeSettings(file);
  return decoded.kind === 'ok' ? [] : [...new Set(decoded.faults.map((fault) => fault.path))].sort();
}

describe('an operator’s settings', () => {
  test('the least that must be said, and what follows when no more is', () => {
    const decoded = decodeSettings(settingsFile);
    expect(decoded).toMatchObject({
      kind: 'ok',
      settings: {
        simulated: false,
        languages: ['kk', 'ru', 'en', 'sw'],
        currency: 'KZT',
        denominations: [500, 1_000, 2_000, 5_000, 10_000, 20_000].map(tenge),
        limits: { minimum: tenge(500), perOperation: tenge(500_000), offline: tenge(12_000) },
        offline: { contactAgeMinutesMax: 15, checkedWithinHours: 24 },
        promiseMinutes: 30,
        checks: { perVisitMax: 5, perHourMax: 120 },
        receiptLanguages: 'kk+ru',
      },
    });
  });

  test('amounts are written in tenge and kept in tiyn', () => {
    const decoded = decodeSettings({ ...settingsFile, limits: { perOperation: 20_000 } });
    expect(decoded).toMatchObject({ settings: { limits: { perOperation: 2_000_000 } } });
  });

  test.each([9, 121, 30.5])('no slip is held out for %s seconds', (slipHeldSeconds) => {
    const printer = { ...settingsFile.printer, slipHeldSeconds };
    expect(faultsOf({ ...settingsFile, printer })).toEqual(['printer.slipHeldSeconds']);
  });

  test.each([
    ['nothing at all', undefined],
    ['a list', []],
    ['a text', 'settings'],
  ])('%s is faulty, and nothing is thrown', (_what, file) => {
    expect(decodeSettings(file).kind).toBe('faulty');
  });

  test('every fault is named at once', () => {
    const faulty = {
      ...settingsFile,
      terminal: { ...settingsFile.terminal, number: '123', operatorBin: 'x' },
      languages: [],
      denominations: [1.5],
      backend: { url: 'ftp://backend.invalid', publicKeys: ['short'] },
      promiseMinutes: 0,
      misspelt: true,
    };
    expect(faultsOf(faulty)).toEqual([
      '',
      'backend.publicKeys.0',
      'backend.url',
      'denominations.0',
      'languages',
      'promiseMinutes',
      'terminal.number',
      'terminal.operatorBin',
    ]);
  });

  test('faults between settings are named beside faults in one of them', () => {
    const faulty = {
      ...settingsFile,
      terminal: { ...settingsFile.terminal, number: '123' },
      limits: { minimum: 1_000 },
    };
    expect(faultsOf(faulty)).toEqual(['limits.minimum', 'terminal.number']);
  });

  test.each([
    ['a minimum above the smallest note', { limits: { minimum: 501 } }, 'limits.minimum'],
    [
      'a limit below the smallest note',
      { limits: { perOperation: 499, offline: 400 } },
      'limits.perOperation',
    ],
    ['more without a connection than with one', { limits: { perOperation: 10_000 } }, 'limits.offline'],
    [
      'an anchor beside the rows it guards',
      { storage: { ...settingsFile.storage, anchorFile: '/var/lib/qyzyl/ledger/anchor' } },
      'storage.anchorFile',
    ],
    [
      'the same, told with a slash at the end',
      {
        storage: {
          ...settingsFile.storage,
          databaseFolder: '/var/lib/qyzyl/ledger/',
          anchorFile: '/var/lib/qyzyl/ledger/anchor',
        },
      },
      'storage.anchorFile',
    ],
    [
      'the same by a way round',
      { storage: { ...settingsFile.storage, anchorFile: '/var/lib/qyzyl/keys/../ledger/./anchor' } },
      'storage.anchorFile',
    ],
    [
      'an anchor that is the folder',
      { storage: { ...settingsFile.storage, anchorFile: '/var/lib/qyzyl/ledger' } },
      'storage.anchorFile',
    ],
    [
      'a backend without encryption',
      { backend: { ...settingsFile.backend, url: 'http://backend.invalid' } },
      'backend.url',
    ],
    ['simulated money for a real backend', { simulated: true }, 'simulated'],
    ['a language twice', { languages: ['kk', 'kk'] }, 'languages'],
    ['a note twice', { denominations: [500, 500] }, 'denominations'],
  ])('%s is refused', (_what, change, path) => {
    expect(faultsOf({ ...settingsFile, ...change })).toContain(path);
  });

  test.each([
    ['a minimum that one note makes', { limits: { minimum: 500 } }],
    [
      'an anchor in a folder whose name only begins like the other',
      {
        storage: { ...settingsFile.storage, anchorFile: '/var/lib/qyzyl/ledger-anchor/anchor' },
      },
    ],
    ['one language', { languages: ['kk'] }],
  ])('%s is taken', (_what, change) => {
    expect(faultsOf({ ...settingsFile, ...change })).toEqual([]);
  });
});
