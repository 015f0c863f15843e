import type { AcceptorDriver } from '../../../terminal/devices.ts';
import { type AcceptorParts, createAcceptorDriver } from '../note-path/driver.ts';
import { step } from './dialog.ts';
import { nextWake } from './exchange.ts';
import { checkOptions, defaultId003Options, type Id003Options } from './options.ts';
import { initialState } from './state.ts';

/** A JCM acceptor on an ID-003 line. */
export function createId003Driver(
  parts: AcceptorParts & { readonly options?: Partial<Id003Options> },
): AcceptorDriver {
  const options = { ...defaultId003Options, ...parts.options };
  checkOptions(options);
  return createAcceptorDriver(parts, {
    begin: (idPrefix, nowMonoMs) => initialState(options, idPrefix, nowMonoMs),
    step,
    nextWake,
  });
}
