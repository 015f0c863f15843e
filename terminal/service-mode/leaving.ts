import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { AcceptorFault } from '../devices.ts';
import { may } from '../staff/roles.ts';
import { isNoteMoving } from '../till/state.ts';
import type { LeavingPage } from './device-pages.ts';
import type { StaffPressed } from './event.ts';
import { showHome } from './home.ts';
import { close, turnTo } from './pages.ts';
import { personAt } from './state.ts';

/*
 * Before the terminal is the customers' again: what hands may have left open. Whoever leaves all the same leaves their
 * name on it.
 */

export const leavingChecks = ['cassette', 'acceptor', 'path', 'printer', 'collection'] as const;

export type LeavingCheck = (typeof leavingChecks)[number];

export interface CheckedItem {
  readonly check: LeavingCheck;
  /** The name of what is wrong; absent if it is in order. */
  readonly why: string | undefined;
}

const ofCassette: readonly AcceptorFault[] = ['cassette-removed', 'cassette-full'];

/** Every item, in the order in which a person would look. */
export function checkedItems({ health, till }: Terminal): readonly CheckedItem[] {
  const { acceptor, printer } = health;
  const found: Readonly<Record<LeavingCheck, string | undefined>> = {
    cassette: acceptor.faults.find((fault) => ofCassette.includes(fault)),
    acceptor: !acceptor.connected
      ? 'not-connected'
      : !acceptor.recovered
        ? 'no-answer'
        : acceptor.faults.find((fault) => !ofCassette.includes(fault)),
    // The path has been seen empty when the acceptor has come to rest and nothing is on its way since.
    path: isNoteMoving(till) ? 'note-stuck' : undefined,
    printer: printer.ready ? undefined : (printer.fault ?? 'not-connected'),
    collection: till.collection === undefined ? undefined : 'collection-open',
  };
  return leavingChecks.map((check) => ({ check, why: found[check] }));
}

function unfinished(terminal: Terminal): readonly string[] {
  return checkedItems(terminal).flatMap(({ why }) => (why === undefined ? [] : [why]));
}

/** Closes at once if all is in order; else those who could mend it are told first what is not, and it closes when it is. */
export function leave(terminal: Terminal, context: Context): Decision {
  const who = personAt(terminal.serviceMode);
  const open = unfinished(terminal);
  const canMend = who !== undefined && (may(who.role, 'diagnose') || may(who.role, 'collect'));
  const isTold = terminal.serviceMode?.page.kind === 'leaving';
  if (!canMend || open.length === 0) return close(terminal, 'asked');
  return isTold ? close(terminal, 'asked', open) : turnTo(terminal, { kind: 'leaving', who }, context);
}

/** Whoever waited for the last item has asked to leave already. */
export function leaveWhenReady(decision: Decision): Decision {
  const { terminal } = decision;
  if (terminal.serviceMode?.page.kind !== 'leaving' || unfinished(terminal).length > 0) return decision;
  return andThen(decision, (next) => close(next, 'asked'));
}

export function onLeavingPress(
  terminal: Terminal,
  page: LeavingPage,
  press: StaffPressed,
  context: Context,
): Decision {
  return press.action === 'staff-back' ? showHome(terminal, page.who, context) : decided(terminal);
}
