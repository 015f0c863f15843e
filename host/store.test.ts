import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  closed,
  doubtfulVisit,
  escrowed,
  fiveHundred,
  intended,
  noteId,
  opened,
  operationId,
  paidVisit,
  periodOpened,
  stacked,
  started,
} from '../db/testing/facts.ts';
import type { Store } from '../terminal/store.ts';
import { openStore } from './store.ts';
import type { StoreOptions } from './store-messages.ts';
import { openStoreReader, type StoreReader } from './store-reader.ts';
import { systemClock } from './system-clock.ts';

function tempOptions(): StoreOptions & { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), 'qyzyl-store-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const place = { folder: join(root, 'ledger'), anchorPath: join(root, 'anchor') };
  return { root, place, sealKey: generateKeyPairSync('ed25519').privateKey };
}

async function open(options: StoreOptions): Promise<Store> {
  const store = await openStore(options);
  onTestFinished(() => store.close().catch(() => {}));
  return store;
}

async function openBoth(): Promise<{ store: Store; reader: StoreReader; root: string }> {
  const options = tempOptions();
  const store = await open(options);
  const reader = await openStoreReader(options);
  onTestFinished(() => reader.close().catch(() => {}));
  await store.commit([started, periodOpened(1)], systemClock.wallMs());
  return { store, reader, root: options.root };
}

describe('the store in a thread of its own', () => {
  it('keeps what it has committed, and tells the next process', async () => {
    const options = tempOptions();
    const store = await open(options);
    await store.commit([started, periodOpened(1)], systemClock.wallMs());
    await store.commit([opened(1)], systemClock.wallMs());
    const { sequence, head, diskFull } = await store.commit(
      [escrowed(1, 1), intended(1)],
      systemClock.wallMs(),
    );
    expect({ sequence, diskFull }).toEqual({ sequence: 5, diskFull: false });
    await store.checkpoint();
    expect(await store.containsAnchor({ sequence, head })).toBe(true);
    expect(await store.containsAnchor({ sequence: 4, head })).toBe(false);
    await store.close();

    const next = await open(options);
    const state = await next.load();
    expect(state).toMatchObject({ sequence, head, previousStop: 'unclean' });
    expect(state.openOperation?.notes).toMatchObject([{ noteId: noteId(1), state: 'intended' }]);
  });

  it('answers in the order it was asked, also when commits share a transaction', async () => {
    const { store } = await openBoth();
    const visits = Array.from({ length: 50 }, (_, index) => index + 1);
    const outcomes = visits.map((serial) => store.commit(paidVisit(serial), systemClock.wallMs()));
    const afterAll = store.load();
    const sequences = (await Promise.all(outcomes)).map(({ sequence }) => sequence);
    expect(sequences).toEqual(visits.map((serial) => 2 + serial * 5));
    expect(await afterAll).toMatchObject({ sequence: 252, nextOperationSerial: 51 });
    const due = await store.dueTopUps(Date.now(), 10);
    expect(due.rows[0]?.operationId).toBe(operationId(50));
    expect(await store.registerRows(0, Date.now() + 1)).toHaveLength(50);
    expect(await store.dueMessages(Date.now(), 10)).toMatchObject({ rows: [] });
  });

  it('rejects nonsense, and everything after it', async () => {
    const { store } = await openBoth();
    const refused = store.commit([stacked(1)], systemClock.wallMs());
    const behind = store.commit([opened(1)], systemClock.wallMs());
    await expect(refused).rejects.toMatchObject({ name: 'StorageError', code: 'refused' });
    await expect(behind).rejects.toMatchObject({ name: 'StorageError' });
    await expect(store.load()).rejects.toMatchObject({ code: 'stopped' });
    await store.close();
    await expect(store.load()).rejects.toMatchObject({ code: 'io' });
  });

  it('does not open a ledger that another thread has, nor one without its anchor', async () => {
    const options = tempOptions();
    const store = await open(options);
    await expect(openStore(options)).rejects.toMatchObject({ code: 'locked' });
    await store.commit([started], systemClock.wallMs());
    await store.close();
    rmSync(options.place.anchorPath);
    await expect(openStore(options)).rejects.toMatchObject({ code: 'anchor-missing' });
  });
});

describe('the reader beside it', () => {
  it('sees what is committed at once', async () => {
    const { store, reader } = await openBoth();
    await store.commit(paidVisit(1), systemClock.wallMs());
    await store.commit(doubtfulVisit(2), systemClock.wallMs());
    const all = { kind: 'all' } as const;
    expect(await reader.desk({ kind: 'operations', list: all, before: undefined, limit: 1 })).toMatchObject({
      operations: [{ operationId: operationId(2), end: 'needs-help' }],
      hasMore: true,
    });
    const which = { by: 'number', operationNumber: opened(1).operationNumber } as const;
    expect(await reader.desk({ kind: 'operation', which })).toMatchObject({
      operation: { summary: { amountMinor: fiveHundred } },
    });
    expect(await reader.desk({ kind: 'unknown-notes' })).toMatchObject({
      notes: [
        {
          noteId: noteId(22),
          why: 'jam',
          period: { periodNumber: 1 },
          operation: { operationId: operationId(2), closed: true },
          proposal: undefined,
        },
      ],
    });
    expect(await reader.desk({ kind: 'periods', limit: 10 })).toMatchObject({
      periods: [{ counts: [{ valueMinor: fiveHundred, count: 2 }] }],
    });
  });

  it('walks, compares and exports while the writer goes on', async () => {
    const { store, reader, root } = await openBoth();
    const selling = (async () => {
      for (let serial = 1; serial <= 40; serial += 1)
        await store.commit(paidVisit(serial), systemClock.wallMs());
    })();
    const check = await reader.fullCheck();
    await reader.checkProjections();
    await selling;
    expect(check.tip.sequence).toBeGreaterThanOrEqual(2);
    expect((await reader.fullCheck()).tip.sequence).toBe(202);
    const path = join(root, 'journal.jsonl');
    expect(await reader.exportJournal(path)).toBe(202);
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[1]).toMatchObject({ sequence: 2, kind: 'period-opened' });
    await expect(reader.exportJournal(path)).rejects.toMatchObject({ code: 'io' });
    expect(await reader.desk({ kind: 'periods', limit: 1 })).toMatchObject({
      periods: [{ periodNumber: 1 }],
    });
  });
});

it('closing twice is an error of the caller, not of the ledger', async () => {
  const { store } = await openBoth();
  await store.commit(
    [opened(1), escrowed(1, 1), intended(1), stacked(1), closed(1, fiveHundred)],
    systemClock.wallMs(),
  );
  await store.close();
  await expect(store.close()).rejects.toMatchObject({ code: 'io' });
});
