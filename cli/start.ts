import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { simulatedSettingsFile, startSimulatedBackend } from '../host/compose-simulated.ts';
import { superviseTerminal } from '../host/supervisor.ts';
import { seedWallets } from '../simulator/wallet/seed-wallets.ts';
import { decodeDown } from '../terminal/contract/decode.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import { formatMinor, minor } from '../terminal/money.ts';
import { startDevice } from './simulated-device.ts';
import { describeView } from './view-as-text.ts';

/*
 * The terminal on simulated devices, with a wallet backend of its own and a prompt in place of screen and hands. Its
 * ledger stays in the folder, so that a second start finds what the first one left.
 */

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: join('var', 'terminal') },
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
const settings = simulatedSettingsFile(
  {
    folder: options.folder,
    acceptorLine: { kind: 'serial', path: acceptor.path },
    printer: { profile: 'epson-tm-t88vi', line: { kind: 'serial', path: printer.path } },
  },
  backend,
);
writeFileSync(settingsPath, JSON.stringify(settings, null, 2));

let view: ScreenView | undefined;
const supervisor = superviseTerminal({
  settingsPath,
  logTo: options.log ? 'inherit' : 'ignore',
  onText: (text) => {
    const decoded = decodeDown(text);
    if (decoded.kind === 'refused') return;
    view = decoded.message.view;
    console.log(describeView(view));
  },
  onExit: (code, willRestart) => {
    view = undefined;
    if (willRestart) console.log(`The terminal process ended (exit ${code}); starting it again.`);
    else if (code !== 0) void end(code ?? 1);
  },
});

console.log(`Qyzyl on simulated devices. Its files: ${options.folder}. Type "help" for what can be done.`);

const help = `  a button's name, and its value if it has one: start ru | digit 7010000001 | next | confirm | pay …
  note 5000                                    insert a banknote
  acceptor jam | acceptor cassette out | …     lay hands on the acceptor
  printer paper out | printer cover open | …   lay hands on the printer
  backend down | backend up | backend {…}      switch a fault of the backend on, or all of them off
  wallets                                      what the wallets hold
  quit`;

const prompt = createInterface({ input: process.stdin });
prompt.on('line', (line) => obey(line.trim()));
prompt.once('close', () => void end(0));
process.once('SIGINT', () => void end(0));

function obey(line: string): void {
  const [word = '', ...rest] = line.split(/\s+/);
  const others = rest.join(' ');
  switch (word) {
    case '':
      return;
    case 'help':
      console.log(help);
      return;
    case 'quit':
      prompt.close();
      return;
    case 'note':
      acceptor.say(`insert ${others}`);
      return;
    case 'acceptor':
      acceptor.say(others);
      return;
    case 'printer':
      printer.say(others);
      return;
    case 'backend':
      tellBackend(others);
      return;
    case 'wallets':
      for (const { phone } of seedWallets)
        console.log(`  ${phone}  ${formatMinor(minor(backend.ledger.balanceMinor(phone)))}`);
      return;
    default:
      press(word, others);
  }
}

/** `down`, `up`, or a fault as the backend knows it: `{"fault":{"kind":"slow","delayMs":3000},"call":"check"}`. */
function tellBackend(words: string): void {
  if (words === 'down') backend.faults.add({ kind: 'drop-before' });
  else if (words === 'up') backend.faults.clear();
  else {
    const complaint = backend.faults.addCommand(jsonOf(words));
    if (complaint !== undefined) console.log(complaint);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A number is typed digit by digit, as a finger would. */
function press(action: string, value: string): void {
  const offer = view?.offers.find((candidate) => candidate.action === action);
  if (offer === undefined) {
    console.log(`There is no button "${action}" on the screen. Type "help".`);
    return;
  }
  const values = action === 'digit' ? [...value] : [value];
  for (const one of values) {
    const text = {
      kind: 'press',
      pressId: randomUUID(),
      offerId: offer.offerId,
      ...(one === '' ? {} : { value: one }),
    };
    supervisor.send(JSON.stringify(text));
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
