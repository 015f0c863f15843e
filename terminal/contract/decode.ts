import type * as z from 'zod/mini';
import { contractLimits, type DownMessage, downSchema, type UpMessage, upSchema } from './messages.ts';

export type Decoded<Message> =
  | { readonly kind: 'message'; readonly message: Message }
  /** Never a reason to fail: it is logged and forgotten. */
  | { readonly kind: 'refused'; readonly why: 'too-long' | 'not-json' | 'not-in-contract' };

/** What the screen said, as the terminal reads it. */
export function decodeUp(text: string): Decoded<UpMessage> {
  return decode(text, contractLimits.pressTextMax, upSchema);
}

/** What the terminal said, as the screen reads it. */
export function decodeDown(text: string): Decoded<DownMessage> {
  return decode(text, contractLimits.viewTextMax, downSchema);
}

function decode<Message>(text: string, lengthMax: number, schema: z.ZodMiniType<Message>): Decoded<Message> {
  if (text.length > lengthMax) return { kind: 'refused', why: 'too-long' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'refused', why: 'not-json' };
  }
  const result = schema.safeParse(value);
  return result.success
    ? { kind: 'message', message: result.data }
    : { kind: 'refused', why: 'not-in-contract' };
}
