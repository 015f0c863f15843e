import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import { fromHealth } from '../core/from-health.ts';
import type { Terminal } from '../core/terminal.ts';
import { isClosedByStaff, onSwitch } from '../health/decide.ts';
import { may } from '../staff/roles.ts';
import type { SignedIn } from '../staff/staff.ts';
import { turnTo } from './pages.ts';

const eventsShown = 10;

/** Out of service on purpose, or back again. What is wrong besides keeps its own say. */
export function switchSales(terminal: Terminal, { staffId, role }: SignedIn): Decision {
  if (!may(role, 'run-terminal')) return decided(terminal);
  return fromHealth(terminal, onSwitch(terminal.health, isClosedByStaff(terminal.health), staffId));
}

/** The first page after signing in: what is wrong, what to do, and what happened lately. */
export function showHome(terminal: Terminal, who: SignedIn, context: Context): Decision {
  const { requestId } = context.fresh;
  return andThen(turnTo(terminal, { kind: 'home', who, requestId, events: undefined }, context), (next) =>
    decided(next, {
      effects: [{ kind: 'read-desk', requestId, query: { kind: 'recent-events', limit: eventsShown } }],
    }),
  );
}
