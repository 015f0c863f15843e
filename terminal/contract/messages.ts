import * as z from 'zod/mini';

/*
 * All that passes between the terminal and its screen. Down: one whole view per change, never a patch. Up: presses of
 * offers. Both as JSON text, so that Electron's port and the loopback WebSocket carry the same characters; each side
 * decodes and checks what it gets. Written in zod's small dialect: the screen's first load carries it.
 */

export const contractLimits = {
  /** No press needs more. */
  pressTextMax: 512,
  viewTextMax: 65_536,
  /** Faster than any finger. */
  pressesPerSecondMax: 30,
  rememberedPressIds: 256,
} as const;

const amount = z.int().check(z.nonnegative());
const language = z.enum(['kk', 'ru', 'en', 'sw']);

export const actionSchema = z.enum([
  'start',
  'choose-top-up',
  'digit',
  'delete-digit',
  'clear',
  'next',
  'back',
  'retry',
  'change-number',
  'confirm',
  'without-paper',
  'target',
  'pay',
  'cancel',
  'continue',
  'done',
  'top-up-again',
  'check-payment',
  'other-way',
  'day',
  'print-copy',
  'open-help',
  'open-languages',
  'close-overlay',
  'language',
  'easy-mode',
  'more-time',
  // What staff can ask for.
  'staff-knock',
  'staff-digit',
  'staff-delete',
  'staff-next',
  'staff-open',
  'staff-back',
  'staff-stay',
  'staff-leave',
  'staff-reveal',
  'staff-begin',
  'staff-slip',
  'staff-emptied',
  'staff-list',
  'staff-older',
  'staff-newer',
  'staff-find',
  'staff-pick',
  'staff-send',
  'staff-void',
  'staff-copy',
  'staff-propose',
  'staff-reason',
  'staff-confirm',
  'staff-person',
  'staff-day',
  'staff-count',
  'staff-seal',
  'staff-device',
  'staff-test',
  'staff-tested',
  'staff-paper',
  'staff-switch',
]);

/** A button that may be pressed now. It lives as long as the screen it stands on. */
const offerSchema = z.strictObject({ offerId: z.string(), action: actionSchema });

const frameSchema = z.strictObject({
  terminalNumber: z.string(),
  supportPhone: z.string(),
  language,
  languages: z.readonly(z.array(language)),
  easyMode: z.boolean(),
  moreTime: z.boolean(),
  /** Simulated devices or backend: said on every screen. */
  simulated: z.boolean(),
  panel: z.strictObject({
    /** Layout pixels in a millimetre of glass. */
    pixelsPerMm: z.number().check(z.positive()),
    noteSlot: z.enum(['below', 'left', 'right']),
    receiptSlot: z.enum(['below', 'left', 'right']),
  }),
});

const noteKind = z.strictObject({ valueMinor: amount, fits: z.boolean() });

const noteState = z.enum(['stacked', 'returned', 'unknown']);

export const blockSchema = z.enum([
  'storage',
  'crash-loop',
  'clock',
  'ledger',
  'collection',
  'acceptor-absent',
  'acceptor-fault',
  'cassette',
  'answers-wrong',
  'closed',
  'service-mode',
]);

const resultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('credited') }),
  z.strictObject({ kind: z.literal('accepted'), byMs: z.optional(amount), late: z.boolean() }),
  z.strictObject({ kind: z.literal('needs-help'), claimNumber: z.string() }),
]);

const screenSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('one-moment') }),
  z.strictObject({ kind: z.literal('attract'), denominations: z.readonly(z.array(amount)) }),
  z.strictObject({ kind: z.literal('out-of-service'), reason: blockSchema }),
  z.strictObject({ kind: z.literal('service') }),
  z.strictObject({
    kind: z.literal('number'),
    digits: z.string(),
    again: z.boolean(),
    /** The second entry stands in for a check that the connection does not allow. */
    offline: z.boolean(),
    swallowedPrefix: z.boolean(),
    fault: z.optional(z.enum(['number-invalid', 'numbers-differ'])),
  }),
  z.strictObject({ kind: z.literal('checking') }),
  z.strictObject({
    kind: z.literal('check-failed'),
    reason: z.enum(['wallet-unknown', 'wallet-blocked', 'limit-used', 'check-failed', 'too-many-checks']),
  }),
  z.strictObject({
    kind: z.literal('confirm'),
    /** The whole number: shown here and nowhere else. */
    wallet: z.string(),
    holderMasked: z.optional(z.string()),
    limitMinor: amount,
    denominations: z.readonly(z.array(amount)),
    offline: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('no-paper') }),
  z.strictObject({
    kind: z.literal('cash'),
    walletMasked: z.string(),
    holderMasked: z.optional(z.string()),
    insertedMinor: amount,
    roomMinor: amount,
    targetMinor: z.optional(amount),
    /** In the order they came. */
    countedMinor: z.readonly(z.array(amount)),
    denominations: z.readonly(z.array(noteKind)),
    /** The acceptor takes the next note now: its mouth is lit. */
    isAcceptorOpen: z.boolean(),
    note: z.enum(['none', 'reading', 'coming-back', 'in-mouth']),
    comingBack: z.optional(z.enum(['unreadable', 'kind-not-accepted', 'over-limit', 'not-now'])),
    comingBackCount: amount,
    nudged: z.boolean(),
    /** Why no note is taken just now; what was inserted is recorded. */
    stopped: z.optional(blockSchema),
  }),
  z.strictObject({
    kind: z.literal('counting'),
    insertedMinor: amount,
    note: z.enum(['reading', 'in-mouth']),
  }),
  z.strictObject({ kind: z.literal('paying'), amountMinor: amount, willPrint: z.boolean() }),
  z.strictObject({
    kind: z.literal('result'),
    result: resultSchema,
    amountMinor: amount,
    operationNumber: z.string(),
    qr: z.string(),
    walletMasked: z.string(),
    holderMasked: z.optional(z.string()),
    closedAtMs: amount,
    notes: z.readonly(z.array(z.strictObject({ valueMinor: z.optional(amount), state: noteState }))),
    print: z.enum(['none', 'printing', 'printed', 'not-printed']),
  }),
  z.strictObject({
    kind: z.literal('find'),
    field: z.enum(['number', 'last-four', 'phone', 'amount', 'day']),
    digits: z.string(),
    isLooking: z.boolean(),
    fault: z.optional(z.enum(['number-wrong', 'not-found', 'too-many'])),
  }),
  z.strictObject({
    kind: z.literal('found'),
    result: resultSchema,
    amountMinor: amount,
    closedAtMs: amount,
    canPrint: z.boolean(),
    print: z.enum(['none', 'printing', 'printed', 'not-printed']),
  }),
  /** Its pages have a schema of their own (`service-mode.ts`), which only those who open it load. */
  z.strictObject({ kind: z.literal('service-mode'), page: z.record(z.string(), z.unknown()) }),
]);

const questionSchema = z.strictObject({
  /** What silence leads to: nothing was paid in, or the money goes to this wallet. */
  silence: z.enum(['closes', 'pays']),
  endsInMs: amount,
});

export const viewSchema = z.strictObject({
  frame: frameSchema,
  overlay: z.optional(z.enum(['help', 'language'])),
  question: z.optional(questionSchema),
  screen: screenSchema,
  offers: z.readonly(z.array(offerSchema)),
});

export type ScreenView = Readonly<z.infer<typeof viewSchema>>;
export type Screen = ScreenView['screen'];
export type Offer = ScreenView['offers'][number];

export const downSchema = z.strictObject({
  kind: z.literal('view'),
  /** Rises with every view of one connection. */
  revision: amount,
  view: viewSchema,
});

export type DownMessage = Readonly<z.infer<typeof downSchema>>;

export const upSchema = z.strictObject({
  kind: z.literal('press'),
  /** Made by the screen, new for every touch: the same touch told twice counts once. */
  pressId: z.string().check(z.minLength(1), z.maxLength(64)),
  offerId: z.string().check(z.minLength(1), z.maxLength(64)),
  /** Which of an offer's choices: a digit, a language, an amount. */
  value: z.optional(z.string().check(z.maxLength(32))),
});

export type UpMessage = Readonly<z.infer<typeof upSchema>>;
