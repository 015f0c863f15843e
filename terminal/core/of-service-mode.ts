import type { Context } from '../context.ts';
import { onCollectorSeen } from '../health/decide.ts';
import { isStanding } from '../health/state.ts';
import { decideService } from '../service-mode/decide.ts';
import type { ServiceEvent } from '../service-mode/event.ts';
import { personAt } from '../service-mode/state.ts';
import { decideSession } from '../session/decide.ts';
import { may } from '../staff/roles.ts';
import { andThen, type Decision, decided } from './decision.ts';
import { fromHealth } from './from-health.ts';
import type { Terminal } from './terminal.ts';

/* Where the work of staff means something to the machine. */

/** Only whoever has signed in may take a cassette out unremarked, whatever was begun before (money rule M11). */
export function isCollectorAtWork({ serviceMode }: Terminal): boolean {
  const person = personAt(serviceMode);
  return person !== undefined && may(person.role, 'collect');
}

/** A collector who has signed in answers for a cassette that was pulled without (money rule M11). */
export function onPinChecked(
  terminal: Terminal,
  event: Extract<ServiceEvent, { kind: 'pin-checked' }>,
  context: Context,
): Decision {
  const decision = decideService(terminal, event, context);
  const collector = decision.facts.find(
    (fact) => fact.kind === 'staff-signed-in' && may(fact.role, 'collect'),
  );
  const isAwaited = isStanding(terminal.health, 'cassette-removed-unannounced', 'cassette');
  if (collector?.kind !== 'staff-signed-in' || !isAwaited) return decision;
  return andThen(decision, (next) => fromHealth(next, onCollectorSeen(next.health, collector.staffId)));
}

/** Staff and customers ask the same desk; an answer goes to whoever asked. */
export function onDeskRead(
  terminal: Terminal,
  event: Extract<ServiceEvent, { kind: 'desk-read' }>,
  context: Context,
): Decision {
  const { step } = terminal.session;
  const { requestId, answer } = event;
  return step.kind === 'find' && step.requestId === requestId
    ? decideSession(terminal, { kind: 'payment-looked-up', requestId, answer }, context)
    : decideService(terminal, event, context);
}

/** Stored whoever stands there now; after a doubt the printer is emptied. */
export function onSlipEnded(
  terminal: Terminal,
  event: Extract<ServiceEvent, { kind: 'slip-ended' }>,
  context: Context,
): Decision {
  const { printId, outcome } = event;
  const stored = decided(terminal, {
    facts: [{ kind: 'slip-ended', printId, outcome }],
    effects: outcome === 'printed' ? [] : [{ kind: 'clear-printer' }],
  });
  return andThen(stored, (next) => decideService(next, event, context));
}

/** What a doubtful test page may have left in the printer comes out before no visitor. */
export function onTestPageEnded(
  terminal: Terminal,
  event: Extract<ServiceEvent, { kind: 'test-page-ended' }>,
  context: Context,
): Decision {
  const cleared = decided(terminal, {
    effects: event.outcome === 'printed' ? [] : [{ kind: 'clear-printer' }],
  });
  return andThen(cleared, (next) => decideService(next, event, context));
}
