import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { clockEnvironment, type Surroundings, startSurroundings } from '../surroundings.ts';
import { HostProcess } from './host-process.ts';
import { Papers } from './papers.ts';

/** One terminal with all that outlives its processes: disk, devices in processes of their own, backend, clock. */
export interface Machine {
  readonly folder: string;
  readonly surroundings: Surroundings;
  readonly papers: Papers;
  startHost(): HostProcess;
  end(): Promise<void>;
}

export async function setUpMachine(folder: string): Promise<Machine> {
  mkdirSync(folder, { recursive: true });
  const surroundings = await startSurroundings(folder, 'ccnet', ['--fast']);
  return {
    folder,
    surroundings,
    papers: new Papers(surroundings.acceptor),
    startHost: () =>
      new HostProcess({
        settingsPath: surroundings.settingsPath,
        environment: clockEnvironment(surroundings.clock),
        logPath: join(folder, 'host.log'),
      }),
    end: () => surroundings.end(),
  };
}
