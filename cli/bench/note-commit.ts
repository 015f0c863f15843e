import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../host/store.ts';
import type { Store } from '../../terminal/store.ts';
import { BareRows, type NoteFact } from './bare-rows.ts';
import { withFolder } from './folders.ts';
import type { Measurement, Row } from './report.ts';
import { closed, escrowed, opened, stacked, started } from './sample-facts.ts';
import { placeIn } from './sample-ledger.ts';
import { grouped, median, spread } from './statistics.ts';

const singleNotes = 1_500;
const rounds = 21;
const notesPerRound = 1_000;
const factsPerNote = 3;
const warmUpNotes = 200;

export const noteCommit: Measurement = {
  name: 'note-commit',
  title: 'Note commit beside the same rows through bare better-sqlite3',
  how:
    `Production store (worker thread, hash chain, projections checked, anchor file) and bare rows (WAL, FULL) in turn ` +
    `on the same disk. Single: ${grouped(singleNotes)} notes, two commits each, one at a time. Batched: ${rounds} rounds ` +
    `of ${grouped(notesPerRound)} notes, ${grouped(notesPerRound * factsPerNote)} facts in one transaction.`,
  run: () => withFolder(compare),
};

interface Rivals {
  readonly store: Store;
  readonly bare: BareRows;
  lastNote: number;
}

async function compare(folder: string): Promise<readonly Row[]> {
  const sealKey = generateKeyPairSync('ed25519').privateKey;
  const store = await openStore({ place: placeIn(folder), sealKey });
  mkdirSync(join(folder, 'bare'));
  const rivals: Rivals = { store, bare: new BareRows(join(folder, 'bare')), lastNote: 0 };
  try {
    await store.commit(started, Date.now());
    await store.commit([opened(1)], Date.now());
    await single(rivals, warmUpNotes);
    const singleRows = singleTable(await single(rivals, singleNotes));
    await batched(rivals);
    const batches: BatchTimes[] = [];
    for (let round = 0; round < rounds; round += 1) batches.push(await batched(rivals));
    await store.commit([closed(1, rivals.lastNote)], Date.now());
    return [...singleRows, ...batchedTable(batches)];
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
      times.bareMs.push(timeBare(rivals.bare, facts));
      if (!isStoreFirst) times.storeMs.push(await timeStore(rivals.store, facts));
    }
    if (left % 500 === 0) await checkpoint(rivals);
  }
  return times;
}

async function timeStore(store: Store, facts: readonly NoteFact[]): Promise<number> {
  const startedMs = performance.now();
  await store.commit(facts, Date.now());
  return performance.now() - startedMs;
}

function timeBare(bare: BareRows, facts: readonly NoteFact[]): number {
  const startedMs = performance.now();
  bare.commit(facts);
  return performance.now() - startedMs;
}

function singleTable({ storeMs, bareMs }: SingleTimes): readonly Row[] {
  const moreMs = median(storeMs) - median(bareMs);
  return [
    { what: 'note commit, one at a time: bare better-sqlite3', bar: '', measured: spread(bareMs) },
    { what: 'note commit, one at a time: store', bar: '', measured: spread(storeMs) },
    {
      what: 'note commit, one at a time: store above bare at p50',
      bar: '≤ 0.3 ms',
      measured: `${moreMs.toFixed(2)} ms`,
      met: moreMs <= 0.3,
    },
  ];
}

// ---------------------------------------------------------------- many at once

interface BatchTimes {
  readonly bareMs: number;
  readonly oneCommitMs: number;
  readonly manyCommitsMs: number;
}

async function batched(rivals: Rivals): Promise<BatchTimes> {
  const { store, bare } = rivals;
  const forBoth = nextNotes(rivals);
  const oneCommit = forBoth.flat();
  const bareMs = timeBare(bare, oneCommit);
  const oneCommitMs = await timeStore(store, oneCommit);
  const manyCommits = nextNotes(rivals);
  const startedMs = performance.now();
  await Promise.all(manyCommits.map((facts) => store.commit(facts, Date.now())));
  const manyCommitsMs = performance.now() - startedMs;
  await checkpoint(rivals);
  return { bareMs, oneCommitMs, manyCommitsMs };
}

/** The commits of a round, as a visit would make them. */
function nextNotes(rivals: Rivals): readonly (readonly NoteFact[])[] {
  const first = rivals.lastNote + 1;
  rivals.lastNote += notesPerRound;
  return Array.from({ length: notesPerRound }, (_, at) => first + at).flatMap((note) => [
    escrowed(note, 1),
    [stacked(note)],
  ]);
}

async function checkpoint({ store, bare }: Rivals): Promise<void> {
  await store.checkpoint();
  bare.checkpoint();
}

function batchedTable(times: readonly BatchTimes[]): readonly Row[] {
  const bareMs = median(times.map((time) => time.bareMs));
  const ratio = median(times.map((time) => time.bareMs / time.oneCommitMs));
  const manyRatio = median(times.map((time) => time.bareMs / time.manyCommitsMs));
  const perSecond = (roundMs: number): string =>
    `${grouped((notesPerRound * factsPerNote * 1_000) / roundMs)} facts/s`;
  return [
    { what: 'note commit, batched: bare better-sqlite3', bar: '', measured: perSecond(bareMs) },
    {
      what: 'note commit, batched: store : bare',
      bar: '≥ 0.8 × bare',
      measured: `${ratio.toFixed(2)} × (${perSecond(median(times.map((time) => time.oneCommitMs)))})`,
      met: ratio >= 0.8,
    },
    {
      what: `note commit, ${grouped(notesPerRound * 2)} commits handed over at once: store : bare`,
      bar: '',
      measured: `${manyRatio.toFixed(2)} × (${perSecond(median(times.map((time) => time.manyCommitsMs)))})`,
    },
  ];
}
