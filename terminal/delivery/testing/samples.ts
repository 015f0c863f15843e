import type { Condition } from '../../fleet/condition.ts';
import type { EventId, OperationId, WalletPhone } from '../../ids.ts';
import { minor } from '../../money.ts';
import type { MessageRow, TopUpRow } from '../../store.ts';
import { quietRun } from '../../testing/samples.ts';
import type { DeliveryContext, DeliveryDecision } from '../context.ts';
import { decideDelivery } from '../decide.ts';
import type { DeliveryEffect, WalletRequest } from '../effect.ts';
import type { DeliveryEvent } from '../event.ts';
import { deliveryDefaults } from '../settings.ts';
import type { DeliveryState } from '../state.ts';

/* Rows, contexts and short ways to step a decision, for tests. */

export const wallNow = Date.UTC(2026, 10, 22, 9, 0, 0);

export function operationId(serial: number): OperationId {
  return `0192a000-0000-7000-8000-${String(serial).padStart(12, '0')}` as OperationId;
}

export function sampleRow(serial: number, changes: Partial<TopUpRow> = {}): TopUpRow {
  return {
    operationId: operationId(serial),
    operationNumber: String(serial).padStart(10, '0'),
    wallet: '+77010000001' as WalletPhone,
    amountMinor: minor(700_000),
    currency: 'KZT',
    holdId: undefined,
    openedAtMs: wallNow - 60_000,
    closedAtMs: wallNow,
    notes: [
      { valueMinor: minor(500_000), count: 1 },
      { valueMinor: minor(200_000), count: 1 },
    ],
    supplementOf: undefined,
    state: 'waiting',
    attempts: 0,
    promisedAtMs: undefined,
    ...changes,
  };
}

export function sampleRows(count: number, changes: Partial<TopUpRow> = {}): readonly TopUpRow[] {
  return Array.from({ length: count }, (_, index) => sampleRow(index + 1, changes));
}

export function sampleAlarm(serial: number, attempts = 0): MessageRow {
  return {
    messageId: `0192b000-0000-7000-8000-${String(serial).padStart(12, '0')}` as EventId,
    attempts,
    body: {
      kind: 'alarm',
      alarm: 'acceptor-trouble',
      subject: `s${serial}`,
      detail: 'jam',
      raised: true,
      atMs: wallNow,
    },
  };
}

export const sampleCondition: Condition = {
  ...quietRun,
  state: 'free',
  why: undefined,
  alarms: [],
  acceptor: {
    connected: true,
    enabled: false,
    faults: [],
    protocol: 'ccnet',
    model: 'SM-KZ2020',
    serialNumber: '21KC03004567',
    firmware: undefined,
  },
  printer: { ready: true, paperLow: false, fault: undefined },
  cassetteNumber: undefined,
};

export function sampleContext(changes: Partial<DeliveryContext> = {}): DeliveryContext {
  return {
    now: { wallMs: wallNow, monoMs: 1_000_000 },
    chance: 12_345,
    settings: deliveryDefaults,
    terminalNumber: '00000001',
    anchor: { sequence: 100, head: 'aa' },
    condition: () => sampleCondition,
    ...changes,
  };
}

/** The same place, `ms` later. */
export function later(context: DeliveryContext, ms: number): DeliveryContext {
  return { ...context, now: { wallMs: context.now.wallMs + ms, monoMs: context.now.monoMs + ms } };
}

/** Decides one event after the other and keeps what the last one led to. */
export function step(
  state: DeliveryState,
  events: readonly DeliveryEvent[],
  context: DeliveryContext = sampleContext(),
): DeliveryDecision {
  let decision: DeliveryDecision = { state, facts: [], effects: [], notices: [] };
  for (const event of events) decision = decideDelivery(decision.state, event, context);
  return decision;
}

export interface Sent {
  readonly requestId: number;
  readonly request: WalletRequest;
}

export function sentBy(decision: DeliveryDecision): readonly Sent[] {
  return decision.effects.flatMap((effect) => (effect.kind === 'send' ? [effect] : []));
}

export function loadIdOf(decision: DeliveryDecision, kind: 'load-due-top-ups' | 'load-due-messages'): number {
  const load = decision.effects.find((effect) => effect.kind === kind);
  if (load === undefined || !('loadId' in load))
    throw new Error(`no ${kind} in ${kindsOf(decision.effects)}`);
  return load.loadId;
}

export function kindsOf(effects: readonly DeliveryEffect[]): string {
  return effects
    .map((effect) => (effect.kind === 'send' ? `send ${effect.request.kind}` : effect.kind))
    .join(', ');
}

/** Makes delivery look at the store anew and shows it `rows`. */
export function showDue(
  state: DeliveryState,
  rows: readonly TopUpRow[],
  context: DeliveryContext = sampleContext(),
): DeliveryDecision {
  // A look that is under way began before: it shows nothing.
  const ended = { ...state, topUpLoad: { kind: 'idle' } } as const;
  const look = step(ended, [{ kind: 'timer-fired', timer: 'look' }], context);
  return step(look.state, [dueLoaded(loadIdOf(look, 'load-due-top-ups'), rows)], context);
}

export function dueLoaded(loadId: number, rows: readonly TopUpRow[]): DeliveryEvent {
  return {
    kind: 'due-top-ups-loaded',
    loadId,
    rows,
    nextDueAtMs: undefined,
    oldestWaitingClosedAtMs: undefined,
  };
}

export const noAnswer = {
  kind: 'unknown',
  why: 'no-answer',
  reason: 'deadline',
  sentMaybe: true,
} as const;

export const unsent = {
  kind: 'unknown',
  why: 'no-answer',
  reason: 'refused-connection',
  sentMaybe: false,
} as const;

export const credited = { kind: 'credited', creditedAtMs: wallNow } as const;

/** What a decision does, in a line: facts, then what is asked for. Nothing at all is `ignored`. */
export function summary({ facts, effects }: DeliveryDecision): string {
  const said = facts.map((fact) => ('alarm' in fact ? `${fact.kind} ${fact.alarm}` : fact.kind));
  const wanted = effects.map((effect) => {
    if (effect.kind === 'send') return `send ${effect.request.kind}`;
    return effect.kind === 'start-timer' ? `timer ${effect.timer}` : effect.kind;
  });
  return [...said, ...wanted].join(', ') || 'ignored';
}
