import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { inProcessStore } from '../db/in-process-store.ts';
import { openLedger } from '../db/ledger.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { createCcnetDriver } from '../hardware/banknote/ccnet/driver.ts';
import type { Link } from '../hardware/link/link.ts';
import { createEscposDriver } from '../hardware/printer/escpos/driver.ts';
import { type EscposProfileName, escposProfiles } from '../hardware/printer/escpos/profile.ts';
import type { Backend } from '../simulator/wallet/backend.ts';
import { inProcessExchange, type NetworkCable } from '../simulator/wallet/in-process.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import type { Log } from '../terminal/log.ts';
import type { Clock, IdSource, Random } from '../terminal/ports.ts';
import type { Words } from '../terminal/receipt/receipt-data.ts';
import type { Build } from '../terminal/runtime/build.ts';
import { type RunningTerminal, runTerminal } from '../terminal/runtime/terminal.ts';
import { decodeSettings, type Settings } from '../terminal/settings.ts';
import type { Store } from '../terminal/store.ts';
import { type DeviceKey, makeDeviceKey } from './device-key.ts';
import { backendKeys } from './http-signature.ts';
import { walletHttp } from './wallet-http.ts';

/*
 * Hands a composed terminal to a simulated world: production core, drivers, codecs, ledger and signing, on memory lines,
 * an in-process backend and whatever clock the world has. What the machine itself keeps through a power cut is the
 * `machine`; everything else is made anew by `boot`.
 */

/** What survives the process: the disk and the keys on it. */
export interface SimulatedMachine {
  readonly folder: string;
  readonly sealKey: KeyObject;
  readonly deviceKey: DeviceKey;
}

/** What a process is started with. */
export interface BootParts {
  readonly machine: SimulatedMachine;
  readonly settings: Settings;
  readonly acceptorLink: Link;
  readonly printerLink: Link;
  readonly backend: Backend;
  readonly network: NetworkCable;
  readonly clock: Clock;
  readonly random: Random;
  readonly words: Words;
  readonly log: Log;
  readonly onView: (view: ScreenView) => void;
  readonly onFatal: (reason: unknown) => void;
  /** Told at once how to end the process: that may be wanted before it has started. */
  readonly onAlive?: (kill: () => void) => void;
  /** Stands between the core and its ledger, to fail or to stop the world there. */
  readonly wrapStore?: (store: Store) => Store;
}

export const simulatedNumber = '10027344';

const simulatedBuild: Build = { version: 'simulated', builtAtMs: Date.UTC(2026, 0, 1) };

export function newMachine(folder: string): SimulatedMachine {
  mkdirSync(folder, { recursive: true });
  return { folder, sealKey: generateKeyPairSync('ed25519').privateKey, deviceKey: makeDeviceKey() };
}

export function ledgerPlace(machine: SimulatedMachine): {
  readonly folder: string;
  readonly anchorPath: string;
} {
  return { folder: join(machine.folder, 'ledger'), anchorPath: join(machine.folder, 'anchor', 'anchor') };
}

/** An operator's settings for a machine of the simulated world. */
export function worldSettings(
  machine: SimulatedMachine,
  overrides: Readonly<Record<string, unknown>> = {},
): Settings {
  const place = ledgerPlace(machine);
  const decoded = decodeSettings({
    simulated: true,
    terminal: {
      number: simulatedNumber,
      address: 'Алматы, Абай даңғылы, 10',
      operatorName: 'Qyzyl Terminal ЖШС',
      operatorBin: '180440000002',
      supportPhone: '8 800 080 00 27',
    },
    acceptor: { protocol: 'ccnet', line: { kind: 'tcp', host: 'memory', port: 1 } },
    printer: { profile: 'epson-tm-t88vi', line: { kind: 'tcp', host: 'memory', port: 2 } },
    backend: { url: 'http://127.0.0.1', publicKeys: ['A'.repeat(43)] },
    storage: {
      databaseFolder: place.folder,
      anchorFile: place.anchorPath,
      deviceKeyFile: join(machine.folder, 'device-key.json'),
      sealKeyFile: join(machine.folder, 'seal-key.pem'),
    },
    ...overrides,
  });
  if (decoded.kind === 'faulty') throw new Error(`world settings: ${JSON.stringify(decoded.faults)}`);
  return decoded.settings;
}

export interface BootedTerminal {
  readonly terminal: RunningTerminal;
  /** Ends the process without a word, as a power cut would: no object of it acts any more, the disk stays as it is. */
  kill(): void;
}

