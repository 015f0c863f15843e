import * as z from 'zod/mini';
import { blockSchema } from './messages.ts';

/*
 * The pages of service mode, as they pass to the screen. Apart from the customer's: only those who open service mode load
 * them. Nothing here holds a PIN, a whole phone or a balance.
 */

const digitCount = z.int().check(z.nonnegative());
const padOrder = z.readonly(z.array(z.string()));

const role = z.enum(['technician', 'collector', 'administrator', 'auditor']);
const who = z.strictObject({ staffId: z.string(), role });

/** Nobody may try again for so long. */
const lockedForMs = z.optional(digitCount);

const pageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('try-later') }),
  z.strictObject({
    kind: z.literal('enrol'),
    typed: digitCount,
    of: digitCount,
    isChecking: z.boolean(),
    isRefused: z.boolean(),
    lockedForMs,
  }),
  z.strictObject({
    kind: z.literal('sign-in'),
    field: z.enum(['id', 'pin']),
    id: z.string(),
    typed: digitCount,
    of: digitCount,
    order: padOrder,
    isChecking: z.boolean(),
    isRefused: z.boolean(),
    lockedForMs,
  }),
  z.strictObject({
    kind: z.literal('choose-pin'),
    isAgain: z.boolean(),
    typed: digitCount,
    of: digitCount,
    order: padOrder,
    isChecking: z.boolean(),
    fault: z.optional(z.enum(['guessable', 'differs'])),
  }),
  z.strictObject({
    kind: z.literal('home'),
    who,
    /** Why no cash is taken; absent if all is well. */
    trouble: z.optional(blockSchema),
    devices: z.readonly(
      z.array(
        z.strictObject({
          device: z.enum(['acceptor', 'printer']),
          name: z.optional(z.string()),
          isReady: z.boolean(),
          faults: z.readonly(z.array(z.string())),
        }),
      ),
    ),
    /** Newest first; absent until they have been read. */
    events: z.optional(
      z.readonly(z.array(z.strictObject({ atMs: digitCount, kind: z.string(), about: z.string() }))),
    ),
    sections: z.readonly(z.array(z.enum(['collection']))),
  }),
  z.strictObject({
    kind: z.literal('collection'),
    who,
    stage: z.enum(['review', 'begun', 'emptied']),
    /** Absent until it has been read. */
    period: z.optional(
      z.strictObject({
        periodNumber: digitCount,
        openedAtMs: digitCount,
        noteCount: digitCount,
        inDoubtCount: digitCount,
        /** Only while the collector wants to see them. */
        sums: z.optional(
          z.strictObject({
            totalMinor: digitCount,
            counts: z.readonly(z.array(z.strictObject({ valueMinor: digitCount, count: digitCount }))),
          }),
        ),
      }),
    ),
    isCassetteOut: z.boolean(),
    slip: z.enum(['none', 'printing', 'printed', 'failed', 'unknown']),
    cassetteNumber: z.string(),
    fault: z.optional(z.enum(['unreadable', 'number-short', 'same-cassette'])),
  }),
]);

export const serviceModeSchema = z.strictObject({
  page: pageSchema,
  /** Nobody has touched anything: closes by itself in so long. */
  closesInMs: z.optional(digitCount),
});

export type ServiceModeView = Readonly<z.infer<typeof serviceModeSchema>>;
export type ServicePageView = ServiceModeView['page'];
