import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../renderer/bundle.ts';
import { importedPath, isTestCode, parseAll, repositoryTexts } from './source-tree.ts';
import { syntaxOf } from './syntax.ts';

/*
 * A real terminal carries nothing with which money could be made up: no simulated device, no embedded backend, no dock,
 * and not the composition root that picks them. Neither does the page its customers touch.
 */

const root = fileURLToPath(new URL('../../', import.meta.url));
const texts = repositoryTexts(['.ts', '.tsx']);

/** The files a terminal of the field is started with, in each of its shapes. */
const productionEntries = [
  'host/browser.ts',
  'host/headless.ts',
  'host/supervisor.ts',
  ...['cli/pair.ts', 'cli/notes.ts', 'cli/staff.ts', 'cli/probe.ts'],
  ...[...texts.keys()].filter((path) => path.startsWith('electron/') && !isTestCode(path)),
];

const isMakeBelieve = (path: string): boolean =>
  path.startsWith('simulator/') || path === 'host/compose-simulated.ts' || path === 'host/simulate.ts';

/** What a file needs: what it imports, and what it opens by its address, as workers are. */
const needs = new Map(
  [...parseAll(texts)].map(([path, source]) => {
    const imported = syntaxOf(source).imports.map(({ specifier }) => specifier);
    const opened = [...(texts.get(path) ?? '').matchAll(/new URL\('(\.[^']*)', import\.meta\.url\)/g)];
    const relatives = [...imported, ...opened.map(([, address]) => address ?? '')];
    return [path, relatives.filter((one) => one.startsWith('.')).map((one) => importedPath(path, one))];
  }),
);

/** Everything that is loaded, sooner or later, by who starts with these. */
function reachedFrom(entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    open.push(...(needs.get(path) ?? []));
  }
  return reached;
}

describe('what a real terminal is started with', () => {
  test.each(productionEntries)('%s leads to nothing simulated', (entry) => {
    expect(needs.has(entry)).toBe(true);
    expect([...reachedFrom([entry])].filter(isMakeBelieve)).toEqual([]);
  });

  test('the way down to ledger, devices and workers is followed', () => {
    const reached = reachedFrom(['host/browser.ts']);
    for (const path of ['db/ledger.ts', 'hardware/link/serial.ts', 'host/store-reader-worker.ts']) {
      expect(reached).toContain(path);
    }
  });

  test('what is started for development alone is noticed', () => {
    expect([...reachedFrom(['host/compose-simulated.ts'])]).toContain('simulator/wallet/backend.ts');
    expect([...reachedFrom(['cli/start.ts'])]).toContain('simulator/dock/dock.ts');
  });
});

describe('the page of a real terminal', () => {
  let modules: readonly string[];

  beforeAll(async () => {
    const { output } = await bundle('screen', 'memory');
    modules = output
      .flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      .map((id) => relative(root, id));
  }, 60_000);

  test('holds the screen, and nothing of simulator, gallery or host', () => {
    expect(modules).toContain('renderer/app.tsx');
    const foreign = /^(simulator|host|hardware|db|cli|tests|electron)\/|^renderer\/preview\//;
    expect(modules.filter((path) => foreign.test(path))).toEqual([]);
  });
});
