import { z } from 'zod';
import { walletFaultKinds, walletFaultPlanSchema } from '../wallet/faults.ts';

/*
 * All that passes between the dock's page and the simulated world, as JSON text on one WebSocket. It has nothing in
 * common with the customer's screen: a dock can do what hands, plugs and bad luck do, never what the terminal decides.
 */

export const dockLimits = {
  /** No command needs more. */
  commandTextMax: 1_024,
  /** How many of the latest are shown. */
  happeningsMax: 40,
  slipsMax: 12,
  topUpsMax: 12,
  entriesMax: 24,
  logLinesMax: 80,
  traceLinesMax: 80,
} as const;

export const tengeNotes = [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000] as const;

export const acceptorActions = [
  ...['take', 'pull', 'jam', 'jam cassette', 'clear', 'clear taken'],
  ...['cassette out', 'cassette in', 'cassette swap', 'cassette full'],
  ...['power off', 'power on', 'unplug', 'replug'],
] as const;

export const printerActions = [
  ...['paper out', 'paper low', 'paper in', 'paper jam', 'paper clear', 'cover open', 'cover close'],
  ...['cutter jam', 'cutter clear', 'head hot', 'head cool', 'take'],
  ...['power off', 'power on', 'unplug', 'replug'],
] as const;

// ---------------------------------------------------------------- up: what hands do

const noteSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tenge'),
    tenge: z.literal(tengeNotes),
    condition: z.enum(['good', 'unreadable', 'doubtful']),
  }),
  z.strictObject({ kind: z.literal('foreign') }),
]);

export const awayMinutes = [10, 60, 24 * 60] as const;

export const commandSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('insert'), note: noteSchema }),
  z.strictObject({ kind: z.literal('acceptor'), action: z.enum(acceptorActions) }),
  z.strictObject({ kind: z.literal('printer'), action: z.enum(printerActions) }),
  /** Replaces a fault of the same kind. */
  z.strictObject({ kind: z.literal('fault-on'), plan: z.strictObject(walletFaultPlanSchema.shape) }),
  z.strictObject({ kind: z.literal('fault-off'), fault: z.enum(walletFaultKinds) }),
  z.strictObject({ kind: z.literal('network'), plugged: z.boolean() }),
  /** Puts right whatever hands and switches have done, as a technician would. */
  z.strictObject({ kind: z.literal('mend-all') }),
  z.strictObject({ kind: z.literal('kill-host') }),
  /** Switches the terminal off, lets a collector answer for a pulled cassette, and switches it on again. */
  z.strictObject({ kind: z.literal('cassette-seen') }),
  /** Switches the terminal off, lets the world's clock run ahead, and switches it on again. */
  z.strictObject({ kind: z.literal('away'), minutes: z.literal(awayMinutes) }),
]);

export type DockCommand = Readonly<z.infer<typeof commandSchema>>;
export type HandNote = Readonly<z.infer<typeof noteSchema>>;
export type AcceptorAction = (typeof acceptorActions)[number];
export type PrinterAction = (typeof printerActions)[number];

// ---------------------------------------------------------------- down: how the world is

const count = z.number().int().nonnegative();

const acceptorSchema = z.strictObject({
  powered: z.boolean(),
  plugged: z.boolean(),
  cassette: z.enum(['in', 'full', 'out']),
  cassetteNotes: count,
  jam: z.enum(['none', 'head', 'cassette']),
  /** The note inside the machine, in words; empty if there is none. */
  inside: z.string(),
  /** The note sticking out of the slot. */
  inMouth: z.string(),
});

const printerSchema = z.strictObject({
  powered: z.boolean(),
  plugged: z.boolean(),
  paper: z.enum(['plenty', 'low', 'out']),
  paperStuck: z.boolean(),
  coverOpen: z.boolean(),
  cutterStuck: z.boolean(),
  headHot: z.boolean(),
});

const slipSchema = z.strictObject({
  number: count,
  /** Where its picture is, on the dock's own server; absent until it has been taken. */
  picture: z.string().optional(),
  atMs: count,
  where: z.enum(['hanging', 'taken', 'swallowed', 'dropped']),
});

const walletSchema = z.strictObject({
  phone: z.string(),
  holderName: z.string().nullable(),
  state: z.enum(['open', 'blocked', 'closed']),
  balanceMinor: z.number().int(),
});

const topUpSchema = z.strictObject({
  operationId: z.string(),
  wallet: z.string(),
  amountMinor: count,
  state: z.enum(['accepted', 'refused', 'credited', 'voided']),
});

const entrySchema = z.strictObject({
  cause: z.string(),
  account: z.string(),
  amountMinor: z.number().int(),
  postedMs: count,
});

const traceLineSchema = z.strictObject({
  id: count,
  from: z.enum(['host', 'device']),
  hex: z.string(),
  /** What they mean; empty where the dock does not know. */
  words: z.string(),
  count,
  times: count,
});

const happeningSchema = z.strictObject({
  id: count,
  atMs: count,
  where: z.enum(['acceptor', 'printer', 'wallet', 'terminal', 'network']),
  text: z.string(),
});

export const worldSchema = z.strictObject({
  screenUrl: z.string(),
  host: z.enum(['starting', 'running', 'ended', 'away']),
  hostStarts: count,
  /** How far the simulated world's clock is ahead of this machine's. */
  aheadMs: count,
  acceptor: acceptorSchema,
  printer: printerSchema,
  networkPlugged: z.boolean(),
  faults: z.array(walletFaultPlanSchema),
  wallets: z.array(walletSchema),
  topUps: z.array(topUpSchema),
  entries: z.array(entrySchema),
  claims: count,
  slips: z.array(slipSchema),
  happenings: z.array(happeningSchema),
});

const linesSchema = z.strictObject({
  acceptorTrace: z.array(traceLineSchema),
  printerTrace: z.array(traceLineSchema),
  log: z.array(z.string()),
});

const downSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('world'), world: worldSchema }),
  z.strictObject({ kind: z.literal('lines'), lines: linesSchema }),
]);

export type World = Readonly<z.infer<typeof worldSchema>>;
export type AcceptorState = Readonly<z.infer<typeof acceptorSchema>>;
export type PrinterState = Readonly<z.infer<typeof printerSchema>>;
export type SlipState = Readonly<z.infer<typeof slipSchema>>;
export type TraceLine = Readonly<z.infer<typeof traceLineSchema>>;
export type Happening = Readonly<z.infer<typeof happeningSchema>>;
export type WorldLines = Readonly<z.infer<typeof linesSchema>>;
export type DockMessage = Readonly<z.infer<typeof downSchema>>;

/** A command as the dock reads it; `undefined` for anything else. */
export function decodeCommand(text: string): DockCommand | undefined {
  return text.length > dockLimits.commandTextMax ? undefined : decode(text, commandSchema);
}

/** What the page is told; `undefined` for anything else. */
export function decodeDockMessage(text: string): DockMessage | undefined {
  return decode(text, downSchema);
}

function decode<Message>(text: string, schema: z.ZodType<Message>): Message | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
