import * as z from 'zod/mini';
import { digitCount, who } from './service-parts.ts';

/* The diagnostics page as it passes to the screen. */

const device = z.enum(['acceptor', 'printer', 'backend', 'disk', 'clock']);

const deviceFact = z.discriminatedUnion('fact', [
  z.strictObject({ fact: z.enum(['model', 'serialNumber', 'firmware', 'protocol']), text: z.string() }),
  z.strictObject({ fact: z.enum(['noteCount', 'waitingCount']), count: digitCount }),
  z.strictObject({ fact: z.literal('rejectedNotes'), count: digitCount, of: digitCount }),
  z.strictObject({ fact: z.enum(['lastContact', 'terminalTime']), atMs: digitCount }),
  z.strictObject({ fact: z.literal('paper'), paper: z.enum(['enough', 'low', 'out']) }),
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
  fault: z.optional(z.literal('unreadable')),
});
