import { assert } from '../../assert.ts';
import type { TopUpRow } from '../../store.ts';
import type { UnknownAnswer } from '../../wallet/messages.ts';
import type { DeliveryContext, DeliveryDecision } from '../context.ts';
import { decideDelivery } from '../decide.ts';
import type { DeliveryEffect, DeliveryNotice, WalletRequest } from '../effect.ts';
import type { DeliveryEvent, DeliveryTimer, Reply } from '../event.ts';
import { type DeliverySettings, deliveryDefaults } from '../settings.ts';
import { type DeliveryState, initialDeliveryState } from '../state.ts';
import { type ModelBackend, type Mood, modelBackend } from './model-backend.ts';
import { type ModelStore, modelStore } from './model-store.ts';
import { sampleCondition } from './samples.ts';

/* Delivery between a model store and a model backend, on a clock that jumps from event to event. */

/** What becomes of one request: when the backend acts on it, and what comes back when. */
export interface Fate {
  /** After so long the backend does it; `undefined`: it never arrives. */
  readonly appliedAfterMs: number | undefined;
  /** After so long the terminal hears the backend's reply, or `instead` of it. */
  readonly heardAfterMs: number;
  readonly instead?: UnknownAnswer;
}

export type FateOf = (request: WalletRequest, backend: ModelBackend, wallMs: number) => Fate;

export interface World {
  readonly store: ModelStore;
  readonly backend: ModelBackend;
  readonly requests: { kind: WalletRequest['kind']; wallMs: number }[];
  readonly notices: DeliveryNotice[];
  state(): DeliveryState;
  wallMs(): number;
  close(row: TopUpRow): DeliveryDecision;
  tell(event: DeliveryEvent): DeliveryDecision;
  /** Loses all that is in memory, and what the last decision wanted done if `atDecision`. */
  crash(): void;
  /** The next decision's facts are stored or not, its effects never happen, and the process starts anew. */
  crashAtNextDecision(how: 'before-commit' | 'after-commit'): void;
  run(forMs: number): void;
  later(afterMs: number, act: () => void): void;
  /** From now on requests fare like this, and the backend takes new top-ups like that. */
  use(fateOf: FateOf, mood?: () => Mood): void;
}

interface Entry {
  readonly atMs: number;
  readonly order: number;
  /** Of which life of the process; 0 for the world outside. */
  readonly life: number;
  readonly act: () => void;
}

