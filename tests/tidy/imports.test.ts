import { describe, expect, test } from 'vitest';
import { findCycle, folderRules, importComplaint, isPure, worldly } from './import-rules.ts';
import { importedPath, parseAll, repositoryTexts } from './source-tree.ts';
import { syntaxOf } from './syntax.ts';

const texts = repositoryTexts(['.ts', '.tsx']);
const syntaxes = new Map([...parseAll(texts)].map(([path, source]) => [path, syntaxOf(source)]));

function syntaxOfText(text: string) {
  const [source] = parseAll(new Map([['terminal/sample.ts', text]])).values();
  if (source === undefined) throw new Error('nothing was parsed');
  return syntaxOf(source);
}

describe('who imports whom', () => {
  test('every file keeps to the table', () => {
    const complaints = [...syntaxes].flatMap(([path, { imports }]) =>
      imports.flatMap((imported) => {
        const complaint = importComplaint(path, imported);
        return complaint === undefined ? [] : [`${path} ${complaint}`];
      }),
    );
    expect(complaints).toEqual([]);
  });

  // Types included: files that need each other's types cannot be read one after the other either.
  test('no file leads back to itself', () => {
    const graph = new Map(
      [...syntaxes].map(([path, { imports }]) => [
        path,
        imports
          .filter(({ specifier }) => specifier.startsWith('.'))
          .map(({ specifier }) => importedPath(path, specifier)),
      ]),
    );
    expect(findCycle(graph)).toBeUndefined();
  });

  test('pure code names no clock, no chance and no machine', () => {
    const complaints = [...syntaxes]
      .filter(([path]) => isPure(path))
      .flatMap(([path, { names }]) =>
        [...names].filter((name) => worldly.has(name)).map((name) => `${path} uses ${name}`),
      );
    expect(complaints).toEqual([]);
  });
});

describe('the rules notice what they are for', () => {
  test.each([
    ['terminal/till/state.ts', '../../db/open.ts'],
    ['terminal/till/state.ts', '../../hardware/link/link.ts'],
    ['terminal/till/state.ts', 'node:fs'],
    ['terminal/till/state.ts', 'uuid'],
    ['hardware/banknote/ccnet/frame.ts', 'node:buffer'],
    ['hardware/banknote/ccnet/frame.ts', '../../../simulator/random.ts'],
    ['hardware/banknote/ccnet/frame.ts', '../../../db/open.ts'],
    ['db/open.ts', '../hardware/link/link.ts'],
    ['db/open.ts', 'zod'],
    ['simulator/devices/ccnet/frame.ts', '../../../hardware/banknote/ccnet/frame.ts'],
    ['simulator/plug.ts', '../host/compose.ts'],
    ['renderer/app.tsx', '../terminal/money.ts'],
    ['renderer/app.tsx', 'vite'],
    ['renderer/app.tsx', 'node:fs'],
    ['host/compose.ts', '../simulator/random.ts'],
    ['host/compose.ts', 'electron'],
    ['host/compose.ts', '../tests/scenarios/world.ts'],
    ['electron/main.ts', '../terminal/money.ts'],
    ['terminal/till/state.ts', './state.test.ts'],
    ['elsewhere/new.ts', './other.ts'],
  ])('%s may not import %s', (importer, specifier) => {
    expect(importComplaint(importer, { specifier, typeOnly: true })).toBeDefined();
  });

  test.each([
    ['terminal/till/state.ts', '../money.ts'],
    ['terminal/settings.ts', 'zod'],
    ['terminal/phone.ts', 'libphonenumber-js/mobile'],
    ['hardware/link/serial.ts', 'serialport'],
    ['hardware/link/tcp.ts', 'node:net'],
    ['db/open.ts', '../terminal/store.ts'],
    ['simulator/plug.ts', '../hardware/link/link.ts'],
    ['host/compose-simulated.ts', '../simulator/wallet-server.ts'],
    ['host/simulate.ts', '../simulator/random.ts'],
    ['renderer/app.tsx', '../terminal/contract/messages.ts'],
    ['renderer/bundle.ts', 'vite'],
    ['cli/demo.ts', '../simulator/random.ts'],
    ['tests/scenarios/world.ts', '../../db/open.ts'],
    ['terminal/till/till.test.ts', '../testing/samples.ts'],
  ])('%s may import %s', (importer, specifier) => {
    expect(importComplaint(importer, { specifier, typeOnly: false })).toBeUndefined();
  });

  test('a circle is found and told as the way round it', () => {
    const circle = new Map([
      ['a', ['b', 'c']],
      ['b', []],
      ['c', ['d']],
      ['d', ['b', 'a']],
    ]);
    expect(findCycle(circle)).toEqual(['a', 'c', 'd', 'a']);
  });

  test('every way to import is seen, and whether it is for types alone', () => {
    const { imports } = syntaxOfText(
      [
        "import { a } from './a.ts';",
        "import type { b } from './b.ts';",
        "export { c } from './c.ts';",
        "const d = await import('./d.ts');",
        "type E = import('./e.ts').E;",
        "// import './comment.ts'",
        'const text = "import \'./text.ts\'";',
      ].join('\n'),
    );
    expect(imports).toEqual([
      { specifier: './a.ts', typeOnly: false },
      { specifier: './b.ts', typeOnly: true },
      { specifier: './c.ts', typeOnly: false },
      { specifier: './d.ts', typeOnly: false },
      { specifier: './e.ts', typeOnly: true },
    ]);
  });

  test('a clock, a die and a machine are seen; members and words that sound alike are not', () => {
    const used = (text: string): readonly string[] =>
      [...syntaxOfText(text).names].filter((name) => worldly.has(name)).sort();
    expect(used('const t = Date.now() + Math.random(); setTimeout(f, 1); process.exit();')).toEqual([
      'Date.now',
      'Math.random',
      'process',
      'setTimeout',
    ]);
    expect(used('const t = new Date();')).toEqual(['new Date()']);
    expect(used('const t = new Date(5); machine.process; const o = { crypto: 1 }; // Date.now()')).toEqual(
      [],
    );
  });

  test('the table has a row for every folder of code but the two that may join anything', () => {
    const folders = new Set(
      [...texts.keys()].filter((path) => path.includes('/')).map((path) => path.split('/')[0]),
    );
    const unruled = [...folders].filter(
      (folder) => folder !== undefined && folderRules[folder] === undefined,
    );
    expect(unruled.sort()).toEqual(['cli', 'tests']);
  });
});
