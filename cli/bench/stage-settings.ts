import { simulatedSettingsFile } from '../../host/compose-simulated.ts';
import type { WalletServer } from '../../simulator/wallet-server.ts';

/** Settings for a stage whose devices hang on lines in memory. */
export function stageSettings(folder: string, backend: WalletServer): Readonly<Record<string, unknown>> {
  const place = {
    folder,
    acceptorLine: { kind: 'tcp', host: 'memory', port: 1 },
    printer: { profile: 'epson-tm-t88vi', line: { kind: 'tcp', host: 'memory', port: 2 } },
  } as const;
  return simulatedSettingsFile(place, backend);
}
