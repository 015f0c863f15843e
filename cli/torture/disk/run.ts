import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourcePatch } from '../../../simulator/canaries/patched-source.ts';
import { Disk, type DiskImage, type Leftovers, leftovers } from '../../../simulator/disk/disk.ts';
import type { DiskStep } from '../../../simulator/disk/recording.ts';
import { seededRandom } from '../../../simulator/random.ts';
import type { Random } from '../../../terminal/ports.ts';
import { toldFile } from './place.ts';
import { Promises } from './promises.ts';
import { recordLedger } from './record.ts';
import { layDown, reopen } from './reopen.ts';

export interface DiskOptions {
  readonly seed: number;
  /** How long the recorded life is. */
  readonly commits: number;
  /** How often each way of losing writes is drawn at each sync. */
  readonly draws: number;
  /** A planted fault that must be found. */
  readonly patch?: SourcePatch;
  /** Where the files of the first violation are kept. */
  readonly keepIn: string;
}

export interface DiskReport {
  readonly commits: number;
  readonly syncs: number;
  /** Files rebuilt and opened again, by what the power cut left. */
  readonly variants: Readonly<Record<Leftovers, number>>;
  /** Databases older than their anchor; each must be refused. */
  readonly rolledBack: number;
  /** Databases with a sector gone bad, by who noticed. */
  readonly damaged: Readonly<Record<'start' | 'full check' | 'harmless', number>>;
  readonly violations: readonly string[];
}

