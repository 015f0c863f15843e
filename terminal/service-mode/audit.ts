import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { kazakhstanOffsetMs } from '../receipt/receipt-terminal.ts';
import type { SignedIn } from '../staff/staff.ts';
import { type AuditFilter, auditGroups, type DeskAnswer } from './desk.ts';
import type { StaffPressed } from './event.ts';
import { showHome } from './home.ts';
import { stay, turnTo } from './pages.ts';
import type { AuditPage, ServiceMode } from './state.ts';

/* Everything that was done, as the journal has it: nobody can change it here or anywhere else. */

const rowsPerPage = 6;
const dayMs = 86_400_000;

type Place = Pick<AuditPage, 'filter' | 'befores'>;

export function openAudit(
  terminal: Terminal,
  who: SignedIn,
  context: Context,
  place: Place = { filter: { group: 'people', staffId: undefined, day: undefined }, befores: [] },
): Decision {
  const { requestId } = context.fresh;
  const { filter, befores } = place;
  const page: AuditPage = {
    ...{ kind: 'audit', who, requestId, filter, befores, rows: undefined, hasMore: false, fault: undefined },
  };
  const query = { kind: 'audit', filter, before: befores.at(-1), limit: rowsPerPage } as const;
  return andThen(turnTo(terminal, page, context), (next) =>
    decided(next, { effects: [{ kind: 'read-desk', requestId, query }] }),
  );
}

export function onAuditRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: AuditPage,
  answer: DeskAnswer,
): Decision {
  const heard = { ...page, requestId: undefined };
  if (answer.kind !== 'audit') return stay(terminal, mode, { ...heard, fault: 'unreadable' });
  return stay(terminal, mode, { ...heard, rows: answer.rows, hasMore: answer.hasMore });
}

export function onAuditPress(
  terminal: Terminal,
  page: AuditPage,
  press: StaffPressed,
  context: Context,
): Decision {
  const { who, filter, befores, rows = [] } = page;
  const filtered = (change: Partial<AuditFilter>): Decision =>
    openAudit(terminal, who, context, { filter: { ...filter, ...change }, befores: [] });
  switch (press.action) {
    case 'staff-back':
      return showHome(terminal, who, context);
    case 'staff-list': {
      const group = auditGroups.find((known) => known === press.value);
      return group === undefined ? decided(terminal) : filtered({ group, staffId: undefined });
    }
    case 'staff-person':
      return filtered({ group: 'people', staffId: nextPerson(terminal, filter.staffId) });
    case 'staff-day':
      return filtered({ day: nextDay(filter.day, context.now.wallMs) });
    case 'staff-older': {
      const last = rows.at(-1);
      if (!page.hasMore || last === undefined) return decided(terminal);
      return openAudit(terminal, who, context, { filter, befores: [...befores, last.sequence] });
    }
    case 'staff-newer':
      return openAudit(terminal, who, context, { filter, befores: befores.slice(0, -1) });
    default:
      return decided(terminal);
  }
}

/** One person after the other, and then everybody again. */
function nextPerson({ staff }: Terminal, staffId: string | undefined): string | undefined {
  const ids = staff.members.map((member) => member.staffId as string);
  return staffId === undefined ? ids[0] : ids[ids.indexOf(staffId) + 1];
}

const daysBack = 31;

/** Today, the day before, and so on for a month; then all days again. */
function nextDay(day: AuditFilter['day'], nowMs: number): AuditFilter['day'] {
  const local = nowMs + kazakhstanOffsetMs;
  const today = local - (local % dayMs) - kazakhstanOffsetMs;
  const fromMs = day === undefined ? today : day.fromMs - dayMs;
  return fromMs < today - daysBack * dayMs ? undefined : { fromMs, toMs: fromMs + dayMs };
}
