import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { FakeUtilityProcess } from './fake-electron/utility-process.ts';
import { type Built, buildAll, root, simulatedPlace } from './stage.ts';

/*
 * electron-builder.yml, read by the packager itself. Electron's binary is a stand-in with nothing in it but the place for
 * the fuses; everything of ours in the package is real.
 */

interface Configuration {
  files: unknown[];
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
}

// The packager's own parts, in the versions that it uses.
const requireOfPackager = createRequire(createRequire(import.meta.url).resolve('electron-builder'));

const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');

function configuration(): Configuration {
  return parse(text) as Configuration;
}

async function validate(settings: unknown): Promise<void> {
  const { validateConfiguration } = requireOfPackager('app-builder-lib/out/util/config/config.js');
  const { DebugLogger } = requireOfPackager('builder-util');
  await validateConfiguration(settings, new DebugLogger(false));
}

describe('the file', () => {
  test('fits the schema of the packager', async () => {
    await expect(validate(configuration())).resolves.toBeUndefined();
  });

  test.each([
    ['an unknown setting', { asarUnpak: [] }],
    ['an unknown fuse', { electronFuses: { runAsNod: false } }],
    ['a setting of the wrong kind', { npmRebuild: 'no' }],
  ])('would not with %s', async (_what, change) => {
    await expect(validate({ ...configuration(), ...change })).rejects.toThrow(/Invalid configuration/);
  });
});

/** Where @electron/fuses finds the fuses in a binary, then their format and number, all as they come: on. */
const emptyElectron = Buffer.concat([
  Buffer.from('#!/bin/sh\nexit 0\n'),
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u000811111111', 'latin1'),
]);

describe('the package', () => {
  let built: Built;
  let unpacked: string;
  let archived: readonly string[];

  beforeAll(async () => {
    built = await buildAll();
    const electronDist = join(built.folder, 'electron-dist');
    const output = join(built.folder, 'packages');
    mkdirSync(join(electronDist, 'locales'), { recursive: true });
    mkdirSync(join(electronDist, 'resources'));
    writeFileSync(join(electronDist, 'electron'), emptyElectron, { mode: 0o755 });
    for (const name of ['en-US', 'ru', 'sw', 'de'])
      writeFileSync(join(electronDist, 'locales', `${name}.pak`), '');
    for (const name of ['LICENSE', 'version', 'chrome-sandbox']) writeFileSync(join(electronDist, name), '');

    const settings = configuration();
    const [shell, page, ...others] = settings.files;
    expect([shell, page]).toEqual(['dist/electron/**', 'dist/renderer/**']);
    const from = relative(root, built.folder);
    settings.files = [{ from, to: 'dist', filter: ['electron/**', 'renderer/**'] }, ...others];
    const settingsPath = join(built.folder, 'builder.json');
    // The packager looks at where a file comes from.
    const asarUnpack = settings.asarUnpack.map((path) => path.replace(/^dist\//, `${from}/`));
    const changes = { asarUnpack, electronDist, directories: { output } };
    writeFileSync(settingsPath, JSON.stringify({ ...settings, ...changes }));
    const cli = join(root, 'node_modules', 'electron-builder', 'cli.js');
    const args = [cli, '--linux', 'dir', '--publish', 'never', '--config', settingsPath];
    await promisify(execFile)(process.execPath, args, {
      cwd: root,
      env: { ...process.env, QYZYL_UPDATE_FEED: 'https://updates.example.org/' },
    });
    unpacked = join(output, 'linux-unpacked', 'resources', 'app.asar.unpacked');
    const { listPackage } = requireOfPackager('@electron/asar');
    archived = listPackage(join(unpacked, '..', 'app.asar'), { isPack: false });
  }, 300_000);

  afterAll(() => built.remove());

  test('holds the shell, the page and its entry', () => {
    for (const path of [
      'electron/electron/main.js',
      'electron/electron/preload.cjs',
      'renderer/index.html',
    ]) {
      expect(archived).toContain(`/dist/${path}`);
    }
  });

  test('holds no simulator, no command line, no tests, no source and none of the page’s packages', () => {
    const ours = archived.filter((path) => !path.startsWith('/node_modules'));
    expect(
      ours.filter((path) => /simulat|\/cli\/|\/testing\/|\/tests\/|\.test\.|\.tsx?$|\.map$/.test(path)),
    ).toEqual([]);
    const packages = new Set(archived.map((path) => path.split('/').slice(1, 3).join('/')));
    for (const name of ['react', 'react-dom', 'lucide-react', 'electron', 'electron-builder', 'vite']) {
      expect(packages).not.toContain(`node_modules/${name}`);
    }
  });

  test('keeps every native module outside the archive', () => {
    const native = archived.filter((path) => path.endsWith('.node'));
    expect(native.some((path) => path.includes('better-sqlite3'))).toBe(true);
    expect(native.some((path) => path.includes('@serialport'))).toBe(true);
    const outside = new Set(readdirSync(unpacked, { recursive: true }).map((path) => `/${path}`));
    expect(native.filter((path) => !outside.has(path))).toEqual([]);
  });

  test('has the fuses blown as the file says', () => {
    const binary = readFileSync(join(unpacked, '..', '..', 'qyzyl'), 'latin1');
    const fuses = binary.slice(-8);
    // In the order of @electron/fuses: run as node, cookies, NODE_OPTIONS, inspect, integrity, archive only, snapshot, file.
    expect(fuses).toBe('00001100');
  });

  test('keeps only the languages it needs', () => {
    const locales = readdirSync(join(unpacked, '..', '..', 'locales'));
    expect(locales.sort()).toEqual(['en-US.pak', 'ru.pak', 'sw.pak']);
  });

  test('runs a terminal: the packaged host opens ledger and devices', async () => {
    const place = await simulatedPlace(built.folder);
    const entry = join(unpacked, 'dist', 'electron', 'electron', 'terminal-host.js');
    const host = new FakeUtilityProcess(entry, [place.settingsPath]);
    const first = await new Promise((resolve, reject) => {
      host.once('message', resolve);
      host.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
    });
    expect(first).toEqual({ kind: 'ready' });
    const ended = new Promise((resolve) => host.once('exit', resolve));
    host.postMessage({ kind: 'stop' });
    expect(await ended).toBe(0);
    await place.close();
  }, 60_000);
});
