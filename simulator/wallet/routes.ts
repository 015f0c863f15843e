import * as z from 'zod';
import {
  batchBody,
  checkBody,
  claimBody,
  collectionBody,
  dayParameter,
  eventsBody,
  operationIdParameter,
  pairBody,
  registerBody,
  type TopUpBody,
  topUpBody,
  voidBody,
} from './bodies.ts';
import type { CallName } from './call-names.ts';
import type { Keys } from './keys.ts';
import type { Mood, Operation, Operations } from './operations.ts';
import { isProblem, problem, type Reply } from './problems.ts';
import { profileOf } from './profile.ts';
import type { Records } from './records.ts';
import type { Wallets } from './wallets.ts';

/* What each call of the contract does. All of it is synchronous and runs inside one transaction of the database. */

export interface Desk {
  readonly keys: Keys;
  readonly wallets: Wallets;
  readonly operations: Operations;
  readonly records: Records;
}

export interface Caller {
  readonly terminal: string;
  readonly keyId: string;
  readonly atMs: number;
  readonly mood: Mood;
}

export interface Route {
  readonly name: CallName;
  readonly method: 'GET' | 'POST';
  /** With at most one parameter, written `{…}`. */
  readonly path: string;
  readonly handle: (desk: Desk, caller: Caller, body: unknown, parameter: string) => Reply;
}

export const routes: readonly Route[] = [
  { name: 'profile', method: 'GET', path: '/v1/terminal', handle: profile },
  { name: 'check', method: 'POST', path: '/v1/wallets/check', handle: check },
  { name: 'top-up', method: 'POST', path: '/v1/top-ups', handle: topUp },
  { name: 'batch', method: 'POST', path: '/v1/top-ups/batch', handle: batch },
  { name: 'status', method: 'GET', path: '/v1/top-ups/{operationId}', handle: status },
  { name: 'void', method: 'POST', path: '/v1/top-ups/{operationId}/void', handle: voidOperation },
  { name: 'events', method: 'POST', path: '/v1/terminal/events', handle: events },
  { name: 'collections', method: 'POST', path: '/v1/terminal/collections', handle: collections },
  { name: 'claims', method: 'POST', path: '/v1/terminal/claims', handle: claims },
  { name: 'register', method: 'POST', path: '/v1/terminal/register', handle: register },
  { name: 'register-day', method: 'GET', path: '/v1/terminal/register/{day}', handle: registerDay },
  { name: 'pair', method: 'POST', path: '/v1/terminals/pair', handle: pair },
];

/** The route of a request, and the value of its parameter. */
export function routeOf(method: string, path: string): { route: Route; parameter: string } | undefined {
  for (const route of routes) {
    if (route.method !== method) continue;
    const [before = '', after = ''] = route.path.split(/\{\w+\}/);
    if (!route.path.includes('{')) {
      if (route.path === path) return { route, parameter: '' };
      continue;
    }
    const parameter = path.slice(before.length, path.length - after.length);
    const fits = path.startsWith(before) && path.endsWith(after) && path === before + parameter + after;
    if (fits && parameter !== '' && !parameter.includes('/')) return { route, parameter };
  }
  return undefined;
}

// ---------------------------------------------------------------- wallets

function check(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = checkBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const { wallet: phone } = parsed.data;
  const wallet = desk.wallets.find(phone);
  if (wallet === undefined) return problem('wallet-unknown', { wallet: phone });
  if (wallet.state !== 'open') return problem(`wallet-${wallet.state}`, { wallet: phone });
  const allowanceMinor = desk.wallets.allowanceMinor(wallet, caller.terminal, caller.atMs);
  if (allowanceMinor === 0) return problem('wallet-exhausted', { wallet: phone });
  const hold = desk.wallets.hold(phone, caller.terminal, allowanceMinor, caller.atMs);
  return ok({
    wallet: phone,
    ...(wallet.holderName !== null && { holderName: wallet.holderName }),
    allowanceMinor,
    currency: 'KZT',
    hold: { holdId: hold.holdId, until: time(hold.untilMs) },
  });
}

// ---------------------------------------------------------------- money

function topUp(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = topUpBody.safeParse(body);
  return parsed.success ? topUpOne(desk, caller, parsed.data) : invalid(parsed.error);
}

function topUpOne(desk: Desk, caller: Caller, body: TopUpBody): Reply {
  const { operationId } = body;
  if (body.terminalNumber !== caller.terminal) return problem('terminal-mismatch', { operationId });
  const operation = desk.operations.topUp(caller.terminal, body, caller.mood, caller.atMs);
  if (operation.terminal !== caller.terminal)
    return problem('operation-of-another-terminal', { operationId });
  return outcome(operation);
}

/** A bad item has its own answer and does not stop the others. */
function batch(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = batchBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  return ok({
    items: parsed.data.items.map((item) => {
      const operationId = z.object({ operationId: z.string() }).safeParse(item).data?.operationId;
      return { operationId, ...topUp(desk, caller, item).body };
    }),
  });
}

const keptForMs = 396 * 24 * 3_600_000; // 13 months

function status(desk: Desk, caller: Caller, _body: unknown, parameter: string): Reply {
  const parsed = operationIdParameter.safeParse(parameter);
  if (!parsed.success) return invalid(parsed.error);
  const operation = desk.operations.find(parsed.data);
  if (operation === undefined) {
    // The first 48 bits of a UUIDv7 are its time in milliseconds.
    const bornMs = Number.parseInt(parsed.data.replaceAll('-', '').slice(0, 12), 16);
    const isOld = bornMs < caller.atMs - keptForMs;
    return problem(isOld ? 'operation-expired' : 'operation-not-seen', { operationId: parsed.data });
  }
  if (operation.terminal !== caller.terminal) {
    return problem('operation-of-another-terminal', { operationId: parsed.data });
  }
  return outcome(operation);
}

