import type { Context, FreshIds } from '../context.ts';
import type { Terminal } from '../core/terminal.ts';
import { deliveryDefaults } from '../delivery/settings.ts';
import { initialDeliveryState } from '../delivery/state.ts';
import type { AcceptorIdentity } from '../devices.ts';
import type { Figures } from '../fleet/figures.ts';
import type { RunState } from '../fleet/run-state.ts';
import type { Health } from '../health/state.ts';
import type { CreditId, EscrowId, OperationId, PeriodId, WalletPhone } from '../ids.ts';
import { minorFromTenge } from '../money.ts';
import { freshSession } from '../session/visit.ts';
import { decodeSettings, type Settings } from '../settings.ts';
import type { Operation, Till } from '../till/state.ts';

/* Ready-made states for tests of the core. */

/** 12:00 in Kazakhstan. */
export const wallNow = Date.UTC(2026, 10, 22, 7, 0, 0);

export const wallet = '+77010000001' as WalletPhone;
export const holderMasked = 'Айгүл С.';

/** What an operator's file must hold at the least. */
export const settingsFile = {
  terminal: {
    number: '10027344',
    address: 'Алматы, Абай даңғылы, 10',
    operatorName: 'Qyzyl Terminal ЖШС',
    operatorBin: '180440000002',
    supportPhone: '8 800 080 00 27',
  },
  acceptor: { protocol: 'ccnet', line: { kind: 'tcp', host: 'memory', port: 1 } },
  printer: { profile: 'epson-tm-t88vi', line: { kind: 'tcp', host: 'memory', port: 2 } },
  backend: { url: 'https://backend.invalid', publicKeys: ['A'.repeat(43)] },
  storage: {
    databaseFolder: '/var/lib/qyzyl/ledger',
    anchorFile: '/var/lib/qyzyl-anchor/anchor',
    deviceKeyFile: '/var/lib/qyzyl/device-key.json',
    sealKeyFile: '/var/lib/qyzyl/seal-key.pem',
  },
} as const;

export const settings: Settings = settingsOf(settingsFile);

export function settingsOf(file: unknown): Settings {
  const decoded = decodeSettings(file);
  if (decoded.kind === 'faulty') throw new Error(`sample settings: ${JSON.stringify(decoded.faults)}`);
  return decoded.settings;
}

/** A ledger in which nothing has happened. */
export const quietFigures: Figures = {
  cassette: undefined,
  queue: { waiting: 0, accepted: 0, stopped: 0, oldestWaitingClosedAtMs: undefined },
  unknownNotes: 0,
  lastPaymentAtMs: undefined,
  lastCreditedAtMs: undefined,
};

/** Nothing has been counted yet, and nothing is short. */
export const quietRun: RunState = {
  build: 'test',
  startedAtMs: wallNow,
  diskFreePercent: 80,
  clockOffsetMs: undefined,
  figures: undefined,
};

/** A context at some milliseconds on the monotonic clock, with ids nobody has had before. */
export function contextAt(monoMs: number, changes: Partial<Context> = {}): Context {
  return {
    settings,
    now: { wallMs: wallNow + monoMs, monoMs },
    fresh: freshIds(),
    chance: 0,
    anchor: { sequence: 1, head: '00'.repeat(32) },
    run: quietRun,
    ...changes,
  };
}

let idsMade = 0;

/** UUIDv7-shaped, one of each, different at every call. */
function freshIds(): FreshIds {
  idsMade += 1;
  const id = (kind: number): string =>
    `0192a000-0000-7000-8${String(kind).padStart(3, '0')}-${String(idsMade).padStart(12, '0')}`;
  return {
    operationId: id(1) as FreshIds['operationId'],
    noteId: id(2) as FreshIds['noteId'],
    claimId: id(3) as FreshIds['claimId'],
    periodId: id(4) as FreshIds['periodId'],
    printId: id(5) as FreshIds['printId'],
    requestId: id(6),
  };
}

export const tenge = minorFromTenge;

export const escrowId = (serial: number): EscrowId => `escrow-${serial}` as EscrowId;
export const creditId = (serial: number): CreditId => `credit-${serial}` as CreditId;

export const identity: AcceptorIdentity = {
  protocol: 'ccnet',
  model: 'SM-KZ2020',
  serialNumber: '21KC03004567',
  firmware: undefined,
  denominations: [200, 500, 1_000, 2_000, 5_000, 10_000, 20_000].map((value) => ({
    valueMinor: tenge(value),
    currency: 'KZT',
  })),
};

export const healthy: Health = {
  acceptor: { connected: true, recovered: true, enabled: false, identity, faults: [], resetsTried: 0 },
  printer: { ready: true, paperLow: false, model: undefined, fault: undefined },
  recentNotes: [],
  storage: 'ok',
  isDiskLow: false,
  clock: 'sane',
  alarms: [],
};

export const emptyTill: Till = {
  period: { periodId: '0192a000-0000-7000-8004-999999999999' as PeriodId, periodNumber: 7 },
  collection: undefined,
  cassetteNumber: undefined,
  nextOperationSerial: 572,
  operation: undefined,
  intake: 'closed',
  accepting: false,
  inHand: undefined,
  unknownNotes: [],
  provableNoteId: undefined,
  returnableNoteId: undefined,
  credited: undefined,
};

export const openOperation: Operation = {
  operationId: '0192a000-0000-7000-8001-999999999999' as OperationId,
  operationNumber: '0000005713',
  wallet,
  holderMasked,
  currency: 'KZT',
  language: 'kk',
  limitMinor: tenge(50_000),
  holdId: 'hold-1',
  offline: false,
  withoutPaper: false,
  openedAtMs: wallNow,
  notes: [],
};

/** Notes are welcome and none has come yet. */
export const openTill: Till = { ...emptyTill, operation: openOperation, intake: 'open' };

/** Nobody stands there, and everything works. */
export function readyTerminal(changes: Partial<Terminal> = {}): Terminal {
  const guard = { lookups: [], recentCheckTimesMonoMs: [], checkedWallets: [] };
  return {
    session: freshSession(settings, guard, { kind: 'attract' }, 0),
    till: emptyTill,
    health: healthy,
    delivery: initialDeliveryState(deliveryDefaults),
    staff: { members: [], refusals: 0, lockedUntilMonoMs: 0, knocksMonoMs: [] },
    serviceMode: undefined,
    profile: undefined,
    ...changes,
  };
}
