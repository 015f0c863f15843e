import * as z from 'zod';
import { type CallName, callNames } from './call-names.ts';

/* What the backend can be told to do wrong. Each fault is lasting unless given a number of times, and may be for one call only. */

const milliseconds = z.number().int().min(0);

const faultSchema = z.discriminatedUnion('kind', [
  /** Every answer waits this long, before anything is applied. */
  z.object({ kind: z.literal('slow'), delayMs: milliseconds }),
  /** Every answer waits its own random time after it was applied, so later ones overtake; batch items are shuffled. */
  z.object({ kind: z.literal('reorder'), delayMsMax: milliseconds }),
  /** A signed problem: `internal-error`. */
  z.object({ kind: z.literal('server-error') }),
  /** A proxy's own page, unsigned, before the backend was reached. */
  z.object({ kind: z.literal('gateway-error'), status: z.number().int().min(400).max(599) }),
  z.object({ kind: z.literal('too-many-requests'), retryAfterS: z.number().int().min(0) }),
  z.object({ kind: z.literal('drop-before') }),
  z.object({ kind: z.literal('drop-after') }),
  /** Applied; half of the answer leaves, the rest later or, without `forMs`, never. */
  z.object({ kind: z.literal('stall'), forMs: milliseconds.optional() }),
  z.object({ kind: z.literal('refuse'), reason: z.string(), retryable: z.boolean() }),
  /** Takes operations on and credits them later; `promises` says until when. */
  z.object({ kind: z.literal('accept'), creditAfterMs: milliseconds, promises: z.boolean() }),
  z.object({ kind: z.literal('wrong-id') }),
  z.object({ kind: z.literal('wrong-amount') }),
  z.object({ kind: z.literal('wrong-wallet') }),
  /**
   * Nothing is applied, and the answer says credited: unsigned, badly signed, or well signed but about something else.
   */
  z.object({
    kind: z.literal('forged'),
    by: z.enum(['nobody', 'stranger', 'backend']),
    differs: z.enum(['operationId', 'amountMinor', 'wallet']).optional(),
  }),
  z.object({ kind: z.literal('bad-signature') }),
  z.object({ kind: z.literal('unsigned') }),
  /** The network brings the request twice and the terminal hears the second answer; batch items come twice. */
  z.object({ kind: z.literal('duplicate') }),
  z.object({ kind: z.literal('clock-skew'), offsetMs: z.number().int() }),
]);

export type WalletFault = z.infer<typeof faultSchema>;
export type WalletFaultKind = WalletFault['kind'];

export const walletFaultKinds: readonly WalletFaultKind[] = faultSchema.options.map(
  (option) => option.shape.kind.value,
);

export const walletFaultPlanSchema = z.object({
  fault: faultSchema,
  times: z.number().int().min(1).optional(),
  call: z.enum(callNames).optional(),
});

/** A fault with its scope. */
export type WalletFaultPlan = z.infer<typeof walletFaultPlanSchema>;

export interface WalletFaults {
  /** Switches a fault on; the returned function switches it off again. */
  add(fault: WalletFault, scope?: Omit<WalletFaultPlan, 'fault'>): () => void;
  /** The same for a command typed by a person or sent by another process; gives what is wrong with it, if anything. */
  addCommand(plan: unknown): string | undefined;
  active(): WalletFaultPlan[];
  /** Switches off all faults, or all of one kind. */
  clear(kind?: WalletFaultKind): void;
}

/** The faults that strike one request. */
export interface StruckFaults {
  get<Kind extends WalletFaultKind>(kind: Kind): Extract<WalletFault, { kind: Kind }> | undefined;
}

interface Planned {
  readonly plan: WalletFaultPlan;
  timesLeft: number;
}

export function createFaults(): WalletFaults & { strike(call: CallName | undefined): StruckFaults } {
  const planned = new Set<Planned>();
  const add: WalletFaults['add'] = (fault, scope = {}) => {
    const entry: Planned = { plan: { fault, ...scope }, timesLeft: scope.times ?? Number.POSITIVE_INFINITY };
    planned.add(entry);
    return () => void planned.delete(entry);
  };
  return {
    add,
    addCommand: (plan) => {
      const parsed = walletFaultPlanSchema.safeParse(plan);
      if (!parsed.success) return z.prettifyError(parsed.error);
      const { fault, ...scope } = parsed.data;
      add(fault, scope);
      return undefined;
    },
    active: () => [...planned].map((entry) => entry.plan),
    clear: (kind) => {
      for (const entry of planned) {
        if (kind === undefined || entry.plan.fault.kind === kind) planned.delete(entry);
      }
    },
    strike: (call) => {
      const struck = [...planned].filter(({ plan }) => plan.call === undefined || plan.call === call);
      for (const entry of struck) {
        entry.timesLeft -= 1;
        if (entry.timesLeft <= 0) planned.delete(entry);
      }
      return { get: (kind) => faultOf(struck, kind) };
    },
  };
}

function faultOf<Kind extends WalletFaultKind>(
  struck: readonly Planned[],
  kind: Kind,
): Extract<WalletFault, { kind: Kind }> | undefined {
  for (const { plan } of struck) {
    if (isOfKind(plan.fault, kind)) return plan.fault;
  }
  return undefined;
}

function isOfKind<Kind extends WalletFaultKind>(
  fault: WalletFault,
  kind: Kind,
): fault is Extract<WalletFault, { kind: Kind }> {
  return fault.kind === kind;
}
