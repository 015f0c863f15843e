import { fileURLToPath } from 'node:url';
import { productionTerminal } from '../host/simulate.ts';
import type { PassedPoint, PointKind } from '../simulator/sweep/points.ts';
import { pairsOf, planSweep, type Replay, replay } from '../simulator/sweep/sweep.ts';
import { readOptions } from './options.ts';
import { answerLines, shareOut } from './share-out.ts';

/*
 * Ends the process of a whole visit at every moment that makes a difference, one after the other, and lets the auditor
 * look at what the next process makes of it.
 */

const usage = `Usage:
  npm run sweep                                       every crash, and every pair of them
  npm run sweep -- --single                           every crash alone
  npm run sweep -- --point write:17:after:power       that one again; a pair is joined with +`;

const { values: given } = readOptions(usage, {
  options: {
    single: { type: 'boolean', default: false },
    point: { type: 'string' },
    /** For the processes of a sweep: answers each point that it is told with one line of JSON. */
    worker: { type: 'boolean', default: false },
  },
});

async function playOne(name: string): Promise<number> {
  const { breaches } = await replay(await productionTerminal(), name);
  for (const { rule, what } of breaches) console.log(`${rule}: ${what}`);
  console.log(`${name}: ${breaches.length} violations`);
  return breaches.length === 0 ? 0 : 1;
}

async function playAll(): Promise<number> {
  const startedMs = performance.now();
  const { passed, singles, paired } = await planSweep(await productionTerminal());
  const powerUps = new Map<string, number>();
  const pairs: string[] = [];
  let played = 0;
  let failed = 0;
  const take = (answer: string): Replay => {
    const found = JSON.parse(answer) as Replay;
    played += 1;
    for (const powerUp of found.powerUps) powerUps.set(powerUp, (powerUps.get(powerUp) ?? 0) + 1);
    for (const { rule, what } of found.breaches) console.log(`${found.name}: ${rule}: ${what}`);
    if (found.breaches.length > 0) {
      failed += 1;
      console.log(`  npm run sweep -- --point ${found.name}`);
    }
    return found;
  };
  const script = fileURLToPath(import.meta.url);
  await shareOut(script, ['--worker'], singles, (answer) => {
    const found = take(answer);
    if (!given.single && paired.has(found.name)) pairs.push(...pairsOf(found));
  });
  await shareOut(script, ['--worker'], pairs, take);
  if (played !== singles.length + pairs.length) throw new Error(`only ${played} crashes were played`);
  console.log(`points: ${countsOf(passed)}`);
  console.log(`crashes ${singles.length}; double ${pairs.length}; ${failed} violations`);
  const states = ['none', 'in validator', 'in stacker'].map(
    (state) => `${state} ${powerUps.get(state) ?? 0}`,
  );
  console.log(`where the note was when the acceptor came up again: ${states.join(', ')}`);
  console.log(`${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  return failed === 0 ? 0 : 1;
}

function countsOf(passed: readonly PassedPoint[]): string {
  const count = (kind: PointKind): number => passed.filter((point) => point.kind === kind).length;
  const commands = `${count('acceptor')} acceptor commands, ${count('printer')} printer commands`;
  return `${count('write')} writes, ${commands}, ${count('request')} requests`;
}

if (given.worker) {
  const terminal = await productionTerminal();
  await answerLines(async (name) => JSON.stringify(await replay(terminal, name)));
} else if (given.point !== undefined) {
  try {
    process.exitCode = await playOne(given.point);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  }
} else {
  process.exitCode = await playAll();
}
