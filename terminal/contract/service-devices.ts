import * as z from 'zod/mini';
import { digitCount, who } from './service-parts.ts';

/* The diagnostics page, and what is looked at before leaving, as they pass to the screen. */

const device = z.enum(['acceptor', 'printer', 'screen', 'backend', 'disk', 'clock']);

const deviceFact = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.enum(['model', 'serialNumber', 'firmware', 'protocol']), text: z.string() }),
  z.strictObject({ fact: z.enum(['noteCount', 'waitingCount', 'slipsOnRoll']), count: digitCount }),
  z.strictObject({ fact: z.literal('rejectedNotes'), count: digitCount, of: digitCount }),
  z.strictObject({ fact: z.enum(['lastContact', 'terminalTime', 'rollSince']), atMs: digitCount }),
  z.strictObject({ fact: z.literal('paper'), paper: z.enum(['enough', 'low', 'out']) }),
]);

const slip = z.enum(['none', 'printing', 'printed', 'failed', 'unknown']);

/** A trial and what has come of it so far. */
const trial = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('notes'),
    /** The acceptor takes the next note to look at. */
    isOpen: z.boolean(),
    /** The last few, in the order they came; no value for one that the acceptor has turned away. */
    notes: z.readonly(
      z.array(
        z.strictObject({
          valueMinor: z.optional(digitCount),
          fate: z.enum(['shown', 'returned', 'rejected']),
        }),
      ),
    ),
  }),
  z.strictObject({ kind: z.literal('page'), print: slip }),
  z.strictObject({
    kind: z.literal('link'),
    /** Absent while the answer is awaited. */
    outcome: z.optional(
      z.strictObject({
        steps: z.readonly(
          z.array(
            z.strictObject({
              step: z.enum(['resolve', 'connect', 'tls', 'answer', 'signature']),
              state: z.enum(['passed', 'failed', 'not-reached']),
            }),
          ),
        ),
        tookMs: digitCount,
        /** How far this clock is ahead of the backend's, whole seconds; below zero if it is behind. */
        aheadSeconds: z.optional(z.int()),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal('ledger'),
    outcome: z.optional(z.strictObject({ freeMegabytes: digitCount, isWhole: z.boolean() })),
  }),
  z.strictObject({
    kind: z.literal('touch'),
    /** Absent while a finger goes over the glass. */
    outcome: z.optional(z.strictObject({ cells: digitCount, dead: digitCount })),
  }),
  z.strictObject({ kind: z.literal('picture'), outcome: z.optional(z.enum(['even', 'flawed'])) }),
]);

export const devicesPage = z.strictObject({
  kind: z.literal('devices'),
  who,
  devices: z.readonly(z.array(z.strictObject({ device, isWell: z.boolean() }))),
  chosen: z.strictObject({
    device,
    /** What is wrong with it now, by name. */
    faults: z.readonly(z.array(z.string())),
    /** What it is and what it has done: only what is known. */
    facts: z.readonly(z.array(deviceFact)),
    /** What it complained of, newest first; absent until it has been read. */
    troubles: z.optional(
      z.readonly(z.array(z.strictObject({ atMs: digitCount, alarm: z.string(), fault: z.string() }))),
    ),
  }),
  test: z.optional(trial),
  fault: z.optional(z.literal('unreadable')),
});

export const paperPage = z.strictObject({
  kind: z.literal('paper'),
  who,
  /** The printer has paper and its cover is shut. */
  isReady: z.boolean(),
  /** What it misses, by name. */
  why: z.optional(z.string()),
  print: slip,
});

export const leavingPage = z.strictObject({
  kind: z.literal('leaving'),
  who,
  checks: z.readonly(
    z.array(
      z.strictObject({
        check: z.enum(['cassette', 'acceptor', 'path', 'printer', 'collection']),
        /** What is wrong, by name; absent if it is in order. */
        why: z.optional(z.string()),
      }),
    ),
  ),
});
