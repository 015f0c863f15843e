import type { AcceptorDriver } from '../../../terminal/devices.ts';
import { type AcceptorParts, createAcceptorDriver } from '../note-path/driver.ts';
import { step } from './dialog.ts';
import { nextWake } from './exchange.ts';
import { checkOptions, defaultEsspOptions, type EsspOptions } from './options.ts';
import { initialState } from './state.ts';

/** A unit of Innovative Technology on an eSSP line. */
export function createEsspDriver(
  parts: AcceptorParts & { readonly options?: Partial<EsspOptions> },
): AcceptorDriver {
  const options = { ...defaultEsspOptions, ...parts.options };
  checkOptions(options);
  // Not the id that marks escrows and credits: that one is in the ledger for all to read.
  const keySeed = parts.ids.uuidV7();
  return createAcceptorDriver(parts, {
    begin: (idPrefix, nowMonoMs) => initialState(options, keySeed, idPrefix, nowMonoMs),
    step,
    nextWake,
  });
}
