import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { Fact } from '../facts.ts';
import type { Minor } from '../money.ts';
import { may } from '../staff/roles.ts';
import type { SignedIn } from '../staff/staff.ts';
import { slipOf } from './collection.ts';
import type { DeskAnswer } from './desk.ts';
import type { StaffPressed } from './event.ts';
import { showHome } from './home.ts';
import { reveal, stay, turnTo } from './pages.ts';
import type { CashTyping, CollectedPage, CollectionsPage, ServiceMode } from './state.ts';

/* Past collections: what the counters said, how each cassette travelled, and what was found when it was opened. */

const periodsPerPage = 5;
const countDigitsMax = 4;
const sealDigitsMax = 12;

export function openCollections(
  terminal: Terminal,
  who: SignedIn,
  befores: readonly number[],
  context: Context,
): Decision {
  const { requestId } = context.fresh;
  const page: CollectionsPage = {
    ...{ kind: 'collections', who, requestId, befores, periods: undefined, hasMore: false, fault: undefined },
  };
  // One more than shown, and the open one.
  const query = { kind: 'periods', before: befores.at(-1), limit: periodsPerPage + 2 } as const;
  return andThen(turnTo(terminal, page, context), (next) =>
    decided(next, { effects: [{ kind: 'read-desk', requestId, query }] }),
  );
}

export function onCollectionsRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectionsPage,
  answer: DeskAnswer,
): Decision {
  const heard = { ...page, requestId: undefined };
  if (answer.kind !== 'periods') return stay(terminal, mode, { ...heard, fault: 'unreadable' });
  const closed = answer.periods.filter(({ how }) => how !== undefined);
  return stay(terminal, mode, {
    ...heard,
    periods: closed.slice(0, periodsPerPage),
    hasMore: closed.length > periodsPerPage,
  });
}

export function onCollectionsPress(
  terminal: Terminal,
  page: CollectionsPage,
  press: StaffPressed,
  context: Context,
): Decision {
  const { who, befores, periods = [] } = page;
  switch (press.action) {
    case 'staff-back':
      return showHome(terminal, who, context);
    case 'staff-older': {
      const last = periods.at(-1);
      if (!page.hasMore || last === undefined) return decided(terminal);
      return openCollections(terminal, who, [...befores, last.periodNumber], context);
    }
    case 'staff-newer':
      return openCollections(terminal, who, befores.slice(0, -1), context);
    case 'staff-pick': {
      const period = periods.find(({ periodNumber }) => String(periodNumber) === press.value);
      if (period === undefined) return decided(terminal);
      const picked: CollectedPage = {
        kind: 'collected',
        who,
        requestId: undefined,
        befores,
        period,
        isRevealed: false,
        slip: { kind: 'none' },
        typing: undefined,
      };
      return turnTo(terminal, picked, context);
    }
    default:
      return decided(terminal);
  }
}

// ---------------------------------------------------------------- one of them

/** What this person may do with it. */
export function collectedDeeds({ who, requestId, slip, typing }: CollectedPage, { health }: Terminal) {
  const isFree = requestId === undefined && typing === undefined;
  return {
    count: isFree && may(who.role, 'count-cash'),
    seal: isFree && (may(who.role, 'collect') || may(who.role, 'count-cash')),
    slip: isFree && may(who.role, 'collect') && health.printer.ready && slip.kind !== 'printing',
  };
}

export function onCollectedPress(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectedPage,
  press: StaffPressed,
  context: Context,
): Decision {
  const { typing, who } = page;
  const deeds = collectedDeeds(page, terminal);
  switch (press.action) {
    case 'staff-back':
      return typing === undefined
        ? openCollections(terminal, who, page.befores, context)
        : stay(terminal, mode, { ...page, typing: undefined });
    case 'staff-reveal':
      return reveal(terminal, mode, page, press);
    case 'staff-count':
      return deeds.count
        ? stay(terminal, mode, { ...page, typing: emptyCount(page, context) })
        : decided(terminal);
    case 'staff-seal':
      return deeds.seal
        ? stay(terminal, mode, { ...page, typing: { kind: 'seal', digits: '' } })
        : decided(terminal);
    case 'staff-slip':
      return deeds.slip ? printSlip(terminal, mode, page, context) : decided(terminal);
    case 'staff-digit':
    case 'staff-delete':
      return typing === undefined
        ? decided(terminal)
        : stay(terminal, mode, { ...page, typing: { ...typing, digits: edited(typing, press) } });
    case 'staff-next':
      return typing === undefined || typing.digits === ''
        ? decided(terminal)
        : typed(terminal, mode, page, typing, context);
    default:
      return decided(terminal);
  }
}

