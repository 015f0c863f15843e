import { startSimulatedBackend } from '../../host/compose-simulated.ts';
import { systemClock } from '../../host/system-clock.ts';
import { fastTimings } from '../../simulator/devices/acceptor/timings.ts';
import type { Fact } from '../../terminal/facts.ts';
import { ScriptedCustomer } from '../demo-visit.ts';
import { withFolder } from './folders.ts';
import { ccnetCode, witnessLine } from './line-witness.ts';
import type { Measurement, Row } from './report.ts';
import { type Stage, setStage } from './stage.ts';
import { stageSettings } from './stage-settings.ts';
import { spread } from './statistics.ts';

const periodMs = 200;
const watchS = 20;
const factsAtOnce = 2_000;

export const pollLoop: Measurement = {
  name: 'poll-loop',
  title: 'CCNET polling: how evenly it goes while the ledger works',
  how:
    `The same terminal at rest, polling every ${periodMs} ms: ${watchS} s left alone, then ${watchS} s in which its ledger ` +
    `worker writes ${factsAtOnce} facts in a row without a pause. A bare timer of the same period runs beside it.`,
  run: () => withFolder(watchPolls),
};

async function watchPolls(folder: string): Promise<readonly Row[]> {
  const polls: number[] = [];
  const customer = new ScriptedCustomer();
  const backend = await startSimulatedBackend(folder);
  const stage = await setStage({
    settings: stageSettings(folder, backend),
    clock: systemClock,
    timings: fastTimings,
    onView: customer.see,
    wrapAcceptorLink: (link) =>
      witnessLine(link, ({ to, payload, atMs }) => {
        if (to === 'device' && payload[0] === ccnetCode.poll) polls.push(atMs);
      }),
  });
  customer.stepUpTo(stage.terminal);
  try {
    await customer.until('attract', 60_000);
    const quiet = await watch(polls, () => Promise.resolve());
    const busy = await watch(polls, () => keepWriting(stage));
    return [...rows('at rest', quiet), ...rows('ledger busy', busy)];
  } finally {
    await stage.terminal.stop();
    await backend.close();
  }
}

interface Lateness {
  readonly pollMs: readonly number[];
  readonly timerMs: readonly number[];
}

async function watch(polls: number[], meanwhile: () => Promise<void>): Promise<Lateness> {
  const timerTicks: number[] = [];
  const timer = setInterval(() => timerTicks.push(performance.now()), periodMs);
  polls.length = 0;
  const untilMs = performance.now() + watchS * 1_000;
  while (performance.now() < untilMs) {
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  clearInterval(timer);
  return { pollMs: lateness(polls), timerMs: lateness(timerTicks) };
}

/** How far each step is from the period, either way. */
function lateness(momentsMs: readonly number[]): readonly number[] {
  return momentsMs.slice(1).map((atMs, index) => Math.abs(atMs - (momentsMs[index] ?? 0) - periodMs));
}

async function keepWriting({ store }: Stage): Promise<void> {
  const fact: Fact = { kind: 'acceptor-seen', model: 'bench', serialNumber: '0', firmware: undefined };
  await store.commit(
    Array.from({ length: factsAtOnce }, () => fact),
    Date.now(),
  );
}

function rows(when: string, { pollMs, timerMs }: Lateness): readonly Row[] {
  return [
    { what: `bare timer of ${periodMs} ms, ${when}, off by`, bar: '', measured: spread(timerMs) },
    { what: `CCNET poll every ${periodMs} ms, ${when}, off by`, bar: '', measured: spread(pollMs) },
  ];
}
