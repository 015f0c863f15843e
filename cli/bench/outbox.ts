import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ledgerFile } from '../../db/open.ts';
import { simulatedTerminalNumber } from '../../host/compose-simulated.ts';
import { openDeviceKeys } from '../../host/device-key.ts';
import { systemClock } from '../../host/system-clock.ts';
import { startWalletServer, type WalletServer } from '../../simulator/wallet-server.ts';
import { withFolder } from './folders.ts';
import type { Measurement, Row } from './report.ts';
import { noteMinor, operationId, walletCount, walletPhone } from './sample-facts.ts';
import { placeIn, writeLedger } from './sample-ledger.ts';
import { grouped } from './statistics.ts';
import { startTerminal, switchOnDevices } from './terminal-child.ts';

const topUps = 100_000;
const lookEveryMs = 50;
const drainMsMax = 600_000;

export const outbox: Measurement = {
  name: 'outbox',
  title: 'An outbox drained into the embedded backend',
  how:
    `A ledger with ${grouped(topUps)} closed operations that no backend has heard of; the production process ` +
    `(host/headless.ts) sends them over HTTP on the loopback address to the embedded backend in another process, ` +
    `which books each in its double-entry ledger on disk. Timed between the first and the last row that ` +
    `the terminal's own ledger knows to be credited.`,
  run: () => withFolder(drain),
};

async function drain(folder: string): Promise<readonly Row[]> {
  writeLedger(folder, topUps, false);
  const backend = await startBackend(folder);
  const devices = await switchOnDevices();
  try {
    const terminal = startTerminal(folder, backend, devices);
    await terminal.shows('attract');
    const perSecond = await timeDrain(folder);
    await terminal.stop();
    return table(perSecond, audit(backend));
  } finally {
    await devices.close();
    await backend.close();
  }
}

async function startBackend(folder: string): Promise<WalletServer> {
  const backend = await startWalletServer({
    clock: systemClock,
    databasePath: join(folder, 'backend.sqlite'),
    wallets: Array.from({ length: walletCount }, (_, at) => ({
      phone: walletPhone(at),
      holderName: 'Айгүл С.',
      operationMaxMinor: noteMinor,
    })),
  });
  const keys = openDeviceKeys(join(folder, 'device-key.json'));
  backend.enrol(simulatedTerminalNumber, keys.current().publicKey);
  return backend;
}

/** Watches the terminal's ledger from the side; top-ups a second. */
async function timeDrain(folder: string): Promise<number> {
  const database = new Database(ledgerFile(placeIn(folder).folder), { readonly: true });
  const open = database
    .prepare<[], number>('SELECT count(*) FROM top_up WHERE next_try_at_ms IS NOT NULL')
    .pluck();
  const deadlineMs = performance.now() + drainMsMax;
  let first: { readonly atMs: number; readonly left: number } | undefined;
  try {
    for (;;) {
      const left = open.get() ?? 0;
      const atMs = performance.now();
      if (first === undefined && left < topUps) first = { atMs, left };
      if (first !== undefined && left === 0) return (first.left * 1_000) / (atMs - first.atMs);
      if (atMs > deadlineMs) throw new Error(`${left} top-ups are still open after ${drainMsMax / 1_000} s`);
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  } finally {
    database.close();
  }
}

interface Audit {
  readonly lost: number;
  readonly wrong: number;
}

/** What the backend's books say of every single operation. They cannot hold one id twice; here its sum is checked. */
function audit(backend: WalletServer): Audit {
  backend.ledger.check();
  const booked = new Map<string, number>();
  for (const { cause, amountMinor } of backend.ledger.entries()) {
    if (amountMinor > 0) booked.set(cause, (booked.get(cause) ?? 0) + amountMinor);
  }
  let lost = 0;
  let wrong = booked.size;
  for (let serial = 1; serial <= topUps; serial += 1) {
    const minor = booked.get(operationId(serial));
    if (minor === undefined) lost += 1;
    if (minor === noteMinor) wrong -= 1;
  }
  return { lost, wrong };
}

function table(perSecond: number, { lost, wrong }: Audit): readonly Row[] {
  return [
    {
      what: `outbox of ${grouped(topUps)} top-ups, drained`,
      bar: '≥ 2 000 /s',
      measured: `${grouped(perSecond)} /s`,
      met: perSecond >= 2_000,
    },
    { what: 'outbox: top-ups lost', bar: '0', measured: String(lost), met: lost === 0 },
    {
      what: 'outbox: top-ups doubled, or booked otherwise',
      bar: '0',
      measured: String(wrong),
      met: wrong === 0,
    },
  ];
}
