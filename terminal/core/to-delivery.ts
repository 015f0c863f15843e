import { unreachable } from '../assert.ts';
import type { Context } from '../context.ts';
import type { DeliveryContext, DeliveryDecision } from '../delivery/context.ts';
import { decideDelivery } from '../delivery/decide.ts';
import type { DeliveryNotice } from '../delivery/effect.ts';
import type { DeliveryEvent } from '../delivery/event.ts';
import { deliveryDefaults } from '../delivery/settings.ts';
import { conditionOf } from '../fleet/condition-of.ts';
import { decideSession } from '../session/decide.ts';
import { andThen, type Decision, decided } from './decision.ts';
import type { Terminal } from './terminal.ts';

/** Lets delivery decide, and tells the visit what has become known about its money. */
export function toDelivery(terminal: Terminal, event: DeliveryEvent, context: Context): Decision {
  const deliveryContext: DeliveryContext = {
    now: context.now,
    chance: context.chance,
    settings: { ...deliveryDefaults, promiseMs: context.settings.promiseMinutes * 60_000 },
    terminalNumber: context.settings.terminal.number,
    anchor: context.anchor,
    condition: () => conditionOf(terminal, context, context.run),
  };
  const decision: DeliveryDecision = decideDelivery(terminal.delivery, event, deliveryContext);
  const first = decided(
    { ...terminal, delivery: decision.state },
    { facts: decision.facts, effects: decision.effects },
  );
  return decision.notices.reduce<Decision>(
    (joined, notice) => andThen(joined, (next) => tellVisit(next, notice, context)),
    first,
  );
}

function tellVisit(terminal: Terminal, notice: DeliveryNotice, context: Context): Decision {
  const { operationId, outcome } = notice;
  switch (outcome.kind) {
    case 'credited':
      return decideSession(
        terminal,
        { kind: 'top-up-settled', operationId, outcome: { kind: 'credited' } },
        context,
      );
    case 'accepted':
      return decideSession(
        terminal,
        { kind: 'top-up-settled', operationId, outcome: { kind: 'accepted', byMs: outcome.promisedAtMs } },
        context,
      );
    case 'refused':
    case 'voided':
    case 'parked':
      return decideSession(
        terminal,
        { kind: 'top-up-settled', operationId, outcome: { kind: 'refused' } },
        context,
      );
    case 'unknown-yet':
      // The visit waits until its own deadline; silence is no answer to show.
      return decided(terminal);
    default:
      return unreachable(outcome);
  }
}
