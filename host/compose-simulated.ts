import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startWalletServer, type WalletServer } from '../simulator/wallet-server.ts';
import type { AcceptorProtocol } from '../terminal/devices.ts';
import type { Clock } from '../terminal/ports.ts';
import { decodeSettings, type LineSettings, type Settings } from '../terminal/settings.ts';
import { openDeviceKeys } from './device-key.ts';
import { systemClock } from './system-clock.ts';

/* The second composition root: a terminal on simulated devices with a wallet backend of its own. */

export interface SimulatedPlace {
  /** Where everything of this simulated terminal lives. */
  readonly folder: string;
  /** CCNET unless said otherwise. */
  readonly acceptorProtocol?: AcceptorProtocol;
  readonly acceptorLine: LineSettings;
  readonly printer: Settings['printer'];
}

export const simulatedTerminalNumber = '10027344';

/** An embedded backend that knows the simulated terminal's key. */
export async function startSimulatedBackend(
  folder: string,
  clock: Clock = systemClock,
): Promise<WalletServer> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const backend = await startWalletServer({
    clock,
    databasePath: join(folder, 'backend.sqlite'),
  });
  const keys = openDeviceKeys(join(folder, 'device-key.json'));
  backend.enrol(simulatedTerminalNumber, keys.current().publicKey);
  return backend;
}

/** The settings as they stand in a file; `backend` by the address at which the terminal reaches it. */
export function simulatedSettingsFile(
  place: SimulatedPlace,
  backend: Pick<WalletServer, 'url' | 'serverPublicKey'>,
): Readonly<Record<string, unknown>> {
  const { folder } = place;
  return {
    simulated: true,
    terminal: {
      number: simulatedTerminalNumber,
      address: 'Алматы, Абай даңғылы, 10',
      operatorName: 'Qyzyl Terminal ЖШС',
      operatorBin: '180440000002',
      supportPhone: '8 800 080 00 27',
    },
    acceptor: { protocol: place.acceptorProtocol ?? 'ccnet', line: place.acceptorLine },
    printer: place.printer,
    backend: { url: backend.url, publicKeys: [backend.serverPublicKey()] },
    storage: {
      databaseFolder: join(folder, 'ledger'),
      anchorFile: join(folder, 'anchor', 'anchor'),
      deviceKeyFile: join(folder, 'device-key.json'),
      sealKeyFile: join(folder, 'seal-key.pem'),
    },
  };
}

export function simulatedSettings(place: SimulatedPlace, backend: WalletServer): Settings {
  const decoded = decodeSettings(simulatedSettingsFile(place, backend));
  if (decoded.kind === 'faulty') throw new Error(`simulated settings: ${JSON.stringify(decoded.faults)}`);
  return decoded.settings;
}
