import { join } from 'node:path';
import { createCcnetDriver } from '../../hardware/banknote/ccnet/driver.ts';
import type { Link } from '../../hardware/link/link.ts';
import { memoryLine } from '../../hardware/link/memory.ts';
import { createEscposDriver } from '../../hardware/printer/escpos/driver.ts';
import { escposProfiles } from '../../hardware/printer/escpos/profile.ts';
import { build } from '../../host/build.ts';
import { systemIds, systemRandom } from '../../host/compose.ts';
import { deskReader } from '../../host/desk-reader.ts';
import { openDeviceKeys } from '../../host/device-key.ts';
import { enrolmentPath } from '../../host/enrolment-file.ts';
import { nodeHttpExchange } from '../../host/http-exchange.ts';
import { backendKeys } from '../../host/http-signature.ts';
import { ledgerInspector } from '../../host/ledger-inspector.ts';
import { pinKeeper } from '../../host/pin-keeper.ts';
import { openSealKey } from '../../host/seal-key.ts';
import { openStore } from '../../host/store.ts';
import { walletHttp } from '../../host/wallet-http.ts';
import { loadWords } from '../../host/words.ts';
import type { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import type { AcceptorTimings } from '../../simulator/devices/acceptor/timings.ts';
import { CcnetAcceptor } from '../../simulator/devices/ccnet/acceptor.ts';
import { EscPosPrinter } from '../../simulator/devices/printer/escpos-printer.ts';
import { printerModels } from '../../simulator/devices/printer/models.ts';
import type { ScreenView } from '../../terminal/contract/messages.ts';
import type { Clock } from '../../terminal/ports.ts';
import { type RunningTerminal, runTerminal } from '../../terminal/runtime/terminal.ts';
import { decodeSettings, type Settings } from '../../terminal/settings.ts';
import type { Store } from '../../terminal/store.ts';
import { type WalletTransport, walletLimits } from '../../terminal/wallet/transport.ts';

/*
 * A terminal as production composes it (ledger in a worker on a real disk, real drivers, real HTTP), with simulated
 * devices on lines in memory.
 */

export interface StageParts {
  /** As they stand in a settings file; the lines to the devices are not used. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  readonly timings: AcceptorTimings;
  readonly cassette?: Cassette;
  readonly onView: (view: ScreenView) => void;
  /** What stands between a part and its measurement. */
  readonly wrapAcceptorLink?: (link: Link) => Link;
  readonly wrapStore?: (store: Store) => Store;
  readonly wrapWallet?: (wallet: WalletTransport) => WalletTransport;
}

export interface Stage {
  readonly terminal: RunningTerminal;
  readonly store: Store;
  readonly mechanics: AcceptorMechanics;
  readonly printer: EscPosPrinter;
}

export async function setStage(parts: StageParts): Promise<Stage> {
  const { clock, onView } = parts;
  const settings = settingsOf(parts);
  const { storage } = settings;
  const ledger = {
    place: { folder: storage.databaseFolder, anchorPath: storage.anchorFile },
    sealKey: openSealKey(storage.sealKeyFile),
  };
  const openedStore = await openStore(ledger);
  const store = parts.wrapStore?.(openedStore) ?? openedStore;
  const wallet = walletOf(settings, clock);
  const mechanics = new AcceptorMechanics(clock, parts.timings, parts.cassette);
  const acceptorLink = memoryLine(new CcnetAcceptor(clock, mechanics), clock).link;
  const printer = new EscPosPrinter({ model: printerModels['epson-tm-t88vi'], clock, flow: 'wire' });
  mechanics.powerOn();
  const terminal = await runTerminal({
    settings,
    store,
    clock,
    onView,
    build,
    wallet: parts.wrapWallet?.(wallet) ?? wallet,
    inspector: ledgerInspector(ledger),
    desk: deskReader(ledger, clock),
    pins: pinKeeper(enrolmentPath(settings.storage)),
    words: await loadWords(),
    random: systemRandom,
    ids: systemIds,
    log: () => undefined,
    onFatal: (reason) => {
      throw reason;
    },
    acceptor: createCcnetDriver({
      link: parts.wrapAcceptorLink?.(acceptorLink) ?? acceptorLink,
      clock,
      ids: systemIds,
    }),
    printer: createEscposDriver({
      link: memoryLine(printer, clock).link,
      clock,
      profile: escposProfiles['epson-tm-t88vi'],
    }),
  });
  return { terminal, store, mechanics, printer };
}

function settingsOf({ settings }: StageParts): Settings {
  const decoded = decodeSettings(settings);
  if (decoded.kind === 'faulty') throw new Error(`bench settings: ${JSON.stringify(decoded.faults)}`);
  return decoded.settings;
}

function walletOf(settings: Settings, clock: Clock): WalletTransport {
  const deviceKeys = openDeviceKeys(join(settings.storage.deviceKeyFile));
  return walletHttp({
    baseUrl: settings.backend.url,
    backendKeys: backendKeys(settings.backend.publicKeys),
    signingKey: () => deviceKeys.current(),
    exchange: nodeHttpExchange({ bodyBytesMax: walletLimits.answerBytesMax }),
    clock,
  });
}
