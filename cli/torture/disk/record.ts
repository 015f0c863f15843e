import { spawnSync } from 'node:child_process';
import { createHash, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { patchEnvironment, type SourcePatch } from '../../../simulator/canaries/patched-source.ts';
import { type DiskStep, readRecording } from '../../../simulator/disk/recording.ts';

export interface RecordOptions {
  /** For the recorder, the ledger and the recording; made anew. */
  readonly folder: string;
  readonly sealKey: KeyObject;
  readonly seed: number;
  readonly commits: number;
  readonly patch?: SourcePatch;
}

export interface Recording {
  /** The folder that was recorded, as it stands in the steps. */
  readonly root: string;
  readonly steps: readonly DiskStep[];
}

/** Lets a ledger live in a process of its own and writes down what it does to the disk. */
export function recordLedger(options: RecordOptions): Recording {
  const root = join(options.folder, 'recorded');
  const [keyPath, recording] = [join(options.folder, 'seal-key.pem'), join(options.folder, 'recording')];
  mkdirSync(root, { recursive: true });
  writeFileSync(keyPath, options.sealKey.export({ format: 'pem', type: 'pkcs8' }));
  const child = fileURLToPath(new URL('./ledger-child.ts', import.meta.url));
  const realRoot = realpathSync(root);
  const { status, stderr } = spawnSync(
    process.execPath,
    [child, realRoot, keyPath, String(options.seed), String(options.commits)],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        ...(options.patch === undefined ? {} : patchEnvironment([options.patch])),
        LD_PRELOAD: recorderLibrary(),
        QYZYL_RECORD_ROOT: realRoot,
        QYZYL_RECORD_TO: recording,
      },
    },
  );
  if (status !== 0) throw new Error(`the recorded ledger ended with ${status}: ${stderr}`);
  return { root: realRoot, steps: readRecording(readFileSync(recording)) };
}

/** Whether the recorder can be made here: it is a library for Linux, compiled by the system's compiler. */
export function canRecord(): boolean {
  return process.platform === 'linux' && spawnSync('cc', ['--version']).status === 0;
}

/** Compiled once for each state of its source. */
function recorderLibrary(): string {
  const source = fileURLToPath(new URL('../../../simulator/disk/recorder.c', import.meta.url));
  const name = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const folder = fileURLToPath(new URL('../../../var/recorder', import.meta.url));
  const library = join(folder, `${name}.so`);
  if (existsSync(library)) return library;
  mkdirSync(folder, { recursive: true });
  const beside = `${library}.${process.pid}`;
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
  const { status, stderr } = spawnSync('cc', [...flags, '-o', beside, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cc could not make the recorder: ${stderr}`);
  renameSync(beside, library);
  return library;
}
