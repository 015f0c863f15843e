import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { readDesk } from '../db/desk.ts';
import { StorageError } from '../db/errors.ts';
import { fullCheck } from '../db/full-check.ts';
import { inProcessStore } from '../db/in-process-store.ts';
import { type Ledger, openLedger } from '../db/ledger.ts';
import { ledgerFile, openReader } from '../db/open.ts';
import { diskSpace } from '../db/reserve.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { acceptorProtocol } from '../hardware/banknote/protocols.ts';
import { createEscposDriver } from '../hardware/printer/escpos/driver.ts';
import { type EscposProfileName, escposProfiles } from '../hardware/printer/escpos/profile.ts';
import type {
  BootedTerminal,
  BootParts,
  SimulatedMachine,
  StaffKeys,
  TerminalUnderTest,
} from '../simulator/terminal-under-test.ts';
import { inProcessExchange } from '../simulator/wallet/in-process.ts';
import type { Clock, Desk, IdSource, LedgerInspector, PinKeeper, Random } from '../terminal/ports.ts';
import type { Build } from '../terminal/runtime/build.ts';
import { runClosedTerminal } from '../terminal/runtime/closed-terminal.ts';
import { runTerminal } from '../terminal/runtime/terminal.ts';
import { decodeSettings, type Settings } from '../terminal/settings.ts';
import { pinBehindDuress, type StaffId } from '../terminal/staff/staff.ts';
import type { WalletTransport } from '../terminal/wallet/transport.ts';
import { closureOf } from './closure.ts';
import { makeDeviceKey } from './device-key.ts';
import { backendKeys } from './http-signature.ts';
import { settleNotes } from './simulated-desk.ts';
import { mortalLife } from './simulated-life.ts';
import { enrolStaff, secondAdministrator, simulatedPin, staffIdOfRole } from './simulated-staff.ts';
import { walletHttp } from './wallet-http.ts';
import { loadWords } from './words.ts';

/*
 * Hands a composed terminal to a simulated world: production core, drivers, codecs, ledger and signing, on memory lines,
 * an in-process backend and whatever clock the world has. What the machine itself keeps through a power cut is the
 * `machine`; everything else is made anew by `boot`.
 */

export const simulatedNumber = '10027344';

/** What vouches for the first person of a simulated terminal. */
export const simulatedEnrolmentCode = '20260101';

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

/** The production terminal, for a simulated world to start. */
export async function productionTerminal(): Promise<TerminalUnderTest> {
  return {
    number: simulatedNumber,
    words: await loadWords(),
    newMachine,
    settings: worldSettings,
    ledger: (machine) => {
      const place = ledgerPlace(machine);
      return { ...place, databasePath: ledgerFile(place.folder) };
    },
    diskError: (message) => new StorageError('io', message),
    settleNotes: (machine, judge, wallMs) =>
      settleNotes(ledgerPlace(machine), ed25519Sealer(machine.sealKey), judge, wallMs),
    enrolStaff: (machine, wallMs) => {
      enrolStaff(ledgerPlace(machine), ed25519Sealer(machine.sealKey), wallMs);
      const keysOf = (staffId: StaffId): StaffKeys => ({ staffId, pin: simulatedPin });
      return {
        collector: keysOf(staffIdOfRole('collector')),
        administrators: [keysOf(staffIdOfRole('administrator')), keysOf(secondAdministrator)],
      };
    },
    boot: bootTerminal,
  };
}

/**
 * Starts a terminal process in the simulated world, as the production root does: a ledger that may not be used gives a
 * closed terminal. Rejects when another process has the ledger.
 */
export async function bootTerminal(parts: BootParts): Promise<BootedTerminal> {
  const { machine, settings, clock, random } = parts;
  const life = mortalLife(clock);
  const ids = simulatedIds(clock, random);
  const acceptorLink = life.link(parts.acceptorLink);
  const common = {
    ...parts,
    ...life.hooks(parts),
    clock: life.clock,
    ids,
    build: simulatedBuild,
    wallet: walletOf(parts, life.clock, ids),
  };
  let ledger: Ledger | undefined;
  const kill = (): void => {
    life.end();
    ledger?.abandon();
  };
  parts.onAlive?.(kill);
  const acceptor = acceptorProtocol(settings.acceptor.protocol).createDriver({
    link: acceptorLink,
    clock: life.clock,
    ids,
  });
  try {
    ledger = openLedger(ledgerPlace(machine), {
      sealer: ed25519Sealer(machine.sealKey),
      randomBytes: (count) => Uint8Array.from({ length: count }, () => random.nextInt(256)),
    });
    const store = inProcessStore(ledger);
    const printer = createEscposDriver({
      link: life.link(parts.printerLink),
      clock: life.clock,
      profile: escposProfiles[settings.printer.profile as EscposProfileName],
    });
    const mortalStore = life.store(parts.wrapStore?.(store) ?? store);
    const running = {
      ...common,
      acceptor,
      printer,
      store: mortalStore,
      inspector: inspectorOf(parts),
      pins: swiftPinKeeper,
      desk: inProcessDesk(machine),
    };
    return { terminal: await runTerminal(running), kill };
  } catch (error) {
    ledger?.abandon();
    const closure = closureOf(error);
    if (closure !== undefined) return { terminal: runClosedTerminal({ ...common, acceptor }, closure), kill };
    kill();
    throw error;
  }
}

function inspectorOf({ machine, wrapInspector }: BootParts): LedgerInspector {
  const inspector = inProcessInspector(machine);
  return wrapInspector?.(inspector) ?? inspector;
}

/** The same answers as in the field, in the caller's own thread. */
function inProcessDesk(machine: SimulatedMachine): Desk {
  return {
    read: async (query) => {
      const database = openReader(ledgerPlace(machine).folder);
      try {
        return readDesk(database, query);
      } finally {
        database.close();
      }
    },
  };
}

/** Hashing is slow on purpose and waits outside virtual time: here a PIN stands for itself. */
const swiftPinKeeper: PinKeeper = {
  check: async (pin, verifier) => {
    if (verifier === `plain ${pin}`) return 'fits';
    return verifier === `plain ${pinBehindDuress(pin)}` ? 'duress' : 'differs';
  },
  make: async (pin) => `plain ${pin}`,
  checkEnrolment: async (code) => code === simulatedEnrolmentCode,
  endEnrolment: async () => undefined,
};

/** The same walk as in the field, in the caller's own thread. */
function inProcessInspector(machine: SimulatedMachine): LedgerInspector {
  const { folder, anchorPath } = ledgerPlace(machine);
  return {
    freeBytes: () => diskSpace(folder).freeBytes,
    totalBytes: () => diskSpace(folder).totalBytes,
    fullCheck: async () => {
      const database = openReader(folder);
      try {
        fullCheck(database, anchorPath, ed25519Sealer(machine.sealKey));
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      } finally {
        database.close();
      }
    },
  };
}

function walletOf(parts: BootParts, clock: Clock, ids: IdSource): WalletTransport {
  const { settings, backend, machine, network } = parts;
  return walletHttp({
    baseUrl: settings.backend.url,
    backendKeys: backendKeys([backend.serverPublicKey()]),
    signingKey: () => machine.deviceKey,
    exchange: inProcessExchange(backend, clock, network),
    clock,
    nonce: () => ids.uuidV7(),
  });
}

function simulatedIds(clock: Clock, random: Random): IdSource {
  return {
    uuidV7: () =>
      v7({ msecs: clock.wallMs(), random: Uint8Array.from({ length: 16 }, () => random.nextInt(256)) }),
  };
}
