import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../host/store.ts';
import type { Fact } from '../../terminal/facts.ts';
import type { Store } from '../../terminal/store.ts';
import { BareRows } from './bare-rows.ts';
import { withFolder } from './folders.ts';
import type { Measurement, Row } from './report.ts';
import { closed, escrowed, opened, stacked, started } from './sample-facts.ts';
import { grouped, median, percentile, spread } from './statistics.ts';

const singleNotes = 1_500;
const rounds = 15;
const notesPerRound = 400;
const factsPerNote = 3;
const warmUpNotes = 200;

export const noteCommit: Measurement = {
  name: 'note-commit',
  title: 'Note commit beside the same rows through bare better-sqlite3',
  how:
    `Production store (worker thread, hash chain, anchor file) and bare rows (WAL, FULL) in turn on the same disk. ` +
    `Single: ${grouped(singleNotes)} notes, two commits each, one at a time. Batched: ${rounds} rounds of ${notesPerRound} notes.`,
  run: () => withFolder(compare),
};

interface Rivals {
  readonly store: Store;
  readonly bare: BareRows;
  lastNote: number;
}

async function compare(folder: string): Promise<readonly Row[]> {
  const place = { folder: join(folder, 'ledger'), anchorPath: join(folder, 'anchor', 'anchor') };
  const sealKey = generateKeyPairSync('ed25519').privateKey;
  const store = await openStore({ place, sealKey });
  mkdirSync(join(folder, 'bare'));
  const rivals: Rivals = { store, bare: new BareRows(join(folder, 'bare')), lastNote: 0 };
  try {
    await store.commit(started, Date.now());
    await store.commit([opened(1)], Date.now());
    await single(rivals, warmUpNotes);
    const singleRows = singleTable(await single(rivals, singleNotes));
    await batched(rivals);
    const ratios: BatchTimes[] = [];
    for (let round = 0; round < rounds; round += 1) ratios.push(await batched(rivals));
    await store.commit([closed(1, rivals.lastNote)], Date.now());
    return [...singleRows, ...batchedTable(ratios)];
  } finally {
    await store.close();
    rivals.bare.close();
  }
}

// ---------------------------------------------------------------- one at a time

interface SingleTimes {
  readonly storeMs: number[];
  readonly bareMs: number[];
}

async function single(rivals: Rivals, noteCount: number): Promise<SingleTimes> {
  const times: SingleTimes = { storeMs: [], bareMs: [] };
  for (let left = noteCount; left > 0; left -= 1) {
    rivals.lastNote += 1;
    const note = rivals.lastNote;
    for (const facts of [escrowed(note, 1), [stacked(note)]]) {
      const isStoreFirst = note % 2 === 0;
      if (isStoreFirst) times.storeMs.push(await timeStore(rivals.store, facts));
      times.bareMs.push(timeBare(rivals.bare, facts, note));
      if (!isStoreFirst) times.storeMs.push(await timeStore(rivals.store, facts));
    }
    if (left % 500 === 0) await checkpoint(rivals);
  }
  return times;
}

async function timeStore(store: Store, facts: readonly Fact[]): Promise<number> {
  const startedMs = performance.now();
  await store.commit(facts, Date.now());
  return performance.now() - startedMs;
}

function timeBare(bare: BareRows, facts: readonly Fact[], note: number): number {
  const rows = bare.rowsOf(facts, note);
  const startedMs = performance.now();
  bare.commit(rows);
  return performance.now() - startedMs;
}

function singleTable({ storeMs, bareMs }: SingleTimes): readonly Row[] {
  const moreMs = median(storeMs) - median(bareMs);
  return [
    { what: 'bare, one commit at a time', bar: '', measured: spread(bareMs) },
    { what: 'store, one commit at a time', bar: '', measured: spread(storeMs) },
    {
      what: 'store, p50 above bare',
      bar: '≤ 0.3 ms',
      measured: `${moreMs.toFixed(2)} ms`,
      met: moreMs <= 0.3,
    },
  ];
}

// ---------------------------------------------------------------- many at once

interface BatchTimes {
  readonly storeMs: number;
  readonly bareMs: number;
}

/** Everything that a day's notes would commit, handed over without waiting, beside one bare transaction of it all. */
async function batched(rivals: Rivals): Promise<BatchTimes> {
  const first = rivals.lastNote + 1;
  rivals.lastNote += notesPerRound;
  const notes = Array.from({ length: notesPerRound }, (_, at) => first + at);
  const commits = notes.flatMap((note) => [escrowed(note, 1), [stacked(note)]]);
  const rows = notes.flatMap((note) => rivals.bare.rowsOf([...escrowed(note, 1), stacked(note)], note));
  const bareStartedMs = performance.now();
  rivals.bare.commit(rows);
  const bareMs = performance.now() - bareStartedMs;
  const storeStartedMs = performance.now();
  await Promise.all(commits.map((facts) => rivals.store.commit(facts, Date.now())));
  const storeMs = performance.now() - storeStartedMs;
  await checkpoint(rivals);
  return { storeMs, bareMs };
}

async function checkpoint({ store, bare }: Rivals): Promise<void> {
  await store.checkpoint();
  bare.checkpoint();
}

function batchedTable(times: readonly BatchTimes[]): readonly Row[] {
  const ratio = median(times.map(({ storeMs, bareMs }) => bareMs / storeMs));
  const perSecond = (roundMs: number): string =>
    `${grouped((notesPerRound * factsPerNote * 1_000) / roundMs)} facts/s`;
  return [
    { what: 'bare, batched', bar: '', measured: perSecond(median(times.map(({ bareMs }) => bareMs))) },
    { what: 'store, batched', bar: '', measured: perSecond(median(times.map(({ storeMs }) => storeMs))) },
    {
      what: 'store : bare, median of rounds',
      bar: '≥ 0.8 ×',
      measured: `${ratio.toFixed(2)} × (p10 ${percentile(
        times.map(({ storeMs, bareMs }) => bareMs / storeMs),
        0.1,
      ).toFixed(2)})`,
      met: ratio >= 0.8,
    },
  ];
}
