import * as z from 'zod/mini';
import { blockSchema } from './messages.ts';
import { devicesPage, leavingPage, paperPage } from './service-devices.ts';
import { digitCount, who } from './service-parts.ts';

/*
 * The pages of service mode, as they pass to the screen. Apart from the customer's: only those who open service mode load
 * them. Nothing here holds a PIN, a whole phone or a balance.
 */

const padOrder = z.readonly(z.array(z.string()));

const section = z.enum(['devices', 'collection', 'collections', 'operations', 'notes', 'audit']);

/** Nobody may try again for so long. */
const lockedForMs = z.optional(digitCount);

/** The three signs that customers know, and none for what has no end of its own. */
const sign = z.enum(['credited', 'on-its-way', 'needs-help', 'none']);

/** One operation as the money desk lists it: no phone, no name. */
const operationLine = {
  operationNumber: z.string(),
  atMs: digitCount,
  amountMinor: z.optional(digitCount),
  sign,
  /** What it is waiting for or how it ended, in one word. */
  state: z.string(),
  /** Why, as the backend or the line told it. */
  reason: z.optional(z.string()),
  attempts: digitCount,
  nextTryAtMs: z.optional(digitCount),
};

/** What happened, who did it, and why. */
const historyRow = z.strictObject({
  sequence: digitCount,
  atMs: digitCount,
  kind: z.string(),
  by: z.optional(z.string()),
  why: z.optional(z.string()),
});

const resolution = z.enum(['stacked', 'returned', 'void']);
const settlementWay = z.enum(['by-hand', 'rerouted']);
const proposalOf = <Way extends typeof resolution | typeof settlementWay>(way: Way) =>
  z.optional(z.strictObject({ as: way, by: z.string(), reason: z.string() }));

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
    /** Taken out of service on purpose, whatever is wrong besides. */
    isClosed: z.boolean(),
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
    sections: z.readonly(z.array(section)),
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
    /** The slip as a square code, while somebody wants to see it and none has come out. */
    slipCode: z.optional(z.string()),
    cassetteNumber: z.string(),
    fault: z.optional(z.enum(['unreadable', 'number-short', 'same-cassette', 'unknown-cassette'])),
  }),
  z.strictObject({
    kind: z.literal('operations'),
    who,
    list: z.enum(['all', 'waiting', 'stopped', 'for-a-person', 'found']),
    /** Absent until they have been read. */
    operations: z.optional(z.readonly(z.array(z.strictObject(operationLine)))),
    fault: z.optional(z.literal('unreadable')),
  }),
  z.strictObject({
    kind: z.literal('find-operation'),
    who,
    by: z.enum(['number', 'last-four', 'time']),
    digits: z.string(),
    isLooking: z.boolean(),
    fault: z.optional(z.enum(['number-wrong', 'time-wrong', 'not-found'])),
  }),
  z.strictObject({
    kind: z.literal('operation'),
    who,
    /** Absent until it has been read. */
    operation: z.optional(
      z.strictObject({
        ...operationLine,
        notes: z.readonly(
          z.array(
            z.strictObject({
              valueMinor: z.optional(digitCount),
              state: z.enum(['stacked', 'returned', 'unknown']),
            }),
          ),
        ),
        history: z.readonly(z.array(historyRow)),
        proposal: proposalOf(settlementWay),
        /** The proposal waits for another person than this one. */
        isOwnProposal: z.boolean(),
      }),
    ),
    print: z.enum(['none', 'printing', 'printed', 'failed', 'unknown']),
    asking: z.optional(
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('void') }),
        z.strictObject({
          kind: z.literal('reason'),
          as: settlementWay,
          reasons: z.readonly(z.array(z.string())),
        }),
        z.strictObject({ kind: z.literal('wallet'), digits: z.string(), isSecondPerson: z.boolean() }),
      ]),
    ),
    fault: z.optional(
      z.enum([
        'unreadable',
        'number-wrong',
        'not-voided',
        'nothing-proposed',
        'same-person',
        'same-wallet',
        'wallets-differ',
      ]),
    ),
  }),
  z.strictObject({
    kind: z.literal('collections'),
    who,
    periods: z.optional(
      z.readonly(
        z.array(
          z.strictObject({
            periodNumber: digitCount,
            closedAtMs: digitCount,
            how: z.enum(['collected', 'unannounced']),
            noteCount: digitCount,
            isCounted: z.boolean(),
          }),
        ),
      ),
    ),
    fault: z.optional(z.literal('unreadable')),
  }),
  z.strictObject({
    kind: z.literal('collected'),
    who,
    periodNumber: digitCount,
    closedAtMs: digitCount,
    noteCount: digitCount,
    cassetteNumber: z.optional(z.string()),
    sealNumber: z.optional(z.string()),
    bagNumber: z.optional(z.string()),
    countedBy: z.optional(z.string()),
    /** Only while somebody wants to see them. The difference is what was found less what the counters say. */
    sums: z.optional(
      z.readonly(
        z.array(
          z.strictObject({
            valueMinor: digitCount,
            count: digitCount,
            found: z.optional(digitCount),
            difference: z.optional(z.int()),
          }),
        ),
      ),
    ),
    slip: z.enum(['none', 'printing', 'printed', 'failed', 'unknown']),
    /** An original has come out before: the next one is a copy. */
    hasSlip: z.boolean(),
    /** The slip as a square code, while somebody wants to see it and none has come out. */
    slipCode: z.optional(z.string()),
    typing: z.optional(
      z.strictObject({
        field: z.enum(['count', 'seal', 'bag']),
        valueMinor: z.optional(digitCount),
        digits: z.string(),
      }),
    ),
  }),
  devicesPage,
  leavingPage,
  paperPage,
  z.strictObject({
    kind: z.literal('audit'),
    who,
    group: z.enum(['people', 'money', 'machine']),
    staffId: z.optional(z.string()),
    /** When the day that is shown began; absent for all days. */
    dayMs: z.optional(digitCount),
    /** Absent until they have been read. */
    rows: z.optional(z.readonly(z.array(z.extend(historyRow, { amountMinor: z.optional(digitCount) })))),
    fault: z.optional(z.literal('unreadable')),
  }),
  z.strictObject({
    kind: z.literal('notes'),
    who,
    /** How many there are; absent until they have been read. */
    count: z.optional(digitCount),
    index: digitCount,
    note: z.optional(
      z.strictObject({
        valueMinor: z.optional(digitCount),
        sinceMs: digitCount,
        /** Absent when it appeared without a record. */
        why: z.optional(z.string()),
        operationNumber: z.optional(z.string()),
        periodNumber: z.optional(digitCount),
        proposal: proposalOf(resolution),
        isOwnProposal: z.boolean(),
      }),
    ),
    /** What is being proposed; a reason is chosen next. */
    as: z.optional(resolution),
    reasons: z.readonly(z.array(z.string())),
    fault: z.optional(
      z.enum([
        'unreadable',
        'name-missing',
        'reason-missing',
        'nothing-proposed',
        'same-person',
        'operation-open',
        'period-missing',
      ]),
    ),
  }),
]);

export const serviceModeSchema = z.strictObject({
  page: pageSchema,
  /** Nobody has touched anything: closes by itself in so long. */
  closesInMs: z.optional(digitCount),
});

export type ServiceModeView = Readonly<z.infer<typeof serviceModeSchema>>;
export type ServicePageView = ServiceModeView['page'];
