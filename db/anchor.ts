import { hash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StorageError } from './errors.ts';

/** The end of the chain: what is printed on receipts, sent with heartbeats, and kept in the anchor file. */
export interface ChainTip {
  readonly sequence: number;
  /** Hexadecimal. */
  readonly head: string;
}

/** The tip of an empty journal; the first row is chained to it. */
export const emptyTip: ChainTip = { sequence: 0, head: '0'.repeat(64) };

/** Two slots on separate blocks: a torn write can spoil only the older one's successor. */
const slotBytes = 4_096;
const slots = 2;

/**
 * The second file that knows how far the chain had come (money rule M13), outside the database folder.
 *
 * Two slots of fixed place are written in turn, each with a checksum. Nothing is allocated after the file is made, so
 * a full disk cannot stop it and one data sync suffices, where write, rename and folder sync would take two.
 */
export class AnchorFile {
  readonly #file: number;
  #nextSlot = 0;

  private constructor(file: number) {
    this.#file = file;
  }

  static exists(path: string): boolean {
    return existsSync(path);
  }

  /**
   * Makes the file for an empty journal, before the first row can be written. It takes its name when it is whole: a
   * power cut must not leave a file without an anchor, which every later start would refuse.
   */
  static create(path: string): AnchorFile {
    makeFolder(dirname(path));
    const beside = `${path}.new`;
    const file = openSync(beside, 'w+', 0o600);
    writeSync(file, new Uint8Array(slotBytes * slots), 0, slotBytes * slots, 0);
    const anchor = new AnchorFile(file);
    anchor.write(emptyTip);
    fsyncSync(file);
    renameSync(beside, path);
    syncFolder(dirname(path));
    return anchor;
  }

  static open(path: string): AnchorFile {
    return new AnchorFile(openSync(path, 'r+'));
  }

  /** The highest tip that reads back whole. */
  read(): ChainTip {
    let best: ChainTip | undefined;
    for (let slot = 0; slot < slots; slot += 1) {
      const tip = readSlot(this.#file, slot);
      if (tip === undefined || (best !== undefined && tip.sequence <= best.sequence)) continue;
      best = tip;
      this.#nextSlot = (slot + 1) % slots;
    }
    if (best === undefined)
      throw new StorageError('anchor-missing', 'the anchor file holds no readable anchor');
    return best;
  }

  /** Returns once the tip would survive a power cut. */
  write(tip: ChainTip): void {
    const line = Buffer.from(encodeTip(tip), 'latin1');
    const written = writeSync(this.#file, line, 0, line.length, this.#nextSlot * slotBytes);
    if (written !== line.length) throw new StorageError('io', 'the anchor file took only part of a write');
    fdatasyncSync(this.#file);
    this.#nextSlot = (this.#nextSlot + 1) % slots;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What an anchor file says, for those who may only read it. */
export function readAnchorFile(path: string): ChainTip {
  const file = openSync(path, 'r');
  try {
    const tips = Array.from({ length: slots }, (_, slot) => readSlot(file, slot)).filter(
      (tip) => tip !== undefined,
    );
    const [newest] = tips.sort((a, b) => b.sequence - a.sequence);
    if (newest === undefined)
      throw new StorageError('anchor-missing', 'the anchor file holds no readable anchor');
    return newest;
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a folder of ours if it is missing, with those above it, and lets its name survive a power cut: what is synced in
 * a folder is gone all the same if the folder's own name is.
 */
export function makeFolder(path: string): void {
  const innermost = resolve(path);
  const outermost = mkdirSync(innermost, { recursive: true, mode: 0o700 });
  if (outermost === undefined) return;
  for (let made = innermost; ; made = dirname(made)) {
    syncFolder(dirname(made));
    if (made === outermost || made === dirname(made)) return;
  }
}

/** Makes names created in a folder survive a power cut. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function encodeTip({ sequence, head }: ChainTip): string {
  const text = `qyzyl-anchor/1 ${sequence} ${head}`;
  return `${text} ${hash('sha256', text, 'hex')}\n`;
}

const slotPattern = /^qyzyl-anchor\/1 (\d{1,16}) ([0-9a-f]{64}) [0-9a-f]{64}\n/;

function readSlot(file: number, slot: number): ChainTip | undefined {
  const bytes = Buffer.alloc(slotBytes);
  const count = readSync(file, bytes, 0, slotBytes, slot * slotBytes);
  const text = bytes.toString('latin1', 0, count);
  const [line, sequence, head] = slotPattern.exec(text) ?? [];
  if (line === undefined || sequence === undefined || head === undefined) return undefined;
  const tip = { sequence: Number(sequence), head };
  return encodeTip(tip) === line ? tip : undefined;
}
