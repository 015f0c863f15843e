import { describe, expect, it } from 'vitest';
import { Cassette } from '../../simulator/devices/acceptor/cassette.ts';
import { tengeNote } from '../../simulator/devices/acceptor/notes.ts';
import { type LineFault, lineFaults } from '../../simulator/faulty-line.ts';
import { seededRandom } from '../../simulator/random.ts';
import type { Random } from '../../terminal/ports.ts';
import { acceptorCases } from './acceptor-cases.ts';
import { pick } from './pick.ts';
import { TerminalBench } from './terminal-bench.ts';

/*
 * Everything at once, drawn from a seed: a bad cable, power cuts, jams, hands, a slow host. Then the faults stop, and
 * the books are compared with the box.
 */

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

/** Each fault is off altogether in half of the runs: some things happen only where others do not. */
function drawRates(random: Random): Partial<Record<LineFault, number>> {
  const on = lineFaults.filter(() => random.nextInt(2) === 0);
  return Object.fromEntries(on.map((fault) => [fault, random.nextInt(40)]));
}

type Hand = (bench: TerminalBench, random: Random) => void;

const insertAny: Hand = (bench, random) => {
  bench.insert(tengeNote(pick(random, [200, 500, 1_000, 5_000, 20_000])));
};
const take: Hand = ({ mechanics }) => void mechanics.take();
const repair: Hand = ({ mechanics, driver }, random) => {
  mechanics.clearJam(pick(random, ['stays', 'taken'] as const));
  driver.reset();
};
const putCassette: Hand = ({ mechanics, driver }) => {
  if (mechanics.cassette !== undefined) return;
  mechanics.insertCassette(new Cassette());
  driver.reset();
};
const vouch: Hand = (bench) => {
  bench.leased = true;
};
const powerOn: Hand = ({ mechanics }) => mechanics.powerOn();
const plug: Hand = ({ port }) => port.plug();
const mendCable: Hand = ({ cable }) => cable.replug();

/** What may happen next; what mends comes more often than what breaks. */
const hands: readonly Hand[] = [
  ...Array<Hand>(20).fill(insertAny),
  ...Array<Hand>(10).fill(take),
  ({ mechanics }) => mechanics.powerOff(),
  ...Array<Hand>(4).fill(powerOn),
  ({ port }) => port.unplug(),
  ...Array<Hand>(4).fill(plug),
  ({ cable }) => cable.unplug(),
  ...Array<Hand>(4).fill(mendCable),
  ({ mechanics }, random) => mechanics.obstruct(pick(random, ['head', 'cassette'] as const)),
  ...Array<Hand>(3).fill(repair),
  ({ mechanics }) => void mechanics.pull(),
  ({ mechanics }) => void mechanics.removeCassette(),
  ...Array<Hand>(4).fill(putCassette),
  ({ driver }) => driver.reset(),
  (bench) => {
    bench.leased = false;
  },
  ...Array<Hand>(4).fill(vouch),
  (bench, random) => {
    bench.commitMs = pick(random, [1, 5, 50, 400, 1_990, 2_500]);
  },
  (bench, random) => {
    bench.decide = () => pick(random, ['stack', 'stack', 'stack', 'return', 'nothing'] as const);
  },
];

async function settle(bench: TerminalBench): Promise<void> {
  const { mechanics } = bench;
  bench.cable.rates = {};
  bench.cable.replug();
  bench.port.plug();
  bench.leased = false;
  mechanics.powerOn();
  mechanics.clearJam();
  if (mechanics.cassette === undefined) mechanics.insertCassette(new Cassette());
  for (let turn = 0; turn < 40; turn += 1) {
    mechanics.take();
    await bench.clock.advance(1_000);
  }
  bench.driver.reset();
  const before = bench.count('acceptor-recovered');
  for (let turn = 0; turn < 120 && bench.count('acceptor-recovered') === before; turn += 1) {
    mechanics.take();
    await bench.clock.advance(500);
  }
  expect(bench.count('acceptor-recovered'), 'it comes to rest').toBeGreaterThan(before);
  await bench.clock.advance(2_000);
}

describe.each(acceptorCases)('$name: a storm', (acceptor) => {
  it.each(seeds)('seed %i: no credit without a note, no note without a word', async (seed) => {
    const random = seededRandom(seed);
    const habits = acceptor.drawHabits(random);
    const bench = new TerminalBench(acceptor, { seed, habits });
    await bench.ready();
    bench.cable.rates = drawRates(random);
    for (let turn = 0; turn < 150; turn += 1) {
      pick(random, hands)(bench, random);
      await bench.clock.advance(pick(random, [10, 90, 400, 1_100, 2_500, 4_000]));
    }
    await settle(bench);

    const credits = [...bench.credits.values()];
    const boxed = bench.events.filter((event) => event.kind === 'note-stacked').length;
    const named = credits.flatMap(({ escrowId }) => (escrowId === undefined ? [] : [escrowId]));
    expect(new Set(named).size, 'one credit for each escrow at most').toBe(named.length);
    const returned = bench
      .of('note-returned')
      .flatMap(({ escrowId }) => (escrowId === undefined ? [] : [escrowId]));
    expect(
      named.filter((escrowId) => returned.includes(escrowId)),
      'credited or returned, never both',
    ).toEqual([]);
    expect(credits.length, 'no credit without a note in the box').toBeLessThanOrEqual(boxed);
    // A device that tells its credit once, to a line that loses it, and then takes the next note has told nobody.
    if (!acceptor.repeatsCredits(habits)) return;
    const inDoubt = bench.of('acceptor-recovered').filter((told) => told.leftInPath === 'stacker').length;
    expect(boxed - credits.length, 'a note without credit is told as doubtful').toBeLessThanOrEqual(inDoubt);
  });
});
