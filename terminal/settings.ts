import { z } from 'zod';
import { acceptorProtocols } from './devices.ts';
import { minorFromTenge } from './money.ts';

/*
 * What an operator sets. Decoded once at start; every fault is named at once, and a terminal with a faulty file
 * keeps its acceptor disabled.
 */

const languageSchema = z.enum(['kk', 'ru', 'en', 'sw']);

/** Whole tenge as people write them in a file; tiyn everywhere else. */
const tengeSchema = z.number().int().positive().max(10_000_000).transform(minorFromTenge);

const percent = z.number().min(1).max(99);

const phoneSchema = z.string().min(3).max(24);

/** A device is named by its stable path (`/dev/serial/by-id/…`), never found by trying every port. */
const lineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('serial'),
    path: z.string().min(1),
    baudRate: z.number().int().optional(),
  }),
  z.strictObject({
    kind: z.literal('tcp'),
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535),
  }),
]);

export type LineSettings = z.infer<typeof lineSchema>;

const settingsSchema = z.strictObject({
  /** Devices and backend are simulated: said on every screen, and possible only with a backend on this machine. */
  simulated: z.boolean().default(false),
  terminal: z.strictObject({
    number: z.string().regex(/^\d{8}$/, 'eight digits'),
    address: z.string().min(1).max(120),
    operatorName: z.string().min(1).max(80),
    operatorBin: z.string().regex(/^\d{12}$/, 'twelve digits'),
    supportPhone: phoneSchema,
  }),
  /** In the order of the buttons; the first is preselected. */
  languages: z.array(languageSchema).min(1).max(4).default(['kk', 'ru', 'en', 'sw']),
  currency: z.literal('KZT').default('KZT'),
  /** The notes taken, in tenge. */
  denominations: z
    .array(tengeSchema)
    .min(1)
    .max(12)
    .default([500, 1_000, 2_000, 5_000, 10_000, 20_000].map(minorFromTenge)),
  limits: z
    .strictObject({
      /** The smallest top-up. */
      minimum: tengeSchema.default(minorFromTenge(500)),
      /** The largest sum taken in one visit. */
      perOperation: tengeSchema.default(minorFromTenge(500_000)),
      /** The largest sum taken while the backend cannot be asked: the lowest legal limit less one note. */
      offline: tengeSchema.default(minorFromTenge(12_000)),
    })
    .prefault({}),
  /** The numbers of the operator's cassettes: no other is let into the machine. None listed: any number will do. */
  cassettes: z
    .array(z.string().regex(/^\d{3,12}$/, 'three to twelve digits'))
    .max(100)
    .default([]),
  offline: z
    .strictObject({
      /** How old the last good contact may be. */
      contactAgeMinutesMax: z.number().int().min(0).max(60).default(15),
      /** How long ago this terminal must have checked the wallet. */
      checkedWithinHours: z.number().int().min(0).max(72).default(24),
    })
    .prefault({}),
  /** How long a credit may take: said on receipts, and watched. */
  promiseMinutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .default(30),
  /** Guards against harvesting holders' names. */
  checks: z
    .strictObject({
      perVisitMax: z.number().int().min(1).max(20).default(5),
      perHourMax: z.number().int().min(1).max(1_000).default(120),
    })
    .prefault({}),
  /** The panel, and where the openings of the cabinet are as seen from it. */
  screen: z
    .strictObject({
      /** Layout pixels in a millimetre of glass: 1920 px on 509 mm of a 23-inch portrait panel are 3.77. */
      pixelsPerMm: z.number().min(1).max(20).default(3.77),
      noteSlot: z.enum(['below', 'left', 'right']).default('below'),
      receiptSlot: z.enum(['below', 'left', 'right']).default('below'),
    })
    .prefault({}),
  receiptLanguages: z.enum(['kk+ru', 'customer']).default('kk+ru'),
  acceptor: z.strictObject({ protocol: z.enum(acceptorProtocols), line: lineSchema }),
  printer: z.strictObject({
    profile: z.string().min(1),
    line: lineSchema,
    /** How long a presenter holds a slip out before it draws it back in; a slip names its owner. */
    slipHeldSeconds: z.int().min(10).max(120).optional(),
  }),
  /** When the office is warned, and how it may look. Shares are in percent. */
  fleet: z
    .strictObject({
      /** Notes that the cassette holds. */
      cassetteNotesMax: z.number().int().min(50).max(10_000).default(1_000),
      cassetteWarningPercent: percent.default(80),
      cassetteCriticalPercent: percent.default(95),
      /** Of the last notes, those that the acceptor itself turned away. */
      rejectedWarningPercent: percent.default(20),
      rejectedCriticalPercent: percent.default(50),
      /** How long a top-up may wait for an answer; beyond `promiseMinutes` it is critical in any case. */
      queueWarningMinutes: z.number().int().min(1).max(1_440).default(10),
      /** How long nobody may have paid. */
      noPaymentWarningHours: z.number().int().min(1).max(720).default(12),
      noPaymentCriticalHours: z.number().int().min(1).max(720).default(24),
      diskFreeWarningPercent: percent.default(15),
      diskFreeCriticalPercent: percent.default(5),
      /** How far the clock may be from the backend's; at five minutes no more notes are taken. */
      clockWarningSeconds: z.number().int().min(5).max(300).default(60),
      /** Where a monitor on this machine finds `/metrics` (Prometheus); without it nothing listens. */
      metricsPort: z.number().int().min(1_024).max(65_535).optional(),
    })
    .prefault({}),
  backend: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    /** What it signs its answers with: Ed25519, raw 32 bytes, base64url. Two during a rotation. */
    publicKeys: z
      .array(z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'an Ed25519 key in base64url'))
      .min(1)
      .max(2),
  }),
  storage: z.strictObject({
    databaseFolder: z.string().min(1),
    /** Outside the database folder, so that copying that folder back is noticed (money rule M13). */
    anchorFile: z.string().min(1),
    /** Signs what is sent to the backend; made on the terminal. */
    deviceKeyFile: z.string().min(1),
    /** Seals the ledger's checkpoints; made on the terminal. */
    sealKeyFile: z.string().min(1),
  }),
});

