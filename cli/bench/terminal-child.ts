import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulatedSettingsFile } from '../../host/compose-simulated.ts';
import { terminalEnvironment, terminalNodeOptions } from '../../host/process-options.ts';
import { systemClock } from '../../host/system-clock.ts';
import { acceptorUnit, escposUnit } from '../../simulator/simulated-protocols.ts';
import { serveTcp } from '../../simulator/tcp.ts';
import type { WalletServer } from '../../simulator/wallet-server.ts';
import { decodeDown } from '../../terminal/contract/decode.ts';
import type { Screen } from '../../terminal/contract/messages.ts';
import type { LineSettings } from '../../terminal/settings.ts';

/** Devices on TCP ports of this process, switched on before any terminal starts and left on after it ends. */
export interface Devices {
  readonly acceptorLine: LineSettings;
  readonly printerLine: LineSettings;
  close(): Promise<void>;
}

export async function switchOnDevices(): Promise<Devices> {
  const options = { clock: systemClock, isFast: true };
  const units = [
    acceptorUnit('ccnet', options),
    escposUnit({ ...options, printerModel: 'epson-tm-t88vi' }),
  ] as const;
  const [acceptor, printer] = await Promise.all([serveTcp(units[0].device), serveTcp(units[1].device)]);
  for (const unit of units) unit.start();
  return {
    acceptorLine: lineTo(acceptor.path),
    printerLine: lineTo(printer.path),
    close: async () => {
      await Promise.all([acceptor.close(), printer.close()]);
    },
  };
}

function lineTo(path: string): LineSettings {
  const { hostname, port } = new URL(`tcp://${path}`);
  return { kind: 'tcp', host: hostname, port: Number(port) };
}

/** The production process without a screen, as its supervisor starts it. */
export interface TerminalChild {
  /** Resolves with the time since the process was forked, once it shows that screen. */
  readonly shows: (kind: Screen['kind']) => Promise<number>;
  /** Asks it to end, and waits. */
  stop(): Promise<void>;
}

export function startTerminal(folder: string, backend: WalletServer, devices: Devices): TerminalChild {
  const settingsPath = join(folder, 'settings.json');
  const { acceptorLine, printerLine } = devices;
  const place = { folder, acceptorLine, printer: { profile: 'epson-tm-t88vi', line: printerLine } };
  writeFileSync(settingsPath, JSON.stringify(simulatedSettingsFile(place, backend)));
  const startedMs = performance.now();
  const child = fork(
    fileURLToPath(new URL('../../host/headless.ts', import.meta.url)),
    [...['--settings', settingsPath]],
    {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [...terminalNodeOptions],
      env: { ...process.env, ...terminalEnvironment },
    },
  );
  return {
    shows: (kind) => showsScreen(child, kind, startedMs),
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await gone;
      if (code !== 0) throw new Error(`the terminal ended with exit code ${code}`);
    },
  };
}

function showsScreen(child: ChildProcess, kind: Screen['kind'], startedMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onMessage = (text: unknown): void => {
      const decoded = decodeDown(String(text));
      if (decoded.kind === 'refused' || decoded.message.view.screen.kind !== kind) return;
      child.off('message', onMessage);
      resolve(performance.now() - startedMs);
    };
    child.on('message', onMessage);
    child.once('exit', (code) => reject(new Error(`the terminal ended at once, exit code ${code}`)));
  });
}
