import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isPageUrl, pageHandler, pageUrl } from './page-files.ts';

vi.mock('electron', () => import('../tests/electron/fake-electron/electron.ts'));

let folder: string;
let handler: ReturnType<typeof pageHandler>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qyzyl-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.json'), '{}');
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'page', 'assets', 'main-abc.js'), 'export {};');
  writeFileSync(join(folder, 'page', 'program.exe'), '');
  handler = pageHandler(join(folder, 'page'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the files of the page are served with their type and the policy', async () => {
  const page = await handler({ url: pageUrl, method: 'GET' });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const script = await handler({ url: 'app://qyzyl/assets/main-abc.js', method: 'GET' });
  expect(await script.text()).toBe('export {};');
});

test.each([
  ['GET', 'app://qyzyl/'],
  ['GET', 'app://qyzyl/missing.html'],
  ['GET', 'app://qyzyl/../secret.json'],
  ['GET', 'app://qyzyl/%2e%2e/secret.json'],
  ['GET', 'app://qyzyl/..%2fsecret.json'],
  ['GET', 'app://qyzyl/assets/..%5c..%5csecret.json'],
  ['GET', 'app://qyzyl/index.html%00.js'],
  ['GET', 'app://qyzyl//etc/passwd'],
  ['GET', 'app://qyzyl/program.exe'],
  ['GET', 'app://elsewhere/index.html'],
  ['GET', 'app://user@qyzyl/index.html'],
  ['POST', 'app://qyzyl/index.html'],
])('%s %s is not found', async (method, url) => {
  expect((await handler({ url, method })).status).toBe(404);
});

test.each([
  'app://qyzyl.example/index.html',
  'app://qyzyl',
  'app:qyzyl/index.html',
  'https://qyzyl/index.html',
  'file:///etc/passwd',
  'javascript:alert(1)',
  ' app://qyzyl/index.html',
  '',
])('%j is no address of the page', (url) => {
  expect(isPageUrl(url)).toBe(false);
});
