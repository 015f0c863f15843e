import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../simulator/random.ts';
import { type CycleReport, Tormentor, Violation } from './cycle.ts';
import { setUpMachine } from './machine.ts';
import { drawCycle } from './plan.ts';

/** After so many kills a terminal comes to rest, its books are closed, and a new one takes its place. */
const cyclesPerMachine = 100;

export interface TortureOptions {
  readonly seed: number;
  readonly cycles: number;
  /** Terminals that are tormented side by side. */
  readonly lanes: number;
  /** Where the terminals' folders are made. */
  readonly root: string;
  readonly onCycle?: (done: number) => void;
}

export interface TortureReport {
  readonly cycles: readonly CycleReport[];
  /** Notes that fell into a cassette. */
  readonly notes: number;
  readonly creditedMinor: number;
  /** What did not hold, and the folder that shows it. */
  readonly violation: { readonly what: string; readonly folder: string; readonly cycle: number } | undefined;
}

/** Torments terminals until there were so many kills, or something did not hold: then everything stops. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const cycles: CycleReport[] = [];
  let [started, notes, creditedMinor] = [0, 0, 0];
  let violation: TortureReport['violation'];
  mkdirSync(options.root, { recursive: true });

  const oneMachine = async (): Promise<void> => {
    const folder = mkdtempSync(join(options.root, 'terminal-'));
    const machine = await setUpMachine(folder);
    const tormentor = new Tormentor(machine);
    let cycle = started;
    try {
      for (let lived = 0; lived < cyclesPerMachine && started < options.cycles; lived += 1) {
        cycle = started;
        started += 1;
        // Each cycle has its own stream of chance: it does not hang on which lane plays it.
        const report = await tormentor.cycle(drawCycle(seededRandom(options.seed * 1_000_003 + cycle)));
        cycles.push(report);
        options.onCycle?.(cycles.length);
        if (violation !== undefined) return;
      }
      await tormentor.atRest();
      notes += machine.papers.boxedMinor.length;
      creditedMinor += creditedBy(machine.surroundings.backend.ledger);
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      violation ??= { what: error.message, folder, cycle };
    } finally {
      await machine.end();
      if (violation?.folder !== folder) rmSync(folder, { recursive: true, force: true });
    }
  };
  const lane = async (): Promise<void> => {
    while (started < options.cycles && violation === undefined) await oneMachine();
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
  return { cycles, notes, creditedMinor, violation };
}

function creditedBy(ledger: {
  operations(): readonly { readonly operationId: string }[];
  creditedMinor(operationId: string): number;
}): number {
  return ledger.operations().reduce((sum, { operationId }) => sum + ledger.creditedMinor(operationId), 0);
}