function edited({ kind, digits }: CashTyping, { action, value }: StaffPressed): string {
  if (action === 'staff-delete') return digits.slice(0, -1);
  const most = kind === 'count' ? countDigitsMax : sealDigitsMax;
  return /^\d$/.test(value ?? '') ? `${digits}${value}`.slice(0, most) : digits;
}

/** Every value that the terminal takes or has counted: what was found may be what nobody expected. */
function emptyCount({ period }: CollectedPage, { settings }: Context): CashTyping {
  const counted = period.counts.map(({ valueMinor }) => valueMinor);
  const taken = settings.denominations;
  const values = [...new Set<Minor>([...counted, ...taken])].sort((a, b) => b - a);
  return { kind: 'count', values, typed: [], digits: '' };
}

function typed(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectedPage,
  typing: CashTyping,
  context: Context,
): Decision {
  const { periodId } = page.period;
  const by = page.who.staffId;
  switch (typing.kind) {
    case 'count': {
      const numbers = [...typing.typed, typing.digits];
      if (numbers.length < typing.values.length) {
        return stay(terminal, mode, { ...page, typing: { ...typing, typed: numbers, digits: '' } });
      }
      const counts = typing.values.map((valueMinor, index) => ({
        valueMinor,
        count: Number(numbers[index]),
      }));
      return record(terminal, page, { kind: 'cash-counted', periodId, counts, by }, context);
    }
    case 'seal':
      return stay(terminal, mode, {
        ...page,
        typing: { kind: 'bag', sealNumber: typing.digits, digits: '' },
      });
    case 'bag': {
      const { sealNumber, digits: bagNumber } = typing;
      return record(terminal, page, { kind: 'cash-sealed', periodId, sealNumber, bagNumber, by }, context);
    }
  }
}

/** Recorded as a new row, then read back. */
function record(terminal: Terminal, page: CollectedPage, fact: Fact, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined) return decided(terminal);
  const { requestId } = context.fresh;
  const query = { kind: 'periods', before: page.period.periodNumber + 1, limit: 1 } as const;
  return andThen(stay(terminal, serviceMode, { ...page, typing: undefined, requestId }), (next) =>
    decided(next, { facts: [fact], effects: [{ kind: 'read-desk', requestId, query }] }),
  );
}

export function onCollectedRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectedPage,
  answer: DeskAnswer,
): Decision {
  const [period = page.period] = answer.kind === 'periods' ? answer.periods : [];
  return stay(terminal, mode, { ...page, requestId: undefined, period });
}

/** Nobody holds one yet: the printer had no paper when the cassette left. */
export function lacksSlip({ period, slip }: CollectedPage): boolean {
  return !period.hasSlip && (slip.kind === 'none' || slip.kind === 'failed');
}

/** A copy, unless nothing has come out before: then the original, which says that it was printed later. */
function printSlip(terminal: Terminal, mode: ServiceMode, page: CollectedPage, context: Context): Decision {
  const { printId } = context.fresh;
  const { period, who } = page;
  const copy = !lacksSlip(page);
  return andThen(stay(terminal, mode, { ...page, slip: { kind: 'printing', printId } }), (next) =>
    decided(next, {
      facts: [{ kind: 'slip-intended', printId, periodId: period.periodId, copy }],
      effects: [
        {
          kind: 'print-slip',
          printId,
          slip: {
            ...slipOf(period, who, period.cassetteNumber, context),
            copy,
            ...(copy ? {} : { printedLaterAtMs: context.now.wallMs }),
          },
        },
      ],
    }),
  );
}
