import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { licencesOf, packageFolderOf } from './third-party-licences.ts';

function packageIn(root: string, name: string, manifest: object, licence?: string): string {
  const folder = join(root, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  if (licence !== undefined) writeFileSync(join(folder, 'LICENCE.md'), licence);
  return folder;
}

function tempRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'qyzyl-licences-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

test('each package once, with its version, its licence and its text', () => {
  const root = tempRoot();
  const one = packageIn(
    root,
    '@scope/one',
    { name: '@scope/one', version: '1.2.3', license: 'MIT' },
    'MIT text',
  );
  const two = packageIn(root, 'two', { name: 'two', version: '4.0.0', license: 'ISC' });
  const text = licencesOf([two, one, one], root);
  expect(text.split('-'.repeat(78)).map((part) => part.trim())).toEqual([
    '@scope/one 1.2.3\n\nLicence: MIT\n\nMIT text',
    'two 4.0.0\n\nLicence: ISC',
  ]);
});

test('one without a licence may not travel', () => {
  const root = tempRoot();
  const bare = packageIn(root, 'bare', { name: 'bare', version: '1.0.0' });
  expect(() => licencesOf([bare], root)).toThrow('node_modules/bare names no licence');
});

test('a file leads to its package, however deep, and ours to none', () => {
  const root = tempRoot();
  const outer = packageIn(root, 'outer', { name: 'outer', version: '1.0.0' });
  const inner = packageIn(outer, '@scope/inner', { name: '@scope/inner', version: '1.0.0' });
  expect(packageFolderOf(join(outer, 'dist/a.js'))).toBe(outer);
  expect(packageFolderOf(join(inner, 'a.js'))).toBe(inner);
  expect(packageFolderOf(join(root, 'renderer/main.tsx'))).toBeUndefined();
});