/** Records one life of the ledger, then cuts the power at every sync of it, in every way. */
export function tortureDisk(options: DiskOptions): DiskReport {
  const shared = '/dev/shm';
  // What is rebuilt need not survive anything: memory is fast, and its syncs cost nothing.
  const folder = mkdtempSync(join(existsSync(shared) ? shared : tmpdir(), 'qyzyl-disk-'));
  try {
    const sealKey = generateKeyPairSync('ed25519').privateKey;
    const { patch } = options;
    const { root, steps } = recordLedger({
      folder: mkdtempSync(join(folder, 'life-')),
      sealKey,
      seed: options.seed,
      commits: options.commits,
      ...(patch !== undefined && { patch }),
    });
    return new PowerCuts(options, root, join(folder, 'rebuilt'), sealKey).through(steps);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** So many violations tell enough. */
const violationsMax = 10;
/** A rolled-back and a damaged database are tried at every so many-th sync. */
const badDiskEvery = 4;

class PowerCuts {
  readonly #options: DiskOptions;
  readonly #root: string;
  readonly #folder: string;
  readonly #sealKey: KeyObject;
  readonly #random: Random;
  readonly #disk: Disk;
  readonly #promises = new Promises();
  readonly #variants: Record<Leftovers, number> = {
    dropped: 0,
    kept: 0,
    picked: 0,
    'torn-512': 0,
    'torn-4096': 0,
    reordered: 0,
  };
  readonly #damaged = { start: 0, 'full check': 0, harmless: 0 };
  readonly #violations: string[] = [];
  #rolledBack = 0;
  #syncs = 0;
  #older: { readonly image: DiskImage; readonly sequence: number } | undefined;

  constructor(options: DiskOptions, root: string, folder: string, sealKey: KeyObject) {
    this.#options = options;
    this.#root = root;
    this.#folder = folder;
    this.#sealKey = sealKey;
    this.#random = seededRandom(options.seed);
    this.#disk = new Disk(root);
  }

  through(steps: readonly DiskStep[]): DiskReport {
    for (const step of steps) {
      if (this.#violations.length >= violationsMax) break;
      if (step.path === join(this.#root, toldFile)) {
        if (step.kind === 'write') this.#promises.hear(step.data.toString('latin1'));
        continue;
      }
      // Mapped memory is not in the recording, and SQLite makes this file anew after a crash.
      if (step.path.endsWith('-shm')) continue;
      if (step.kind === 'sync') this.#cutHere();
      this.#disk.take(step);
    }
    this.#cutHere();
    return {
      commits: this.#promises.all.length,
      syncs: this.#syncs,
      variants: this.#variants,
      rolledBack: this.#rolledBack,
      damaged: this.#damaged,
      violations: this.#violations,
    };
  }

  /** Before the sync that comes next: whatever was acknowledged until now must be there. */
  #cutHere(): void {
    this.#syncs += 1;
    for (const how of leftovers) {
      const draws = how === 'dropped' || how === 'kept' ? 1 : this.#options.draws;
      for (let draw = 0; draw < draws; draw += 1) this.#cut(how);
    }
    if (this.#syncs % badDiskEvery === 0) {
      this.#rollBack();
      this.#damage();
    }
  }

  #cut(how: Leftovers): void {
    this.#variants[how] += 1;
    const image = this.#disk.afterPowerCut(how, this.#random);
    const complaint = this.#complaintOf(image);
    if (complaint !== undefined) this.#complain(`${how}: ${complaint}`, image);
  }

  /** M6, M8, M13: opens, holds all that was acknowledged, ends between two commits, and its anchor is no older. */
  #complaintOf(image: DiskImage): string | undefined {
    const { anchor, reopened } = this.#reopen(image);
    if (reopened.kind === 'refused') return `refused by the ${reopened.by}: ${reopened.why}`;
    const [lost] = reopened.missing;
    if (lost !== undefined) return `row ${lost.sequence} was acknowledged and is gone`;
    if (!this.#promises.ends.has(reopened.endsAt))
      return `the journal ends at ${reopened.endsAt}, within a commit`;
    const acknowledged = this.#promises.last?.sequence ?? 0;
    if ((anchor?.sequence ?? 0) >= acknowledged) return undefined;
    return `row ${acknowledged} was acknowledged, the anchor file says ${anchor?.sequence}`;
  }

  /** M13: the database as it was some time ago, copied back beside today's anchor. */
  #rollBack(): void {
    const now = this.#disk.afterPowerCut('dropped', this.#random);
    const sequence = this.#promises.last?.sequence ?? 0;
    const older = this.#older;
    if (sequence > 0) this.#older = { image: now, sequence };
    if (older === undefined || older.sequence === sequence) return;
    this.#rolledBack += 1;
    const isOfLedger = (path: string): boolean => path.startsWith(join(this.#root, 'ledger'));
    const image = new Map([
      ...[...older.image].filter(([path]) => isOfLedger(path)),
      ...[...now].filter(([path]) => !isOfLedger(path)),
    ]);
    const { reopened } = this.#reopen(image);
    if (reopened.kind === 'refused' && reopened.why.startsWith('rolled-back')) return;
    // Its last commit was stored already, and only not yet acknowledged.
    if (reopened.kind === 'sound' && reopened.endsAt >= sequence && reopened.missing.length === 0) return;
    const is = reopened.kind === 'sound' ? 'used' : reopened.why;
    this.#complain(
      `a database of row ${older.sequence} beside the anchor of row ${sequence} is ${is}`,
      image,
    );
  }

  /** M14: one sector of the database or of its log goes bad. */
  #damage(): void {
    const image = new Map(this.#disk.afterPowerCut('kept', this.#random));
    const files = [...image].filter(([path, bytes]) => /ledger\.db(-wal)?$/.test(path) && bytes.length > 0);
    const chosen = files[this.#random.nextInt(files.length)];
    if (chosen === undefined) return;
    const [path, bytes] = chosen;
    const sectorBytes = this.#random.nextInt(2) === 0 ? 512 : 4_096;
    const at = this.#random.nextInt(Math.ceil(bytes.length / sectorBytes)) * sectorBytes;
    const bad = Buffer.from(bytes);
    bad.fill(this.#random.nextInt(256), at, Math.min(at + sectorBytes, bad.length));
    image.set(path, bad);
    const { reopened } = this.#reopen(image);
    if (reopened.kind === 'refused') {
      this.#damaged[reopened.by] += 1;
      return;
    }
    this.#damaged.harmless += 1;
    const [lost] = reopened.missing;
    if (lost !== undefined)
      this.#complain(`a bad sector took row ${lost.sequence}, and nobody noticed`, image);
  }

  #reopen(image: DiskImage): ReturnType<typeof reopen> {
    return reopen(image, this.#root, this.#folder, this.#sealKey, this.#promises);
  }

  #complain(what: string, image: DiskImage): void {
    this.#violations.push(`sync ${this.#syncs}: ${what}`);
    if (this.#violations.length > 1) return;
    layDown(image, this.#root, this.#folder);
    rmSync(this.#options.keepIn, { recursive: true, force: true });
    mkdirSync(this.#options.keepIn, { recursive: true });
    cpSync(this.#folder, this.#options.keepIn, { recursive: true });
  }
}