function voidOperation(desk: Desk, caller: Caller, body: unknown, parameter: string): Reply {
  const parsed = voidBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const { operationId, terminalNumber, wallet, amountMinor } = parsed.data;
  if (operationId !== parameter) return problem('request-invalid', { detail: 'path and body name two ids' });
  if (terminalNumber !== caller.terminal) return problem('terminal-mismatch', { operationId });
  const known = desk.operations.find(operationId);
  if (known !== undefined && known.terminal !== caller.terminal) {
    return problem('operation-of-another-terminal', { operationId });
  }
  const isOther = known !== undefined && (known.wallet !== wallet || known.amountMinor !== amountMinor);
  if (isOther) return problem('request-invalid', { operationId, detail: 'the id stands for something else' });
  return outcome(desk.operations.void(caller.terminal, parsed.data, caller.atMs));
}

function outcome(operation: Operation): Reply {
  const { operationId, wallet, amountMinor, currency } = operation;
  const echo = { operationId, wallet, amountMinor, currency };
  switch (operation.state) {
    case 'credited':
      return ok({ outcome: 'credited', ...echo, creditedAt: time(operation.finalMs ?? 0) });
    case 'voided':
      return ok({ outcome: 'voided', ...echo, voidedAt: time(operation.finalMs ?? 0) });
    case 'accepted': {
      const promised = operation.promisedMs === null ? {} : { promisedAt: time(operation.promisedMs) };
      return ok({ outcome: 'accepted', ...echo, ...promised });
    }
    case 'refused': {
      const reason = operation.reason ?? '';
      return problem(isProblem(reason) ? reason : 'internal-error', {
        ...echo,
        retryable: operation.retryable === 1,
      });
    }
  }
}

// ---------------------------------------------------------------- terminal

function profile(desk: Desk, caller: Caller): Reply {
  const anchor = desk.records.highestAnchor(caller.terminal);
  return ok({
    ...profileOf(caller.terminal, desk.keys.addressOf(caller.terminal)),
    backendTime: time(caller.atMs),
    ...(anchor !== undefined && { anchor }),
  });
}

function events(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = eventsBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  if (parsed.data.terminalNumber !== caller.terminal) return problem('terminal-mismatch');
  const isOnChain = desk.records.storeAnchor(caller.terminal, parsed.data.anchor);
  const anchor = desk.records.highestAnchor(caller.terminal) ?? parsed.data.anchor;
  if (parsed.data.condition !== undefined)
    desk.records.storeCondition(caller.terminal, parsed.data.condition);
  // What a forked terminal has to say is wanted all the more.
  for (const event of parsed.data.events) desk.records.store('event', event.eventId, caller.terminal, event);
  return isOnChain ? ok({ anchor }) : problem('chain-forked', { anchor });
}

function collections(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = collectionBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  if (parsed.data.terminalNumber !== caller.terminal) return problem('terminal-mismatch');
  desk.records.store('collection', parsed.data.periodId, caller.terminal, parsed.data);
  return ok({ stored: parsed.data.periodId });
}

function claims(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = claimBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  if (parsed.data.terminalNumber !== caller.terminal) return problem('terminal-mismatch');
  desk.records.store('claim', parsed.data.claimId, caller.terminal, parsed.data);
  return ok({ stored: parsed.data.claimId });
}

function register(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = registerBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const { day, items, terminalNumber } = parsed.data;
  if (terminalNumber !== caller.terminal) return problem('terminal-mismatch');
  desk.records.store('register', `${caller.terminal} ${day}`, caller.terminal, parsed.data);
  const ours = desk.operations.creditedOn(caller.terminal, day);
  const theirs = new Map(items.map((item) => [item.operationId, item.amountMinor]));
  const known = new Set(ours.map((row) => row.operationId));
  return ok({
    day,
    currency: 'KZT',
    missingAtBackend: items.filter((item) => !known.has(item.operationId)).map((item) => item.operationId),
    missingAtTerminal: ours.filter((row) => !theirs.has(row.operationId)),
    otherAmounts: ours.filter((row) => (theirs.get(row.operationId) ?? row.amountMinor) !== row.amountMinor),
  });
}

function registerDay(desk: Desk, caller: Caller, _body: unknown, parameter: string): Reply {
  const parsed = dayParameter.safeParse(parameter);
  if (!parsed.success) return invalid(parsed.error);
  const items = desk.operations.creditedOn(caller.terminal, parsed.data);
  const sumMinor = items.reduce((sum, row) => sum + row.amountMinor, 0);
  return ok({ day: parsed.data, currency: 'KZT', count: items.length, sumMinor, items });
}

function pair(desk: Desk, caller: Caller, body: unknown): Reply {
  const parsed = pairBody.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const { terminalNumber } = parsed.data;
  const pairing = desk.keys.pair(parsed.data, caller.atMs);
  if (pairing.kind === 'no-right') return problem('pairing-code-invalid');
  const { keyId, olderKeysValidUntilMs } = pairing;
  return ok({
    terminalNumber,
    keyId,
    ...(olderKeysValidUntilMs !== undefined && { olderKeysValidUntil: time(olderKeysValidUntilMs) }),
  });
}

// ---------------------------------------------------------------- small change

function ok(body: Readonly<Record<string, unknown>>): Reply {
  return { status: 200, body };
}

function invalid(error: z.ZodError): Reply {
  return problem('request-invalid', { detail: z.prettifyError(error) });
}

function time(wallMs: number): string {
  return new Date(wallMs).toISOString();
}
