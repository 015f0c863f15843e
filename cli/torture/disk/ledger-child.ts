import { createPrivateKey } from 'node:crypto';
import { openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RandomLife } from '../../../db/testing/random-life.ts';
import { openStore } from '../../../host/store.ts';
import { seededRandom } from '../../../simulator/random.ts';
import { assert } from '../../../terminal/assert.ts';
import type { Fact } from '../../../terminal/facts.ts';
import { placeIn, toldFile } from './place.ts';

/*
 * The ledger as the terminal runs it, in its own thread, with a drawn life to record. What it acknowledges is told in a
 * file of its own, so that the recording holds words and writes in one order.
 */

const [root, keyPath, seed, commits] = process.argv.slice(2);
assert(root !== undefined && keyPath !== undefined, 'a folder and a key are given');

const sealKey = createPrivateKey(readFileSync(keyPath));
const random = seededRandom(Number(seed));
const toldTo = openSync(join(root, toldFile), 'w');
const life = new RandomLife();
const sessions = 3;
const commitsEach = Math.ceil(Number(commits) / sessions);

function tell(words: string): void {
  writeSync(toldTo, `${words}\n`);
}

/** Some together, as answers to a batch come: they share a transaction. */
function nextGroup(): readonly (readonly Fact[])[] {
  const size = random.nextInt(5) === 0 ? 2 + random.nextInt(4) : 1;
  return Array.from({ length: size }, () => life.live(random.nextInt(1_000)));
}

async function session(number: number): Promise<void> {
  const store = await openStore({ place: placeIn(root ?? ''), sealKey });
  let wallMs = 1_800_000_000_000 + number * 86_400_000;
  const commit = async (facts: readonly Fact[]): Promise<void> => {
    wallMs += 1_000;
    tell(`trying ${facts.length}`);
    const { sequence, head } = await store.commit(facts, wallMs);
    tell(`durable ${sequence} ${head}`);
  };
  if (number === 0) await commit(life.start());
  for (let done = 0; done < commitsEach; ) {
    const group = nextGroup();
    await Promise.all(group.map(commit));
    done += group.length;
    if (random.nextInt(12) === 0) await store.checkpoint();
  }
  await store.close();
}

for (let number = 0; number < sessions; number += 1) await session(number);
