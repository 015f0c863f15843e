import { dirname } from 'node:path';
import { assert, unreachable } from '../../terminal/assert.ts';
import type { Random } from '../../terminal/ports.ts';
import type { DiskStep } from './recording.ts';

/*
 * A disk that keeps what was synced and promises nothing else (fsync(2)): of what was written since a file's last sync a
 * power cut leaves any part, in any order; a name that was made or taken away since its folder's last sync may or may not
 * be there. Names of one folder come and go in order, as in every journalling file system.
 */

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly length: number };

interface File {
  readonly isFolder: boolean;
  /** As of the last sync. */
  stable: Buffer;
  /** Since then. */
  pending: Change[];
}

interface NameChange {
  readonly path: string;
  /** `undefined`: the name goes. */
  readonly file: File | undefined;
}

/** How much of what was not synced a power cut leaves. */
export type Leftovers =
  /** Nothing. */
  | 'dropped'
  /** Everything, as if the sync had come just before the power went. */
  | 'kept'
  /** Some writes whole, some not at all. */
  | 'picked'
  /** Of each write some sectors of 512 bytes. */
  | 'torn-512'
  /** Of each write some blocks of 4096 bytes. */
  | 'torn-4096'
  /** Some writes, the later ones below the earlier ones. */
  | 'reordered';

export const leftovers: readonly Leftovers[] = [
  'dropped',
  'kept',
  'picked',
  'torn-512',
  'torn-4096',
  'reordered',
];

/** The files that a power cut leaves, by path. */
export type DiskImage = ReadonlyMap<string, Buffer>;

export class Disk {
  /** The names as the process sees them, and as they would survive. */
  readonly #names = new Map<string, File>();
  readonly #stableNames = new Map<string, File>();
  /** By folder, in order. */
  readonly #nameChanges = new Map<string, NameChange[]>();
  readonly #root: string;

  /** `root`: the folder that was recorded. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Whether there is anything that a power cut could take now. */
  get hasUnsynced(): boolean {
    const files = new Set([...this.#names.values(), ...this.#stableNames.values()]);
    return [...files].some(({ pending }) => pending.length > 0) || this.#nameChanges.size > 0;
  }

  take(step: DiskStep): void {
    switch (step.kind) {
      case 'write':
      case 'truncate':
        this.#fileAt(step.path).pending.push(step);
        return;
      case 'sync':
        this.#sync(step.path);
        return;
      case 'create':
        this.#rename(step.path, { isFolder: false, stable: Buffer.alloc(0), pending: [] });
        return;
      case 'make-folder':
        this.#rename(step.path, { isFolder: true, stable: Buffer.alloc(0), pending: [] });
        return;
      case 'unlink':
        this.#rename(step.path, undefined);
        return;
      case 'rename':
        this.#rename(step.to, this.#fileAt(step.path));
        this.#rename(step.path, undefined);
        return;
      default:
        unreachable(step);
    }
  }

  /** What a power cut now leaves. */
  afterPowerCut(how: Leftovers, random: Random): DiskImage {
    const names = new Map(this.#stableNames);
    for (const changes of this.#nameChanges.values()) {
      for (const { path, file } of changes.slice(0, namesKept(changes.length, how, random)))
        setName(names, path, file);
    }
    const image = new Map<string, Buffer>();
    for (const [path, file] of names) {
      if (file.isFolder || !hasItsFolders(names, path, this.#root)) continue;
      image.set(path, leftOf(file, how, random));
    }
    return image;
  }

  #fileAt(path: string): File {
    const file = this.#names.get(path);
    assert(file !== undefined, `the recording begins before ${path} was made`);
    return file;
  }

  #sync(path: string): void {
    const file = this.#names.get(path);
    // The folder that everything was recorded under was there before.
    if (file?.isFolder !== false) {
      for (const change of this.#nameChanges.get(path) ?? [])
        setName(this.#stableNames, change.path, change.file);
      this.#nameChanges.delete(path);
      return;
    }
    file.stable = applied(file.stable, file.pending);
    file.pending = [];
  }

  #rename(path: string, file: File | undefined): void {
    setName(this.#names, path, file);
    const folder = dirname(path);
    const changes = this.#nameChanges.get(folder) ?? [];
    changes.push({ path, file });
    this.#nameChanges.set(folder, changes);
  }
}

function setName(names: Map<string, File>, path: string, file: File | undefined): void {
  if (file === undefined) names.delete(path);
  else names.set(path, file);
}

function namesKept(count: number, how: Leftovers, random: Random): number {
  if (how === 'dropped') return 0;
  return how === 'kept' ? count : random.nextInt(count + 1);
}

/** A file is gone with its folder's name. The outermost folder was there before. */
function hasItsFolders(names: ReadonlyMap<string, File>, path: string, root: string): boolean {
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    if (names.get(folder)?.isFolder !== true) return false;
  }
  return true;
}

function leftOf(file: File, how: Leftovers, random: Random): Buffer {
  if (file.pending.length === 0 || how === 'dropped') return file.stable;
  switch (how) {
    case 'kept':
      return applied(file.stable, file.pending);
    case 'picked':
      return applied(file.stable, some(file.pending, random));
    case 'reordered':
      return applied(file.stable, shuffled(some(file.pending, random), random));
    case 'torn-512':
      return applied(
        file.stable,
        some(file.pending, random).flatMap((change) => torn(change, 512, random)),
      );
    case 'torn-4096':
      return applied(
        file.stable,
        some(file.pending, random).flatMap((change) => torn(change, 4_096, random)),
      );
    default:
      return unreachable(how);
  }
}

function some<Item>(items: readonly Item[], random: Random): Item[] {
  return items.filter(() => random.nextInt(3) > 0);
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, place: random.nextInt(1_000_000) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** The parts of a write that reached the disk: whole sectors, any of them. */
function torn(change: Change, sectorBytes: number, random: Random): Change[] {
  if (change.kind !== 'write') return [change];
  const { offset, data } = change;
  const parts: Change[] = [];
  for (let at = offset; at < offset + data.length; ) {
    const end = Math.min(offset + data.length, (Math.floor(at / sectorBytes) + 1) * sectorBytes);
    if (random.nextInt(2) === 0)
      parts.push({ kind: 'write', offset: at, data: data.subarray(at - offset, end - offset) });
    at = end;
  }
  return parts;
}

function applied(before: Buffer, changes: readonly Change[]): Buffer {
  let length = before.length;
  let most = length;
  for (const change of changes) {
    length =
      change.kind === 'truncate' ? change.length : Math.max(length, change.offset + change.data.length);
    most = Math.max(most, length);
  }
  const bytes = Buffer.alloc(most);
  before.copy(bytes);
  let end = before.length;
  for (const change of changes) {
    if (change.kind === 'truncate') {
      if (change.length < end) bytes.fill(0, change.length, end);
      end = change.length;
    } else {
      change.data.copy(bytes, change.offset);
      end = Math.max(end, change.offset + change.data.length);
    }
  }
  return bytes.subarray(0, end);
}
