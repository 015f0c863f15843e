// Makes a fresh clone ready: the locked packages (Node 24 among them) and the system packages the tests need.
// Runs on any stock Node; it may use nothing but Node itself. Quiet when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampPath = join(root, 'node_modules', '.bootstrap-stamp');

/** System programs the simulated devices and the tests call, with the Debian packages that hold each. */
const programs = [
  { command: 'socat', debianPackages: ['socat'] },
  { command: 'chromium', debianPackages: ['chromium'] },
  // For the recorder of disk writes; stock machines have it.
  { command: 'cc', debianPackages: ['gcc', 'libc6-dev'] },
];

function isOnPath(command) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, command)));
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  return result.status === 0;
}

function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : '';
  if (installed === lock) return;
  console.error('Installing the locked packages ...');
  if (!run('npm', ['ci', '--loglevel=error', '--no-fund', '--no-audit'])) {
    console.error('npm ci failed; see the lines above.');
    process.exit(1);
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stampPath, lock);
}

function installPrograms() {
  const missing = programs.filter(({ command }) => !isOnPath(command)).flatMap((p) => p.debianPackages);
  if (missing.length === 0) return;
  const canInstall = process.getuid?.() === 0 && isOnPath('apt-get');
  if (!canInstall) {
    console.error(
      `Please install: ${missing.join(' ')} (for example: sudo apt-get install ${missing.join(' ')}).`,
    );
    return;
  }
  console.error(`Installing system packages: ${missing.join(' ')} ...`);
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0'];
  const ready =
    run('apt-get', ['update', ...quiet]) &&
    run('env', [
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      'install',
      '-y',
      '--no-install-recommends',
      ...quiet,
      ...missing,
    ]);
  if (!ready) {
    console.error(`apt-get could not install ${missing.join(' ')}.`);
    process.exit(1);
  }
}

installPackages();
installPrograms();
