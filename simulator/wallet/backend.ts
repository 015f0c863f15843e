import { randomInt } from 'node:crypto';
import * as z from 'zod';
import { assert } from '../../terminal/assert.ts';
import type { Clock, Random, Timer } from '../../terminal/ports.ts';
import type { CallName } from './call-names.ts';
import { type Backup, type Db, openDatabase } from './database.ts';
import { distort, forge } from './distort.ts';
import { createFaults, type StruckFaults, type WalletFaults } from './faults.ts';
import { openKeys } from './keys.ts';
import { type Ledger, type LedgerEntry, openLedger } from './ledger.ts';
import type { Delivery, RawAnswer, RawRequest } from './messages.ts';
import { type Mood, type Operation, openOperations } from './operations.ts';
import { problem, type Reply } from './problems.ts';
import { openRecords, type RecordKind, type StoredRecord } from './records.ts';
import { type Desk, routeOf } from './routes.ts';
import { seedWallets } from './seed-wallets.ts';
import { proveRequest, type RequestProof, signAnswer, thumbprint } from './signing.ts';
import { openWallets, type SeedWallet, type Wallet } from './wallets.ts';

export interface BackendOptions {
  readonly clock: Clock;
  /** Without it everything lives in memory. */
  readonly databasePath?: string;
  readonly wallets?: readonly SeedWallet[];
  readonly random?: Random;
}

/** The wallet backend without a socket: requests in, answers out, faults in between. */
export interface Backend {
  deliver(request: RawRequest): Promise<Delivery>;
  readonly faults: WalletFaults;
  readonly ledger: LedgerView;
  wallets(): Wallet[];
  /** What terminals have reported. */
  records(kind: RecordKind): StoredRecord[];
  /** How a terminal said it was with its newest heartbeat; `null` before the first. */
  condition(terminal: string): unknown;
  /** Raw Ed25519 public key, base64url: what a terminal's settings hold. */
  serverPublicKey(): string;
  /** Signs with another key from now on: terminals must be told of it. */
  changeKey(): void;
  /** A one-time code for a technician to type at the terminal. */
  pairingCode(terminal: string): string;
  /** Registers a terminal's key (raw, base64url) without a code; gives its key id. */
  enrol(terminal: string, publicKey: string): string;
  forgetKeys(): void;
  takeBackup(): Backup;
  /** Goes back to an earlier state: everything since is forgotten. */
  restoreBackup(backup: Backup): void;
  close(): void;
}

/** The books, for tests and auditors. */
export interface LedgerView {
  balanceMinor(phone: string): number;
  /** What has been credited for this operation; zero if nothing. */
  creditedMinor(operationId: string): number;
  entries(): LedgerEntry[];
  operations(): Operation[];
  /** Fails unless everything balances and each wallet's balance is the sum of its entries. */
  check(): void;
}

interface Books extends Desk {
  readonly db: Db;
  readonly ledger: Ledger;
}

const clockSkewMsMax = 5 * 60_000;
const pairingCodeMs = 24 * 3_600_000;
const address = 'Алматы қ., Абай даңғылы, 10';

export function createBackend(options: BackendOptions): Backend {
  const { clock } = options;
  const random = options.random ?? { nextInt: (below: number) => randomInt(below) };
  const faults = createFaults();
  let skewMs = 0;
  const nowMs = (): number => clock.wallMs() + skewMs;
  let books = openBooks(options, random, nowMs());
  let dueTimer: Timer | undefined;

  const settle = (): void => {
    dueTimer?.cancel();
    const nextMs = books.db.transaction(() => books.operations.settleDue(nowMs()))();
    dueTimer = nextMs === undefined ? undefined : clock.setTimer(nextMs - nowMs(), settle);
  };

  const serve = async (request: RawRequest, struck: StruckFaults): Promise<Reply> => {
    skewMs = struck.get('clock-skew')?.offsetMs ?? 0;
    settle();
    const found = routeOf(request.method, request.url.pathname);
    const body = jsonOf(request.body);
    const proof = await proveRequest(request, (keyId) =>
      found?.route.name === 'pair' ? ownKey(body, keyId) : books.keys.publicKeyOf(keyId, nowMs()),
    );
    const refusal = gate(request, proof, nowMs());
    if (refusal !== undefined) return refusal;
    assert(proof.kind === 'signed', 'the gate lets only signed requests through');
    const { keyId, nonce, createdMs } = proof.by;
    const reply = books.db.transaction(() => {
      const isFresh = books.keys.isFreshNonce(keyId, nonce, createdMs, nowMs() - 2 * clockSkewMsMax);
      if (!isFresh) return problem('nonce-replayed');
      if (found === undefined) return problem('not-found');
      const terminal = books.keys.terminalOf(keyId) ?? '';
      const caller = { terminal, keyId, atMs: nowMs(), mood: moodOf(struck) };
      return found.route.handle(books, caller, body, found.parameter);
    })();
    settle();
    return reply;
  };

  const answerTo = async (request: RawRequest, struck: StruckFaults): Promise<Reply> => {
    const tooMany = struck.get('too-many-requests');
    if (tooMany !== undefined) return { ...problem('too-many-requests'), retryAfterS: tooMany.retryAfterS };
    if (struck.get('server-error') !== undefined) return problem('internal-error');
    if (struck.get('duplicate') !== undefined) await serve(request, struck);
    return distort(await serve(request, struck), struck, random);
  };

  const deliver = async (request: RawRequest): Promise<Delivery> => {
    const struck = faults.strike(callOf(request));
    const slow = struck.get('slow');
    if (slow !== undefined) await pause(clock, slow.delayMs);
    if (struck.get('drop-before') !== undefined) return { kind: 'dropped' };
    const gateway = struck.get('gateway-error');
    if (gateway !== undefined) return { kind: 'whole', answer: gatewayPage(gateway.status) };
    const forged = struck.get('forged');
    const reply = forged ? forge(jsonOf(request.body), forged.differs) : await answerTo(request, struck);
    const answer = await dress(books, reply, request, struck, nowMs());
    const reorder = struck.get('reorder');
    if (reorder !== undefined) await pause(clock, random.nextInt(reorder.delayMsMax + 1));
    if (struck.get('drop-after') !== undefined) return { kind: 'dropped' };
    const stall = struck.get('stall');
    return stall === undefined ? { kind: 'whole', answer } : { kind: 'stalled', answer, forMs: stall.forMs };
  };

  settle();
  return {
    deliver,
    faults,
    ledger: {
      balanceMinor: (phone) => books.ledger.creditBalanceMinor(`wallet:${phone}`),
      creditedMinor: (operationId) => books.ledger.bookedMinor(operationId),
      entries: () => books.ledger.entries(),
      operations: () => books.operations.all(),
      check: () => checkBooks(books),
    },
    wallets: () => books.wallets.all(),
    records: (kind) => books.records.all(kind),
    condition: (terminal) => books.records.condition(terminal),
    serverPublicKey: () => books.keys.backend.publicKey,
    changeKey: () => books.keys.changeBackendKey(),
    pairingCode: (terminal) => {
      const code = String(random.nextInt(10 ** 8)).padStart(8, '0');
      books.keys.addTerminal(terminal, address);
      books.keys.addPairingCode(code, terminal, nowMs() + pairingCodeMs);
      return code;
    },
    enrol: (terminal, publicKey) => {
      books.keys.addTerminal(terminal, address);
      return books.keys.enrol(terminal, publicKey);
    },
    forgetKeys: () => books.keys.forgetAll(),
    takeBackup: () => Uint8Array.from(books.db.serialize()),
    restoreBackup: (backup) => {
      books.db.close();
      books = openBooks(options, random, nowMs(), backup);
      settle();
    },
    close: () => {
      dueTimer?.cancel();
      books.db.close();
    },
  };
}