export type Settings = z.infer<typeof settingsSchema>;

export type SettingsResult =
  | { readonly kind: 'ok'; readonly settings: Settings }
  | { readonly kind: 'faulty'; readonly faults: readonly SettingsFault[] };

export interface SettingsFault {
  /** Where in the file: `limits.minimum`. */
  readonly path: string;
  readonly message: string;
}

/** Reads an operator's settings; on faults lists every one of them, not only the first. */
export function decodeSettings(value: unknown): SettingsResult {
  const result = settingsSchema.safeParse(value);
  const shape = result.error?.issues.map(({ path, message }) => ({ path: path.join('.'), message })) ?? [];
  const faults = [...shape, ...relations.flatMap((relation) => relation(value))];
  if (result.success && faults.length === 0) return { kind: 'ok', settings: result.data };
  return { kind: 'faulty', faults };
}

// ---------------------------------------------------------------- what parts must be to one another

/** Looks at its own parts alone, so that a fault elsewhere hides no fault here. */
type Relation = (value: unknown) => readonly SettingsFault[];

function relation<Parts>(
  parts: z.ZodType<Parts>,
  check: (parts: Parts) => readonly (SettingsFault | false)[],
): Relation {
  return (value) => {
    const parsed = parts.safeParse(value);
    return parsed.success ? check(parsed.data).filter((fault) => fault !== false) : [];
  };
}

const { shape } = settingsSchema;

const relations: readonly Relation[] = [
  relation(z.object({ languages: shape.languages }), ({ languages }) => [
    hasTwice(languages) && { path: 'languages', message: 'names one twice' },
  ]),
  relation(z.object({ denominations: shape.denominations }), ({ denominations }) => [
    hasTwice(denominations) && { path: 'denominations', message: 'names one twice' },
  ]),
  relation(
    z.object({ limits: shape.limits, denominations: shape.denominations }),
    ({ limits, denominations }) => {
      const smallest = Math.min(...denominations);
      return [
        limits.minimum > smallest && {
          path: 'limits.minimum',
          message: 'is above the smallest accepted note: a single note could be taken and not credited',
        },
        limits.perOperation < smallest && {
          path: 'limits.perOperation',
          message: 'is below the smallest accepted note',
        },
        limits.offline > limits.perOperation && {
          path: 'limits.offline',
          message: 'is above the limit with a connection',
        },
      ];
    },
  ),
  relation(z.object({ fleet: shape.fleet }), ({ fleet }) => [
    fleet.cassetteWarningPercent >= fleet.cassetteCriticalPercent && {
      path: 'fleet.cassetteWarningPercent',
      message: 'must be below the critical share',
    },
    fleet.rejectedWarningPercent >= fleet.rejectedCriticalPercent && {
      path: 'fleet.rejectedWarningPercent',
      message: 'must be below the critical share',
    },
    fleet.noPaymentWarningHours >= fleet.noPaymentCriticalHours && {
      path: 'fleet.noPaymentWarningHours',
      message: 'must be below the critical time',
    },
    fleet.diskFreeWarningPercent <= fleet.diskFreeCriticalPercent && {
      path: 'fleet.diskFreeWarningPercent',
      message: 'must be above the critical share',
    },
  ]),
  relation(
    z.object({ simulated: shape.simulated, backend: z.object({ url: z.url() }) }),
    ({ simulated, backend }) => {
      const { protocol, hostname } = new URL(backend.url);
      const isThisMachine = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
      return [
        simulated &&
          !isThisMachine && { path: 'simulated', message: 'simulated money must not reach a real backend' },
        !simulated && protocol !== 'https:' && { path: 'backend.url', message: 'must be https' },
      ];
    },
  ),
  relation(
    z.object({ storage: z.object({ databaseFolder: z.string(), anchorFile: z.string() }) }),
    ({ storage: { databaseFolder, anchorFile } }) => [
      `${plainPath(anchorFile)}/`.startsWith(`${plainPath(databaseFolder)}/`) && {
        path: 'storage.anchorFile',
        message: 'lies inside the database folder',
      },
    ],
  ),
];

function hasTwice(items: readonly unknown[]): boolean {
  return new Set(items).size < items.length;
}

/** The path without detours: no `.`, no `..`, no slash too many. Links are beyond what a text can tell. */
function plainPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
