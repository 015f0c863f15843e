import type { AcceptorDriver } from '../../../terminal/devices.ts';
import { type AcceptorParts, createAcceptorDriver } from '../note-path/driver.ts';
import { step } from './dialog.ts';
import { nextWake } from './exchange.ts';
import { checkOptions, defaultEbdsOptions, type EbdsOptions } from './options.ts';
import { initialState } from './state.ts';

/** A CPI (MEI) Cashflow SC on an EBDS line. */
export function createEbdsDriver(
  parts: AcceptorParts & { readonly options?: Partial<EbdsOptions> },
): AcceptorDriver {
  const options = { ...defaultEbdsOptions, ...parts.options };
  checkOptions(options);
  return createAcceptorDriver(parts, {
    begin: (idPrefix, nowMonoMs) => initialState(options, idPrefix, nowMonoMs),
    step,
    nextWake,
  });
}
