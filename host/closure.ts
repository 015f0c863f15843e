import { StorageError } from '../db/errors.ts';
import type { Closure } from '../terminal/runtime/closed-terminal.ts';

/**
 * What a ledger that may not be used means for the terminal. `undefined` for anything that a closed terminal is no answer
 * to: another process that sells here, or no trouble of the ledger at all.
 */
export function closureOf(error: unknown): Closure | undefined {
  if (!(error instanceof StorageError)) return undefined;
  const detail = `${error.code}: ${error.message}`;
  switch (error.code) {
    case 'locked':
    case 'stopped':
      return undefined;
    case 'rolled-back':
    case 'anchor-missing':
      return { block: 'ledger', alarm: 'ledger-rolled-back', detail };
    case 'damaged':
    case 'schema-mismatch':
    case 'too-new':
    case 'refused':
      return { block: 'ledger', alarm: 'ledger-damaged', detail };
    case 'durability':
    case 'full':
    case 'io':
      return { block: 'storage', alarm: 'storage-trouble', detail };
  }
}