/** Starts a terminal process in the simulated world. Rejects with the ledger's error if it may not be used. */
export async function bootTerminal(parts: BootParts): Promise<BootedTerminal> {
  const { machine, settings, clock, random, backend } = parts;
  const process = mortalClock(clock);
  const ledger = openLedger(ledgerPlace(machine), {
    sealer: ed25519Sealer(machine.sealKey),
    randomBytes: (count) => Uint8Array.from({ length: count }, () => random.nextInt(256)),
  });
  const ids = simulatedIds(clock, random);
  const store = inProcessStore(ledger, clock);
  const acceptorLine = mortalLink(parts.acceptorLink);
  const printerLine = mortalLink(parts.printerLink);
  const disk = mortalStore(parts.wrapStore?.(store) ?? store);
  const exchange = inProcessExchange(backend, process.clock, parts.network);
  let alive = true;
  const kill = (): void => {
    alive = false;
    process.kill();
    acceptorLine.kill();
    printerLine.kill();
    disk.kill();
    ledger.abandon();
  };
  parts.onAlive?.(kill);
  try {
    const terminal = await runTerminal({
      ...parts,
      clock: process.clock,
      ids,
      store: disk.store,
      log: (event) => {
        if (alive) parts.log(event);
      },
      onView: (view) => {
        if (alive) parts.onView(view);
      },
      onFatal: (reason) => {
        if (alive) parts.onFatal(reason);
      },
      acceptor: createCcnetDriver({ link: acceptorLine.link, clock: process.clock, ids }),
      printer: createEscposDriver({
        link: printerLine.link,
        clock: process.clock,
        profile: escposProfiles[settings.printer.profile as EscposProfileName],
      }),
      wallet: walletHttp({
        baseUrl: settings.backend.url,
        backendKeys: backendKeys([backend.serverPublicKey()]),
        signingKey: () => machine.deviceKey,
        exchange,
        clock: process.clock,
        nonce: () => ids.uuidV7(),
      }),
      build: simulatedBuild,
    });
    return { terminal, kill };
  } catch (error) {
    kill();
    throw error;
  }
}

function simulatedIds(clock: Clock, random: Random): IdSource {
  return {
    uuidV7: () =>
      v7({ msecs: clock.wallMs(), random: Uint8Array.from({ length: 16 }, () => random.nextInt(256)) }),
  };
}

/** The world's clock as one process sees it: once it is dead no timer of it fires. */
function mortalClock(clock: Clock): { readonly clock: Clock; kill(): void } {
  let alive = true;
  return {
    clock: {
      wallMs: () => clock.wallMs(),
      monoMs: () => clock.monoMs(),
      setTimer: (delayMs, onTime) =>
        clock.setTimer(delayMs, () => {
          if (alive) onTime();
        }),
    },
    kill: () => {
      alive = false;
    },
  };
}

/** A line as one process holds it: once it is dead nothing leaves it and nothing reaches it; the port is free again. */
function mortalLink(link: Link): { readonly link: Link; kill(): void } {
  let alive = true;
  const close = new Set<() => void>();
  return {
    link: {
      description: link.description,
      open: async (events) => {
        const connection = await link.open({
          onBytes: (chunk) => {
            if (alive) events.onBytes(chunk);
          },
          onClosed: (reason) => {
            if (alive) events.onClosed(reason);
          },
        });
        const drop = (): void => void connection.close();
        close.add(drop);
        if (!alive) drop();
        return {
          write: (bytes) => {
            if (alive) connection.write(bytes);
          },
          close: () => {
            close.delete(drop);
            return connection.close();
          },
        };
      },
    },
    kill: () => {
      alive = false;
      for (const drop of close) drop();
    },
  };
}

/** The store as one process has it: once it is dead it asks for nothing, and hears of nothing it has asked for. */
function mortalStore(store: Store): { readonly store: Store; kill(): void } {
  let alive = true;
  const whileAlive = <Result>(ask: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (!alive) return;
      ask().then(
        (result) => {
          if (alive) resolve(result);
        },
        (reason: unknown) => {
          if (alive) reject(reason);
        },
      );
    });
  return {
    store: {
      commit: (facts) => whileAlive(() => store.commit(facts)),
      load: () => whileAlive(() => store.load()),
      dueTopUps: (atMs, limit) => whileAlive(() => store.dueTopUps(atMs, limit)),
      dueMessages: (atMs, limit) => whileAlive(() => store.dueMessages(atMs, limit)),
      registerRows: (fromMs, toMs) => whileAlive(() => store.registerRows(fromMs, toMs)),
      containsAnchor: (anchor) => whileAlive(() => store.containsAnchor(anchor)),
      checkpoint: () => whileAlive(() => store.checkpoint()),
      close: () => whileAlive(() => store.close()),
    },
    kill: () => {
      alive = false;
    },
  };
}
