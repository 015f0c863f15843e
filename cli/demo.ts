import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeTerminal } from '../host/compose.ts';
import {
  simulatedSettings,
  simulatedTerminalNumber,
  startSimulatedBackend,
} from '../host/compose-simulated.ts';
import { acceptorProtocols } from '../terminal/devices.ts';
import { formatMinor, minor } from '../terminal/money.ts';
import { formatOperationNumber } from '../terminal/operation-number.ts';
import { acceptorNamed } from './acceptor-option.ts';
import { ScriptedCustomer } from './demo-visit.ts';
import { readOptions } from './options.ts';
import { printerNamed, printerProfileNames, simulatedModelOf } from './printer-option.ts';
import { type DeviceProcess, startDevice } from './simulated-device.ts';

/*
 * The main job, played without a display: simulated devices in processes of their own behind pseudo-terminals, the real
 * serial library, a real HTTP backend, a real ledger.
 */

const usage = `Usage:
  npm run demo -- [--notes <sums>] [--wallet <number>] [--language <code>] [--acceptor <protocol>] [--printer <profile>] [--fast] [--json]
  --notes     in tenge, in this order: 5000,2000
  --language  kk, ru, en, sw
  --acceptor  ${acceptorProtocols.join(', ')}
  --printer   ${printerProfileNames.join(', ')}
  --png       where the picture of the slip goes
  --fast      mechanics that take 50 ms instead of seconds
  --json      one JSON document instead of a story`;

const { values: options } = readOptions(usage, {
  options: {
    json: { type: 'boolean', default: false },
    /** Notes to insert, in tenge. */
    notes: { type: 'string', default: '5000,2000' },
    wallet: { type: 'string', default: '7010000001' },
    language: { type: 'string', default: 'kk' },
    /** Where the picture of the paper goes. */
    png: { type: 'string', default: join('var', 'demo', 'receipt.png') },
    /** Mechanics that take 50 ms where real ones take seconds. */
    fast: { type: 'boolean', default: false },
    /** What the acceptor speaks. */
    acceptor: { type: 'string', default: 'ccnet' },
    /** What the printer is, in the profile and on the other end of its line. */
    printer: { type: 'string', default: 'epson-tm-t88vi' },
  },
});

const acceptorProtocol = acceptorNamed(options.acceptor);
const printerProfile = printerNamed(options.printer);
const startedMs = performance.now();
const timelineMs: Record<string, number> = {};

function mark(moment: string, words: string): void {
  const atMs = Math.round(performance.now() - startedMs);
  timelineMs[moment] = atMs;
  if (!options.json) console.log(`${String(atMs).padStart(6)} ms  ${words}`);
}

interface Stage {
  readonly acceptor: DeviceProcess;
  readonly printer: DeviceProcess;
  readonly folder: string;
}

async function play(stage: Stage): Promise<object> {
  const { acceptor, printer, folder } = stage;
  const backend = await startSimulatedBackend(folder);
  const settings = simulatedSettings(
    {
      folder,
      acceptorProtocol,
      acceptorLine: { kind: 'serial', path: acceptor.path },
      printer: { profile: printerProfile, line: { kind: 'serial', path: printer.path } },
    },
    backend,
  );
  const customer = new ScriptedCustomer();
  const failed = Promise.withResolvers<never>();
  const terminal = await composeTerminal(settings, {
    log: () => undefined,
    onView: customer.see,
    onFatal: failed.reject,
  });
  customer.stepUpTo(terminal);
  try {
    return await Promise.race([visit(customer, stage, backend), failed.promise]);
  } finally {
    await terminal.stop();
    await backend.close();
  }
}

