import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { simulatedSettingsFile, startSimulatedBackend } from '../host/compose-simulated.ts';
import { makeScreenToken } from '../host/screen-server.ts';
import { type Supervisor, type SupervisorOptions, superviseTerminal } from '../host/supervisor.ts';
import { bundleOf } from '../renderer/bundle.ts';
import { decodeDown } from '../terminal/contract/decode.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import { handsHelp, layHands } from './hands.ts';
import { startDevice } from './simulated-device.ts';
import { describeView } from './view-as-text.ts';

/*
 * The terminal on simulated devices, with a wallet backend of its own. The prompt stands in for
 * its screen; with --page its screen is a page on this machine. Its ledger stays in the folder, so that a second start finds what the first
 * one left.
 */

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: join('var', 'terminal') },
    page: { type: 'boolean', default: false },
    fast: { type: 'boolean', default: false },
    log: { type: 'boolean', default: false },
  },
});

mkdirSync(options.folder, { recursive: true });
const speed = options.fast ? ['--fast'] : [];
const [acceptor, printer, backend] = await Promise.all([
  startDevice('ccnet', speed),
  startDevice('escpos', speed),
  startSimulatedBackend(options.folder),
]);
const settingsPath = join(options.folder, 'settings.json');
const place = {
  folder: options.folder,
  acceptorLine: { kind: 'serial', path: acceptor.path },
  printer: { profile: 'epson-tm-t88vi', line: { kind: 'serial', path: printer.path } },
} as const;
writeFileSync(settingsPath, JSON.stringify(simulatedSettingsFile(place, backend), null, 2));

let view: ScreenView | undefined;
const common = {
  logTo: options.log ? 'inherit' : 'ignore',
  onExit: (code, willRestart) => {
    view = undefined;
    if (willRestart) console.log(`The terminal process ended (exit ${code}); starting it again.`);
    else if (code !== 0) void end(code ?? 1);
  },
} as const satisfies Partial<SupervisorOptions>;
const supervisor: Supervisor = options.page ? await startWithPage() : startHeadless();

function startHeadless(): Supervisor {
  return superviseTerminal({
    ...common,
    shape: 'headless',
    args: ['--settings', settingsPath],
    onMessage: (text) => {
      const decoded = decodeDown(String(text));
      if (decoded.kind === 'refused') return;
      view = decoded.message.view;
      console.log(describeView(view));
    },
  });
}

/** Port and token stay the same when the process is started again, so that the page finds its way back. */
async function startWithPage(): Promise<Supervisor> {
  await build(bundleOf('screen'));
  const port = await freePort();
  const token = makeScreenToken();
  let isTold = false;
  return superviseTerminal({
    ...common,
    shape: 'browser',
    args: ['--settings', settingsPath, '--port', String(port)],
    environment: { QYZYL_SCREEN_TOKEN: token },
    onMessage: () => {
      if (!isTold) console.log(`The screen: http://127.0.0.1:${port}/#token=${token}`);
      isTold = true;
    },
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const help = [
  ...(options.page
    ? []
    : ['  start ru | digit 7010000001 | next | pay …    touch a button, with its value if it has one']),
  handsHelp,
  '  quit',
].join('\n');

console.log(
  `Qyzyl on simulated devices. Its files: ${options.folder}. Type "help" for what your hands can do.`,
);
const prompt = createInterface({ input: process.stdin });
prompt.on('line', (line) => obey(line.trim()));
// Without a keyboard the terminal runs until it is told to stop.
prompt.once('close', () => process.stdin.isTTY && void end(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));

function obey(line: string): void {
  const [word = '', ...rest] = line.split(/\s+/);
  const others = rest.join(' ');
  if (word === '') return;
  if (word === 'quit') void end(0);
  else if (word === 'help') console.log(help);
  else if (!layHands({ acceptor, printer, backend }, word, others)) press(word, others);
}

/** A number is typed digit by digit, as a finger would. */
function press(action: string, value: string): void {
  const offer = view?.offers.find((candidate) => candidate.action === action);
  if (offer === undefined) {
    console.log(`"${action}" is no button here and nothing that hands can do. Type "help".`);
    return;
  }
  for (const one of action === 'digit' ? [...value] : [value]) {
    const chosen = one === '' ? {} : { value: one };
    supervisor.send(
      JSON.stringify({ kind: 'press', pressId: randomUUID(), offerId: offer.offerId, ...chosen }),
    );
  }
}

let isEnding = false;

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  prompt.close();
  await supervisor.stop();
  await Promise.all([acceptor.quit(), printer.quit()]);
  await backend.close();
  process.exit(code);
}
