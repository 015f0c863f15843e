import * as z from 'zod';

/* What terminals may send, read from docs/wallet-api.yaml and apart from the terminal's own codec. */

const uuidV7 = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const positive = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const phone = z.string().regex(/^\+\d{8,15}$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const terminalNumber = z.string().min(1).max(20);
const day = z.iso.date();
const notes = z.array(z.object({ denominationMinor: positive, count: positive })).max(50);
const anchor = z.object({ sequence: z.number().int().min(0), head: z.string().regex(/^[0-9a-f]{64}$/) });
const doubtfulNotes = z
  .array(z.object({ noteId: uuidV7, operationId: uuidV7.optional(), denominationMinor: positive.optional() }))
  .max(1_000);

export const checkBody = z.object({ wallet: phone });

export const topUpBody = z
  .object({
    operationId: uuidV7,
    wallet: phone,
    amountMinor: positive,
    currency,
    terminalNumber,
    operationNumber: z.string().min(1).max(40),
    openedAt: time,
    closedAt: time,
    notes,
    supplementOf: uuidV7.optional(),
    holdId: z.string().max(100).optional(),
  })
  .refine(
    (body) =>
      body.notes.reduce((sum, note) => sum + note.denominationMinor * note.count, 0) === body.amountMinor,
    {
      message: 'the notes do not make the amount',
    },
  );
export type TopUpBody = z.infer<typeof topUpBody>;

export const batchBody = z.object({ items: z.array(z.unknown()).min(1).max(500) });

export const voidBody = z.object({
  operationId: uuidV7,
  wallet: phone,
  amountMinor: positive,
  currency,
  terminalNumber,
  reason: z.string().max(500),
});
export type VoidBody = z.infer<typeof voidBody>;

const deviceText = z.string().max(120).optional();
const wholeCount = z.number().int().min(0);

const conditionBody = z.strictObject({
  build: z.string().min(1).max(120),
  startedAt: time,
  state: z.enum(['free', 'in-use', 'in-service', 'out-of-service']),
  why: z.string().max(80).optional(),
  alarms: z.array(z.strictObject({ alarm: z.string().max(80), subject: z.string().max(120) })).max(1_000),
  acceptor: z.strictObject({
    connected: z.boolean(),
    enabled: z.boolean(),
    faults: z.array(z.string().max(80)).max(50),
    protocol: deviceText,
    model: deviceText,
    serialNumber: deviceText,
    firmware: deviceText,
  }),
  printer: z.strictObject({ ready: z.boolean(), paperLow: z.boolean(), fault: deviceText }),
  cassetteNumber: z.string().max(60).optional(),
  diskFreePercent: z.number().min(0).max(100).optional(),
  clockOffsetMs: z.number().int().optional(),
  cassette: z
    .strictObject({
      periodNumber: wholeCount,
      openedAt: time,
      notes,
      sumMinor: amount,
      notesInDoubt: wholeCount,
    })
    .optional(),
  queue: z
    .strictObject({
      waiting: wholeCount,
      accepted: wholeCount,
      stopped: wholeCount,
      oldestClosedAt: time.optional(),
    })
    .optional(),
  unknownNotes: wholeCount.optional(),
  lastPaymentAt: time.optional(),
  lastCreditedAt: time.optional(),
});

export const eventsBody = z.object({
  terminalNumber,
  sentAt: time,
  anchor,
  events: z
    .array(
      z.object({
        eventId: uuidV7,
        occurredAt: time,
        name: z.string().min(1).max(80),
        severity: z.enum(['info', 'warning', 'alarm']),
        fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      }),
    )
    .max(500),
  condition: conditionBody.optional(),
});

export const collectionBody = z.object({
  periodId: uuidV7,
  terminalNumber,
  periodNumber: z.number().int().min(0),
  openedAt: time,
  closedAt: time,
  closing: z.enum(['collected', 'unannounced']),
  cassetteId: z.string().max(60).optional(),
  collectorId: z.string().max(60).optional(),
  currency,
  notes,
  sumMinor: amount,
  doubtfulNotes,
  anchor,
});

export const claimBody = z.object({
  claimId: uuidV7,
  terminalNumber,
  claimNumber: z.string().min(1).max(40),
  operationId: uuidV7,
  operationNumber: z.string().min(1).max(40),
  wallet: phone,
  currency,
  certainMinor: amount,
  doubtfulNotes,
  openedAt: time,
});

export const registerBody = z.object({
  terminalNumber,
  day,
  currency,
  count: z.number().int().min(0),
  sumMinor: amount,
  items: z.array(z.object({ operationId: uuidV7, amountMinor: positive })).max(20_000),
});

export const dayParameter = day;
export const operationIdParameter = uuidV7;

export const pairBody = z.object({
  terminalNumber,
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  right: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('code'), code: z.string().max(40) }),
    z.object({ kind: z.literal('endorsement'), keyId: z.string().max(60), signature: z.string().max(120) }),
  ]),
});
export type PairBody = z.infer<typeof pairBody>;
