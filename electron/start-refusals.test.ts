import { describe, expect, test } from 'vitest';
import { decideStart, type StartRequest } from './start-refusals.ts';

const plain: StartRequest = { args: [], environment: {}, execArgv: [], isInspectorOpen: false };

function refusals(request: Partial<StartRequest>): readonly string[] {
  const answer = decideStart({ ...plain, ...request }, '/etc/qyzyl/settings.json');
  return answer.kind === 'refused' ? answer.why : [];
}

test('the settings file may be named, once', () => {
  expect(decideStart(plain, '/etc/qyzyl/settings.json')).toEqual({
    kind: 'start',
    settings: { settingsPath: '/etc/qyzyl/settings.json' },
  });
  expect(decideStart({ ...plain, args: ['--settings=/srv/a.json'] }, 'x')).toEqual({
    kind: 'start',
    settings: { settingsPath: '/srv/a.json' },
  });
  expect(refusals({ args: ['--settings=a', '--settings=b'] })).toHaveLength(1);
});

test('an ordinary session of systemd and npm starts', () => {
  const environment = {
    PATH: '/usr/bin',
    HOME: '/var/lib/qyzyl',
    LANG: 'kk_KZ.UTF-8',
    DISPLAY: ':0',
    XDG_RUNTIME_DIR: '/run/user/990',
    CHROME_DESKTOP: 'qyzyl.desktop',
    NODE: '/usr/bin/node',
    INVOCATION_ID: '0',
  };
  expect(refusals({ environment })).toEqual([]);
});

describe('what would open the kiosk ends the start', () => {
  test.each([
    '--inspect',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--remote-allow-origins=*',
    '--no-sandbox',
    '--disable-web-security',
    '--load-extension=/tmp/x',
    '--user-data-dir=/tmp/x',
    '--proxy-server=evil:8080',
    '--host-rules=MAP * evil',
    '--js-flags=--expose-gc',
    '--enable-logging',
    '--settings',
    '-r',
    '/tmp/payload.js',
    'qyzyl://pay?amount=5000',
    'https://example.org/',
    'file:///etc/passwd',
    '\u0000\u001b[2J',
    '',
  ])('the argument %j', (argument) => {
    expect(refusals({ args: [argument] })).toHaveLength(1);
  });

  test.each([
    'NODE_OPTIONS',
    'NODE_EXTRA_CA_CERTS',
    'NODE_TLS_REJECT_UNAUTHORIZED',
    'ELECTRON_RUN_AS_NODE',
    'ELECTRON_ENABLE_LOGGING',
    'electron_run_as_node',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'SSLKEYLOGFILE',
  ])('the variable %s', (name) => {
    expect(refusals({ environment: { [name]: '1' } })).toEqual([`environment variable ${name}`]);
  });

  test('what Node itself was told, and an inspector that is open already', () => {
    expect(refusals({ execArgv: ['--inspect'] })).toHaveLength(1);
    expect(refusals({ isInspectorOpen: true })).toHaveLength(1);
  });

  test('and is named without its value: that may be a secret', () => {
    const why = refusals({
      args: ['--proxy-server=user:password@host', 'qyzyl://+77010000001'],
      environment: { NODE_OPTIONS: 'secret' },
    });
    expect(why.join(' ')).not.toMatch(/password|7701|secret/);
  });
});
