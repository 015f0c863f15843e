import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulatedSettingsFile, startSimulatedBackend } from '../host/compose-simulated.ts';
import { systemClock } from '../host/system-clock.ts';
import { layNetworkCable, type NetworkCable } from '../simulator/dock/network-cable.ts';
import { openWorldClock, type WorldClock } from '../simulator/dock/world-clock.ts';
import type { WalletServer } from '../simulator/wallet-server.ts';
import type { AcceptorProtocol } from '../terminal/devices.ts';
import { type DeviceProcess, startDevice } from './simulated-device.ts';

const clockFile = 'clock-ahead-ms';

/** All that a simulated terminal needs around it: devices, a backend and the wire to it, a clock, settings. */
export interface Surroundings {
  readonly folder: string;
  readonly settingsPath: string;
  readonly acceptorProtocol: AcceptorProtocol;
  readonly acceptor: DeviceProcess;
  readonly printer: DeviceProcess;
  readonly backend: WalletServer;
  readonly network: NetworkCable;
  readonly clock: WorldClock;
  end(): Promise<void>;
}

/** Only what a simulated terminal has left there: somebody may have named a folder that holds more. */
export function clearSurroundings(folder: string): void {
  const left = [
    'ledger',
    'anchor',
    'slips',
    'pages',
    'settings.json',
    'device-key.json',
    'seal-key.pem',
    clockFile,
  ];
  const database = ['', '-wal', '-shm'].map((suffix) => `backend.sqlite${suffix}`);
  for (const name of [...left, ...database]) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Everything of it lives in `folder`, so that a second start finds what the first one left. */
export async function startSurroundings(
  folder: string,
  acceptorProtocol: AcceptorProtocol,
  deviceOptions: readonly string[],
): Promise<Surroundings> {
  mkdirSync(folder, { recursive: true });
  const clock = openWorldClock(systemClock, join(folder, clockFile));
  const [acceptor, printer, backend] = await Promise.all([
    startDevice(acceptorProtocol, deviceOptions),
    startDevice('escpos', deviceOptions),
    startSimulatedBackend(folder, clock),
  ]);
  const network = await layNetworkCable(backend.url);
  const settingsPath = join(folder, 'settings.json');
  const place = {
    folder,
    acceptorProtocol,
    acceptorLine: { kind: 'serial', path: acceptor.path },
    printer: { profile: 'epson-tm-t88vi', line: { kind: 'serial', path: printer.path } },
  } as const;
  const reached = { url: network.url, serverPublicKey: backend.serverPublicKey };
  writeFileSync(settingsPath, JSON.stringify(simulatedSettingsFile(place, reached), null, 2));
  return {
    folder,
    settingsPath,
    acceptorProtocol,
    acceptor,
    printer,
    backend,
    network,
    clock,
    end: async () => {
      await Promise.all([acceptor.quit(), printer.quit(), network.unplug()]);
      await backend.close();
    },
  };
}

/** What a terminal's process must be started with for its wall clock to agree with the world's. */
export function clockEnvironment(clock: WorldClock): Readonly<Record<string, string>> {
  if (clock.aheadMs() === 0) return {};
  const preload = new URL('../simulator/dock/date-ahead.ts', import.meta.url).href;
  const nodeOptions = [process.env['NODE_OPTIONS'], `--import=${preload}`].filter(Boolean).join(' ');
  return { NODE_OPTIONS: nodeOptions, QYZYL_CLOCK_AHEAD_MS: String(clock.aheadMs()) };
}
