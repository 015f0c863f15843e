import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Installs the Debian package into a fresh Debian in a folder and starts the terminal there, as its own user. What only a
 * booted machine can show (units under way, a panel, a watchdog) is beyond it; docs/install.md says so.
 *
 * Needs root, debootstrap, lintian and a Debian mirror: `npm run package:deb && npm run test:deb`.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const debian = join(root, 'var', 'debian');
const packages = join(root, 'dist', 'packages');

/** Nothing of this machine's own surroundings. */
const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };

const checks: { readonly what: string; readonly isSo: boolean; readonly seen: string }[] = [];

function check(what: string, isSo: boolean, seen = ''): void {
  checks.push({ what, isSo, seen });
  console.log(`${isSo ? 'ok    ' : 'FAILED'} ${what}${isSo || seen === '' ? '' : `: ${seen}`}`);
}

function inside(...command: string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('chroot', [debian, ...command], { encoding: 'utf8', env });
  return { status, output: `${stdout}${stderr}` };
}

/** The mirror this machine itself installs from. */
function mirror(codename: string): string {
  const targets = execFileSync('apt-get', ['indextargets', '--format', '$(CODENAME) $(REPO_URI)'], {
    encoding: 'utf8',
  });
  const line = targets.split('\n').find((target) => target.startsWith(`${codename} `));
  if (line === undefined) throw new Error(`no mirror of ${codename} is set up here`);
  return line.slice(codename.length + 1);
}