export function modelWorld(random: () => number, settings: DeliverySettings = deliveryDefaults): World {
  const store = modelStore();
  const backend = modelBackend();
  const requests: { kind: WalletRequest['kind']; wallMs: number }[] = [];
  const notices: DeliveryNotice[] = [];
  const agenda: Entry[] = [];
  const timers = new Map<DeliveryTimer, number>();
  let wallMs = Date.UTC(2026, 10, 1);
  let order = 0;
  let life = 1;
  let state = initialDeliveryState(settings);
  let crashing: 'before-commit' | 'after-commit' | undefined;
  let fateOf: FateOf = () => ({ appliedAfterMs: 10, heardAfterMs: 20 });
  let mood: () => Mood = () => 'credit';

  const plan = (afterMs: number, ofLife: number, act: () => void): void => {
    order += 1;
    const entry = { atMs: wallMs + afterMs, order, life: ofLife, act };
    let at = agenda.length;
    while (at > 0 && (agenda[at - 1]?.atMs ?? 0) > entry.atMs) at -= 1;
    agenda.splice(at, 0, entry);
  };

  const context = (): DeliveryContext => ({
    now: { wallMs, monoMs: wallMs },
    chance: Math.floor(random() * 2 ** 32),
    settings,
    terminalNumber: '00000001',
    anchor: { sequence: store.facts(), head: 'aa' },
    condition: () => sampleCondition,
  });

  const restart = (): void => {
    life += 1;
    timers.clear();
    state = initialDeliveryState(settings);
    tell({ kind: 'started', standingAlarms: store.standingAlarms() });
  };

  const tell = (event: DeliveryEvent): DeliveryDecision => {
    const decision = decideDelivery(state, event, context());
    const how = crashing;
    crashing = undefined;
    if (how !== 'before-commit') store.commit(decision.facts, wallMs);
    if (how !== undefined) {
      restart();
      return decision;
    }
    state = decision.state;
    notices.push(...decision.notices);
    for (const effect of decision.effects) act(effect);
    if (decision.facts.some((fact) => fact.kind === 'alarm-raised' || fact.kind === 'alarm-ended')) {
      tell({ kind: 'message-stored' });
    }
    return decision;
  };

  const act = (effect: DeliveryEffect): void => {
    switch (effect.kind) {
      case 'load-due-top-ups': {
        const { loadId } = effect;
        // What the store shows is as old as the look, however late it is heard.
        const found = store.dueTopUps(effect.atMs, effect.limit);
        plan(random() * 30, life, () => tell({ kind: 'due-top-ups-loaded', loadId, ...found }));
        return;
      }
      case 'load-due-messages': {
        const { loadId } = effect;
        const found = store.dueMessages(effect.atMs, effect.limit);
        plan(random() * 30, life, () => tell({ kind: 'due-messages-loaded', loadId, ...found }));
        return;
      }
      case 'load-register': {
        const rows = store.register(effect.fromMs, effect.toMs);
        plan(random() * 30, life, () => tell({ kind: 'register-loaded', day: effect.day, rows }));
        return;
      }
      case 'check-anchor':
        plan(1, life, () => tell({ kind: 'anchor-checked', anchor: effect.anchor, contained: true }));
        return;
      case 'start-timer': {
        order += 1;
        const mark = order;
        timers.set(effect.timer, mark);
        plan(effect.delayMs, life, () => {
          if (timers.get(effect.timer) === mark) tell({ kind: 'timer-fired', timer: effect.timer });
        });
        return;
      }
      case 'send':
        transmit(effect.requestId, effect.request);
        return;
    }
  };

  const transmit = (requestId: number, request: WalletRequest): void => {
    requests.push({ kind: request.kind, wallMs });
    const fate = fateOf(request, backend, wallMs);
    let reply: Reply | undefined;
    if (fate.appliedAfterMs !== undefined) {
      plan(fate.appliedAfterMs, 0, () => {
        reply = backend.serve(request, wallMs, mood);
      });
    }
    plan(fate.heardAfterMs, life, () => {
      const heard = fate.instead === undefined ? reply : insteadOf(request, fate.instead);
      assert(heard !== undefined, 'a reply comes after the deed');
      tell({ kind: 'answered', requestId, reply: heard });
    });
  };

  tell({ kind: 'started', standingAlarms: [] });
  return {
    store,
    backend,
    requests,
    notices,
    state: () => state,
    wallMs: () => wallMs,
    tell,
    close: (row) => {
      store.addTopUp(row);
      return tell({ kind: 'operation-closed', row });
    },
    crash: restart,
    crashAtNextDecision: (how) => {
      crashing = how;
    },
    later: (afterMs, what) => plan(afterMs, 0, what),
    use: (nextFateOf, nextMood = () => 'credit') => {
      fateOf = nextFateOf;
      mood = nextMood;
    },
    run: (forMs) => {
      const untilMs = wallMs + forMs;
      for (let next = agenda[0]; next !== undefined && next.atMs <= untilMs; next = agenda[0]) {
        agenda.shift();
        wallMs = Math.max(wallMs, Math.ceil(next.atMs));
        if (next.life === 0 || next.life === life) next.act();
      }
      wallMs = untilMs;
    },
  };
}

export function insteadOf(request: WalletRequest, answer: UnknownAnswer): Reply {
  if (request.kind !== 'batch') return { to: request.kind, answer };
  return {
    to: 'batch',
    answer: { items: request.batch.items.map(({ operationId }) => ({ operationId, answer })) },
  };
}
