import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Settings } from '../terminal/settings.ts';

/*
 * What vouches for the first person of a terminal: whoever can write this file beside the terminal's keys is trusted with
 * the machine anyway. It lives for a day, and ends with its first use.
 */

export interface EnrolmentFile {
  /** Absent when there is none, or when it is too old. */
  verifier(): string | undefined;
  write(verifier: string): void;
  remove(): void;
}

const goodForMs = 24 * 3_600_000;

const schema = z.strictObject({ verifier: z.string().min(1), untilMs: z.int() });

export function enrolmentPath(storage: Settings['storage']): string {
  return join(dirname(storage.deviceKeyFile), 'enrolment.json');
}

export function enrolmentFile(path: string): EnrolmentFile {
  return {
    verifier: () => {
      const found = read(path);
      return found !== undefined && Date.now() < found.untilMs ? found.verifier : undefined;
    },
    write: (verifier) => {
      const beside = `${path}.new`;
      writeFileSync(beside, JSON.stringify({ verifier, untilMs: Date.now() + goodForMs }), { mode: 0o600 });
      renameSync(beside, path);
    },
    remove: () => rmSync(path, { force: true }),
  };
}

/** A file that says something else vouches for nobody. */
function read(path: string): z.infer<typeof schema> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}
