import * as z from 'zod';
import { isMinor, type Minor } from '../money.ts';

/* The pieces of which the answers on the wire are made. Fields not named here are ignored, so the contract can grow. */

/** RFC 3339 in; milliseconds since 1970 out. */
export const wireTime = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export const wireMinor = z.custom<Minor>(isMinor);

export const wireAnchor = z.object({
  sequence: z.number().int().nonnegative(),
  head: z.string().regex(/^[0-9a-f]{64}$/),
});

export const wireCurrency = z.literal('KZT');

export function timeToWire(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