function openBooks(options: BackendOptions, random: Random, atMs: number, image?: Backup): Books {
  const db = openDatabase(options.databasePath, image);
  const ledger = openLedger(db);
  const wallets = openWallets(db, ledger, () => `hold-${hex(random)}${hex(random)}${hex(random)}`);
  db.transaction(() => {
    for (const wallet of options.wallets ?? seedWallets) wallets.seed(wallet, atMs);
  })();
  const operations = openOperations(db, ledger, wallets);
  return { db, ledger, wallets, operations, keys: openKeys(db), records: openRecords(db) };
}

function checkBooks({ ledger, wallets, operations }: Books): void {
  ledger.check();
  for (const { phone, balanceMinor } of wallets.all()) {
    assert(ledger.creditBalanceMinor(`wallet:${phone}`) === balanceMinor, `${phone} holds what was booked`);
  }
  for (const { operationId, state, amountMinor } of operations.all()) {
    const expected = state === 'credited' ? amountMinor : 0;
    assert(ledger.bookedMinor(operationId) === expected, `${operationId} is booked as it is ${state}`);
  }
}

function hex(random: Random): string {
  return random
    .nextInt(2 ** 32)
    .toString(16)
    .padStart(8, '0');
}

function callOf(request: RawRequest): CallName | undefined {
  return routeOf(request.method, request.url.pathname)?.route.name;
}

/** Everything that may stand against a request before it is looked at. */
function gate(request: RawRequest, proof: RequestProof, atMs: number): Reply | undefined {
  if (proof.kind !== 'signed') return problem(proof.kind);
  if (Math.abs(proof.by.createdMs - atMs) > clockSkewMsMax) {
    return problem('clock-skew', { backendTime: new Date(atMs).toISOString() });
  }
  // Only the path is signed.
  if (request.url.search !== '') return problem('request-invalid', { detail: 'no call has a query' });
  return undefined;
}

/** A pairing is signed with the very key it brings. */
function ownKey(body: unknown, keyId: string): string | undefined {
  const parsed = z.object({ publicKey: z.string() }).safeParse(body);
  if (!parsed.success || thumbprint(parsed.data.publicKey) !== keyId) return undefined;
  return parsed.data.publicKey;
}

function moodOf(struck: StruckFaults): Mood {
  const refuse = struck.get('refuse');
  const accept = struck.get('accept');
  return { ...(refuse !== undefined && { refuse }), ...(accept !== undefined && { accept }) };
}

/** Gives the reply its headers and its signature, or what the faults make of them. */
async function dress(
  books: Books,
  reply: Reply,
  request: RawRequest,
  struck: StruckFaults,
  atMs: number,
): Promise<RawAnswer> {
  const plain: RawAnswer = {
    status: reply.status,
    headers: {
      'content-type': 'type' in reply.body ? 'application/problem+json' : 'application/json',
      ...(reply.retryAfterS !== undefined && { 'retry-after': String(reply.retryAfterS) }),
    },
    body: Buffer.from(JSON.stringify(reply.body)),
  };
  const forged = struck.get('forged')?.by;
  if (struck.get('unsigned') !== undefined || forged === 'nobody') return plain;
  const signed = await signAnswer(books.keys.backend, plain, request, atMs);
  if (struck.get('bad-signature') === undefined && forged !== 'stranger') return signed;
  const strange = await signAnswer(books.keys.backend, { ...plain, status: 299 }, request, atMs);
  return { ...signed, headers: strange.headers };
}

function gatewayPage(status: number): RawAnswer {
  const body = Buffer.from(`<html><body><h1>${status}</h1></body></html>`);
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(delayMs, resolve);
  });
}
