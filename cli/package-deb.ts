import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../renderer/bundle.ts';
import { bundleForNode } from './node-bundle.ts';
import { packageFolders } from './node-modules-of.ts';
import { readOptions } from './options.ts';

/*
 * The browser shape as a Debian package: the terminal, its page, its own Node, and everything that makes a plain Debian a
 * kiosk. What cannot be in a package (firmware, boot loader, disk) is in docs/install.md.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = `Usage:
  npm run package:deb -- [--output <folder>]`;

const { values } = readOptions(usage, {
  options: { output: { type: 'string', default: join(root, 'dist', 'packages') } },
});

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const staging = join(root, 'var', 'deb');
const app = 'usr/lib/qyzyl';

/** What the field starts by name. Nothing of the simulator is in reach of these. */
const entries = [
  'host/browser.ts',
  'host/store-worker.ts',
  'host/store-reader-worker.ts',
  ...['cli/pair.ts', 'cli/notes.ts', 'cli/staff.ts', 'cli/probe.ts'],
];

/** Opened by its path: no import leads there. */
const fontPackage = '@expo-google-fonts/golos-text';

/** Files of the package beside the program, and where they go. */
const files: Readonly<Record<string, { readonly to: string; readonly mode: number }>> = {
  'qyzyl-terminal.service': { to: 'usr/lib/systemd/system/qyzyl-terminal.service', mode: 0o644 },
  'qyzyl-screen.service': { to: 'usr/lib/systemd/system/qyzyl-screen.service', mode: 0o644 },
  'watchdog.conf': { to: 'usr/lib/systemd/system.conf.d/50-qyzyl-watchdog.conf', mode: 0o644 },
  'journald.conf': { to: 'usr/lib/systemd/journald.conf.d/50-qyzyl.conf', mode: 0o644 },
  'logind.conf': { to: 'usr/lib/systemd/logind.conf.d/50-qyzyl.conf', mode: 0o644 },
  'sysctl.conf': { to: 'usr/lib/sysctl.d/50-qyzyl.conf', mode: 0o644 },
  'sysusers.conf': { to: 'usr/lib/sysusers.d/qyzyl.conf', mode: 0o644 },
  'tmpfiles.conf': { to: 'usr/lib/tmpfiles.d/qyzyl.conf', mode: 0o644 },
  'devices.rules': { to: 'usr/lib/udev/rules.d/70-qyzyl.rules', mode: 0o644 },
  'chromium-policy.json': { to: 'etc/chromium/policies/managed/qyzyl.json', mode: 0o644 },
  'settings.json': { to: 'etc/qyzyl/settings.json', mode: 0o640 },
  'show-screen': { to: `${app}/show-screen`, mode: 0o755 },
  'qyzyl-terminal': { to: 'usr/bin/qyzyl-terminal', mode: 0o755 },
  copyright: { to: 'usr/share/doc/qyzyl-terminal/copyright', mode: 0o644 },
};

const control = ['conffiles', 'postinst', 'prerm', 'postrm'] as const;

function put(from: string, to: string, mode: number): void {
  const target = join(staging, to);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target);
  chmodSync(target, mode);
}

async function putProgram(): Promise<void> {
  const imports = await bundleForNode({ entries, output: join(staging, app) });
  await bundle('screen', 'disk', join(staging, app, 'dist', 'renderer'));
  for (const folder of packageFolders([...imports, fontPackage], root)) {
    cpSync(folder, join(staging, app, relative(root, folder)), { recursive: true, filter: travels });
  }
  put(join(root, 'node_modules/node/bin/node'), `${app}/node`, 0o755);
  put(join(root, 'LICENSE'), `${app}/LICENSE`, 0o644);
  writeFileSync(
    join(staging, app, 'package.json'),
    JSON.stringify({ name: 'qyzyl', version, type: 'module' }),
  );
}

const developersOnly = new Set(['test', 'tests', 'benchmarks', 'coverage', '.github', 'examples']);

/** Not other machines' binaries, nor what packages carry for their own developers. */
function travels(path: string): boolean {
  const inPackage = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const inside = inPackage.split('/').slice(inPackage.startsWith('@') ? 2 : 1);
  if (developersOnly.has(inside[0] ?? '')) return false;
  if (/^better-sqlite3\/(deps|src)\//.test(`${inPackage}/`)) return false;
  if (/\.(map|d\.ts|d\.mts|d\.cts)$/.test(path)) return false;
  // A licence travels with what it covers, whatever its file is called.
  if (/\.md$/.test(path) && !/licen[cs]e|copying|notice/i.test(path)) return false;
  const prebuild = /\/prebuilds\/([^/]+)/.exec(path)?.[1];
  return prebuild === undefined || prebuild.startsWith('linux-x64');
}

function putControl(): void {
  const folder = join(staging, 'DEBIAN');
  mkdirSync(folder, { recursive: true });
  const kilobytes = Number(execFileSync('du', ['-sk', staging], { encoding: 'utf8' }).split('\t')[0]);
  const text = readFileSync(join(root, 'host/deb/control'), 'utf8');
  writeFileSync(
    join(folder, 'control'),
    text.replace('@VERSION@', version).replace('@SIZE@', String(kilobytes)),
  );
  for (const name of control) {
    put(join(root, 'host/deb', name), `DEBIAN/${name}`, name === 'conffiles' ? 0o644 : 0o755);
  }
}

rmSync(staging, { recursive: true, force: true });
await putProgram();
for (const [name, { to, mode }] of Object.entries(files)) put(join(root, 'host/deb', name), to, mode);
putControl();
mkdirSync(values.output, { recursive: true });
const packagePath = join(values.output, `qyzyl-terminal_${version}_amd64.deb`);
execFileSync('dpkg-deb', ['--root-owner-group', '--build', '-Zzstd', staging, packagePath], {
  stdio: 'ignore',
});
rmSync(staging, { recursive: true });
console.log(`${packagePath} ${(statSync(packagePath).size / 1024 / 1024).toFixed(1)} MB`);