function makeDebian(): void {
  if (existsSync(join(debian, 'usr', 'bin', 'dpkg'))) return;
  const codename = /^VERSION_CODENAME=(\w+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
  const include = '--include=systemd,udev,init-system-helpers,libudev1,libstdc++6';
  execFileSync('debootstrap', ['--variant=minbase', include, codename, debian, mirror(codename)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function packageName(): string {
  const name = readdirSync(packages).find((file) => file.startsWith('qyzyl-terminal_'));
  if (name === undefined) throw new Error('build it first: npm run package:deb');
  return name;
}

function install(): void {
  execFileSync('cp', [join(packages, packageName()), join(debian, 'tmp', 'qyzyl.deb')]);
  inside('dpkg', '--purge', 'qyzyl-terminal');
  const { status, output } = inside('dpkg', '--install', '/tmp/qyzyl.deb');
  check('the package installs', status === 0, output);
  check(
    'nothing of the simulator is in it',
    !inside('dpkg', '--listfiles', 'qyzyl-terminal').output.includes('simulat'),
  );
}

/** What Debian itself finds fault with in a package. */
function checkByLintian(): void {
  const packagePath = join(packages, packageName());
  const { stdout, stderr, error } = spawnSync('lintian', ['--allow-root', '--fail-on=none', packagePath], {
    encoding: 'utf8',
  });
  check(
    'lintian has nothing to say',
    error === undefined && stdout === '',
    error?.message ?? `${stdout}${stderr}`,
  );
}

function modeOf(path: string): string {
  const { uid, mode } = statSync(join(debian, path));
  const owner = inside('stat', '--format=%U:%G', `/${path}`).output.trim();
  return `${owner} ${(mode & 0o777).toString(8)} ${uid === 0 ? 'root' : 'user'}`;
}

function checkFiles(): void {
  check(
    'settings are readable by the terminal alone',
    modeOf('etc/qyzyl/settings.json') === 'root:qyzyl 640 root',
    modeOf('etc/qyzyl/settings.json'),
  );
  check(
    'the ledger’s folder is the terminal’s alone',
    modeOf('var/lib/qyzyl') === 'qyzyl:qyzyl 700 user',
    modeOf('var/lib/qyzyl'),
  );
  check(
    'the program is nobody’s to change',
    modeOf('usr/lib/qyzyl/host/browser.js') === 'root:root 644 root',
    modeOf('usr/lib/qyzyl/host/browser.js'),
  );
}

function checkUnits(): void {
  for (const unit of ['qyzyl-terminal.service', 'qyzyl-screen.service']) {
    const verified = spawnSync('systemd-analyze', ['verify', `--root=${debian}`, unit], { encoding: 'utf8' });
    // The kiosk browser is recommended, not contained.
    const complaints = verified.stderr.split('\n').filter((line) => line.includes(unit));
    check(`${unit} is sound`, complaints.length === 0, complaints.join(' '));
    const { stdout } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', `--root=${debian}`, unit],
      { encoding: 'utf8' },
    );
    console.log(`       ${stdout.trim().split('\n').at(-1) ?? ''}`);
  }
}

const program = [
  '/usr/lib/qyzyl/node',
  '/usr/lib/qyzyl/host/browser.js',
  '--page',
  '/usr/lib/qyzyl/dist/renderer',
];

function asTerminal(settings: string, ...more: string[]): string[] {
  return [
    debian,
    'setpriv',
    '--reuid=qyzyl',
    '--regid=qyzyl',
    '--init-groups',
    ...program,
    '--settings',
    settings,
    ...more,
  ];
}

function writeSettings(name: string, changes: Readonly<Record<string, unknown>>): string {
  const template = JSON.parse(readFileSync(join(debian, 'etc/qyzyl/settings.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const terminal = {
    number: '10027344',
    address: 'Алматы, Абай даңғылы, 10',
    operatorName: 'Qyzyl Terminal ЖШС',
    operatorBin: '180440000002',
    supportPhone: '8 800 080 00 27',
  };
  const backend = { url: 'https://127.0.0.1:9', publicKeys: ['A'.repeat(43)] };
  writeFileSync(join(debian, 'tmp', name), JSON.stringify({ ...template, terminal, backend, ...changes }));
  return `/tmp/${name}`;
}

/** Also those that only a slip or a note asks for. */
function checkPackagesLoad(): void {
  const script = `
    import { readdirSync } from 'node:fs';
    const inFolder = (path) => readdirSync('node_modules/' + path).map((name) => path + name);
    const names = inFolder('').flatMap((name) => (name.startsWith('@') ? inFolder(name + '/') : [name]));
    for (const name of names.filter((name) => !name.startsWith('@expo-google-fonts/'))) {
      await import(name).catch((error) => console.log(name + ': ' + error.message));
    }
    process.exit();`;
  const { status, output } = inside(
    'sh',
    '-c',
    'cd /usr/lib/qyzyl && exec ./node --input-type=module --eval "$0"',
    script,
  );
  check('every package in it loads', status === 0 && output === '', output);
}

function checkRefusals(): void {
  const empty = spawnSync('chroot', asTerminal('/etc/qyzyl/settings.json'), { encoding: 'utf8', env });
  check(
    'settings that nobody has filled in are refused by name',
    empty.status === 78 && empty.stderr.includes('terminal.number'),
    `${empty.status} ${empty.stderr}`,
  );
  const simulated = spawnSync(
    'chroot',
    asTerminal(
      writeSettings('simulated.json', {
        simulated: true,
        backend: { url: 'https://wallet.example', publicKeys: ['A'.repeat(43)] },
      }),
    ),
    { encoding: 'utf8' },
  );
  check(
    'simulated money is refused before a real backend',
    simulated.status === 78 && simulated.stderr.includes('simulated'),
    `${simulated.status} ${simulated.stderr}`,
  );
}

/** With no device and no backend the page is there, and says that nothing is sold. */
async function checkStart(): Promise<void> {
  const settings = writeSettings('settings.json', {});
  const terminal = spawn(
    'chroot',
    asTerminal(settings, '--port', '0', '--address-file', '/var/lib/qyzyl/screen'),
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env,
    },
  );
  let said = '';
  terminal.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const url = await new Promise<string | undefined>((resolve) => {
    terminal.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    terminal.once('exit', () => resolve(undefined));
  });
  check('the terminal starts as its own user', url !== undefined, said);
  if (url !== undefined) {
    const page = await fetch(url);
    check(
      'its page answers on the loopback address',
      page.status === 200 && (await page.text()).includes('<div id="root">'),
    );
    const address = join(debian, 'var/lib/qyzyl/screen');
    check('the browser finds the address, and strangers do not', (statSync(address).mode & 0o777) === 0o640);
    check('the ledger is where the settings say', existsSync(join(debian, 'var/lib/qyzyl/ledger')));
  }
  const ended = new Promise((resolve) => terminal.once('exit', resolve));
  terminal.kill('SIGTERM');
  check('it ends when told to', (await ended) === 0, said.slice(-500));
}

function checkPurge(): void {
  const { status, output } = inside('dpkg', '--purge', 'qyzyl-terminal');
  check(
    'a purge leaves the ledger, and says so',
    status === 0 && existsSync(join(debian, 'var/lib/qyzyl/ledger')) && output.includes('/var/lib/qyzyl'),
    output,
  );
}

makeDebian();
rmSync(join(debian, 'var/lib/qyzyl'), { recursive: true, force: true });
// A running machine has it, and systemd's own tools want it.
execFileSync('mount', ['-t', 'proc', 'proc', join(debian, 'proc')]);
try {
  checkByLintian();
  install();
  checkFiles();
  checkUnits();
  checkPackagesLoad();
  checkRefusals();
  await checkStart();
  checkPurge();
} finally {
  execFileSync('umount', [join(debian, 'proc')]);
}
const failed = checks.filter(({ isSo }) => !isSo).length;
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
