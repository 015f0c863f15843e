import type { AcceptorDriver } from '../../../terminal/devices.ts';
import { type AcceptorParts, createAcceptorDriver } from '../note-path/driver.ts';
import { step } from './dialog.ts';
import { nextWake } from './exchange.ts';
import { type CcnetOptions, checkOptions, defaultCcnetOptions } from './options.ts';
import { initialState } from './state.ts';

/** A CashCode bill validator on a CCNET line. */
export function createCcnetDriver(
  parts: AcceptorParts & { readonly options?: Partial<CcnetOptions> },
): AcceptorDriver {
  const options = { ...defaultCcnetOptions, ...parts.options };
  checkOptions(options);
  return createAcceptorDriver(parts, {
    begin: (idPrefix, nowMonoMs) => initialState(options, idPrefix, nowMonoMs),
    step,
    nextWake,
  });
}
