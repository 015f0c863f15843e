import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import { acceptorProtocol } from '../hardware/banknote/protocols.ts';
import { createEscposDriver } from '../hardware/printer/escpos/driver.ts';
import { escposProfileFor } from '../hardware/printer/escpos/profile.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import type { AcceptorDriver, PrinterDriver } from '../terminal/devices.ts';
import type { Log } from '../terminal/log.ts';
import type { Clock, IdSource, Random } from '../terminal/ports.ts';
import type { Build } from '../terminal/runtime/build.ts';
import { runClosedTerminal } from '../terminal/runtime/closed-terminal.ts';
import { type RunningTerminal, runTerminal } from '../terminal/runtime/terminal.ts';
import type { Settings } from '../terminal/settings.ts';
import { walletLimits } from '../terminal/wallet/transport.ts';
import { build } from './build.ts';
import { closureOf } from './closure.ts';
import { deskReader } from './desk-reader.ts';
import { openDeviceKeys } from './device-key.ts';
import { bytesPerSecond, lineOf, printerSerial } from './device-lines.ts';
import { enrolmentPath } from './enrolment-file.ts';
import { nodeHttpExchange } from './http-exchange.ts';
import { backendKeys } from './http-signature.ts';
import { ledgerInspector } from './ledger-inspector.ts';
import { pinKeeper } from './pin-keeper.ts';
import { openSealKey } from './seal-key.ts';
import { openStore } from './store.ts';
import { systemClock } from './system-clock.ts';
import { walletHttp } from './wallet-http.ts';
import { loadWords } from './words.ts';

/* Picks the real parts of a terminal and puts them together. */

export interface TerminalHooks {
  readonly log: Log;
  readonly onView: (view: ScreenView) => void;
  readonly onFatal: (reason: unknown) => void;
}

export const systemRandom: Random = { nextInt: (below) => randomInt(below) };
export const systemIds: IdSource = { uuidV7: () => v7() };

/**
 * Starts a terminal on the devices, the ledger and the backend that the settings name. One whose ledger may not be used
 * runs all the same: closed, with its acceptor disabled.
 */
export async function composeTerminal(settings: Settings, hooks: TerminalHooks): Promise<RunningTerminal> {
  const { storage, backend } = settings;
  const clock: Clock = systemClock;
  const deviceKeys = openDeviceKeys(storage.deviceKeyFile);
  const place = { folder: storage.databaseFolder, anchorPath: storage.anchorFile };
  const exchange = nodeHttpExchange({ bodyBytesMax: walletLimits.answerBytesMax });
  const wallet = walletHttp({
    baseUrl: backend.url,
    backendKeys: backendKeys(backend.publicKeys),
    signingKey: () => deviceKeys.current(),
    exchange,
    clock,
  });
  const common = { settings, wallet, clock, ids: systemIds, build: build satisfies Build, ...hooks };
  const words = await loadWords();
  try {
    const ledger = { place, sealKey: openSealKey(storage.sealKeyFile) };
    const store = await openStore(ledger);
    return await runTerminal({
      ...common,
      store,
      inspector: ledgerInspector(ledger),
      desk: deskReader(ledger, clock),
      pins: pinKeeper(enrolmentPath(storage)),
      words,
      acceptor: acceptorOf(settings, clock),
      printer: printerOf(settings, clock),
      random: systemRandom,
    }).catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
  } catch (error) {
    const closure = closureOf(error);
    if (closure === undefined) throw error;
    return runClosedTerminal({ ...common, acceptor: acceptorOf(settings, clock) }, closure);
  }
}

function acceptorOf(settings: Settings, clock: Clock): AcceptorDriver {
  const { serial, createDriver } = acceptorProtocol(settings.acceptor.protocol);
  return createDriver({ link: lineOf(settings.acceptor.line, serial, clock), clock, ids: systemIds });
}

function printerOf(settings: Settings, clock: Clock): PrinterDriver {
  const { profile, line, slipHeldSeconds } = settings.printer;
  return createEscposDriver({
    link: lineOf(line, printerSerial, clock),
    clock,
    profile: escposProfileFor(profile, slipHeldSeconds),
    lineBytesPerSecond: bytesPerSecond(line),
  });
}
