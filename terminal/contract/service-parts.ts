import * as z from 'zod/mini';

/* What the pages of service mode have in common. */

export const digitCount = z.int().check(z.nonnegative());

const role = z.enum(['technician', 'collector', 'administrator', 'auditor']);

export const who = z.strictObject({ staffId: z.string(), role });