async function visit(
  customer: ScriptedCustomer,
  { acceptor, printer }: Stage,
  backend: Awaited<ReturnType<typeof startSimulatedBackend>>,
): Promise<object> {
  await customer.until('attract', 30_000);
  mark('ready', 'the terminal is ready; the acceptor is disabled');
  await customer.press('start', options.language);
  await customer.until('service', 2_000);
  await customer.press('choose-top-up');
  await customer.until('number', 2_000);
  await customer.press('digit', options.wallet.slice(0, 1));
  for (const digit of options.wallet.slice(1)) customer.tap('digit', digit);
  await customer.until('number', 2_000, (screen) => screen.digits.length === 10);
  customer.tap('next');
  const { holderMasked = '' } = await customer.until('confirm', 11_000);
  mark('walletChecked', `the wallet belongs to ${holderMasked}`);
  await customer.press('confirm');
  await customer.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
  mark('acceptorOpen', 'the operation is open, notes are welcome');

  await insertNotes(customer, acceptor);
  await customer.press('pay');
  mark('payPressed', 'Pay');
  const shown = await customer.until('result', 15_000);
  mark(
    'result',
    `the screen says: ${shown.result.kind}, operation ${formatOperationNumber(shown.operationNumber)}`,
  );
  const done = await customer.until('result', 30_000, (screen) => screen.print !== 'printing');
  mark('receipt', `the receipt is ${done.print}`);
  const paper = await readPaper(printer);

  const operation = backend.ledger.operations().at(-1);
  const ledgerCreditedMinor =
    operation === undefined ? 0 : backend.ledger.creditedMinor(operation.operationId);
  if (!options.json) {
    console.log(
      `\nThe wallet's ledger credited ${formatMinor(minor(ledgerCreditedMinor))}. On the paper:\n\n${paper.text}`,
    );
    console.log(`\nIts picture: ${options.png}`);
  }
  return {
    terminal: simulatedTerminalNumber,
    operation: {
      id: operation?.operationId,
      wallet: shown.walletMasked,
      creditedMinor: shown.result.kind === 'credited' ? shown.amountMinor : 0,
      status: shown.result.kind,
    },
    notes: shown.notes.map(({ valueMinor, state }) => ({ denominationMinor: valueMinor, state })),
    ledgerCreditedMinor,
    receipt: { printed: done.print === 'printed', text: paper.text, png: options.png },
    timelineMs,
  };
}

async function insertNotes(customer: ScriptedCustomer, acceptor: DeviceProcess): Promise<void> {
  let insertedMinor = 0;
  for (const tenge of options.notes.split(',')) {
    insertedMinor += Number(tenge) * 100;
    await customer.until('cash', 5_000, (screen) => screen.isAcceptorOpen);
    acceptor.say(`insert ${tenge}`);
    await customer.until('cash', 15_000, (screen) => screen.insertedMinor === insertedMinor);
    mark(
      `counted${insertedMinor / 100}`,
      `${tenge} ₸ is in the cassette; ${formatMinor(minor(insertedMinor))} in all`,
    );
  }
}

async function readPaper(printer: DeviceProcess): Promise<{ readonly text: string }> {
  const pictured = printer.next((event) => event.kind === 'picture', 5_000);
  const read = printer.next((event) => event.kind === 'text', 5_000);
  printer.say(`png ${options.png}`);
  printer.say('text');
  await pictured;
  const { text } = await read;
  return { text: String(text) };
}

const folder = mkdtempSync(join(tmpdir(), 'qyzyl-demo-'));
mkdirSync(join(options.png, '..'), { recursive: true });
const speed = options.fast ? ['--fast'] : [];
const devices = await Promise.all([
  startDevice(acceptorProtocol, speed),
  startDevice('escpos', ['--model', simulatedModelOf[printerProfile], ...speed]),
]);
const [acceptor, printer] = devices;
try {
  mark('devices', `simulated acceptor on ${acceptor.path}, printer on ${printer.path}`);
  const summary = await play({ acceptor, printer, folder });
  if (options.json) console.log(JSON.stringify(summary));
} finally {
  await Promise.all(devices.map((device) => device.quit()));
  rmSync(folder, { recursive: true, force: true });
}
