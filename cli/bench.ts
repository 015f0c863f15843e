import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { codecs } from './bench/codecs.ts';
import { firstScreen } from './bench/first-screen.ts';
import { glass } from './bench/glass.ts';
import { memory } from './bench/memory.ts';
import { noteCommit } from './bench/note-commit.ts';
import { notePath } from './bench/note-path.ts';
import { outbox } from './bench/outbox.ts';
import { plugs } from './bench/plugs.ts';
import { pollLoop } from './bench/poll-loop.ts';
import {
  describeCourse,
  describeMachine,
  describeOutcomes,
  type Measurement,
  measure,
  type Outcome,
} from './bench/report.ts';
import { simulatorSpeed } from './bench/simulator-speed.ts';
import { startUp } from './bench/start-up.ts';
import { readOptions } from './options.ts';

/*
 * Measures the terminal against the bars of its design, each beside what it is compared with in the same run. Every
 * measurement has a process of its own, so that none inherits another's memory or warm code.
 */

const measurements: readonly Measurement[] = [
  noteCommit,
  notePath,
  startUp,
  outbox,
  memory,
  simulatorSpeed,
  glass,
  firstScreen,
  plugs,
  pollLoop,
  codecs,
];

const usage = `Usage:
  npm run bench -- [--only <measurement>] [--visits <count>] [--json]`;

const { values: options } = readOptions(usage, {
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    /** The design asks for 100 000; that takes an hour or more. */
    visits: { type: 'string', default: '10000' },
  },
});

async function inOwnProcess({ name }: Measurement): Promise<Outcome> {
  const script = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [script, '--only', name, '--json', '--visits', options.visits], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { outcomes } = JSON.parse(await text(child.stdout)) as { outcomes: [Outcome] };
  return outcomes[0];
}

const machine = describeMachine();
const chosen = measurements.filter(({ name }) => options.only === undefined || options.only === name);
if (chosen.length === 0) {
  console.error(`--only takes one of: ${measurements.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
if (!options.json) console.log(`${machine}\n`);
const outcomes: Outcome[] = [];
for (const measurement of chosen) {
  const outcome =
    options.only === undefined
      ? await inOwnProcess(measurement)
      : await measure(measurement, { visits: Number(options.visits) });
  outcomes.push(outcome);
  if (!options.json) console.log(describeCourse(outcome));
}
if (options.json) console.log(JSON.stringify({ machine, outcomes }));
else console.log(`\n${describeOutcomes(outcomes)}`);
