import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { parseOperationNumber } from '../operation-number.ts';
import { kazakhstanOffsetMs } from '../receipt/receipt-terminal.ts';
import type { SignedIn } from '../staff/staff.ts';
import type { DeskAnswer, OperationList } from './desk.ts';
import type { StaffPressed } from './event.ts';
import { showHome } from './home.ts';
import { firstPlace, openOperation, openOperations } from './open-money.ts';
import { stay, turnTo } from './pages.ts';
import {
  type FindBy,
  type FindOperationPage,
  findWays,
  type OperationsPage,
  type ServiceMode,
} from './state.ts';

/* The money desk's lists: what is on its way, what has stopped, and the way to a single payment. */

const lists = ['for-a-person', 'waiting', 'stopped', 'all'] as const;

export function onOperationsRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: OperationsPage,
  answer: DeskAnswer,
): Decision {
  const heard = { ...page, requestId: undefined };
  if (answer.kind !== 'operations') return stay(terminal, mode, { ...heard, fault: 'unreadable' });
  const { operations, hasMore } = answer;
  return stay(terminal, mode, { ...heard, operations, hasMore });
}

export function onOperationsPress(
  terminal: Terminal,
  page: OperationsPage,
  press: StaffPressed,
  context: Context,
): Decision {
  const { who, place, operations = [] } = page;
  switch (press.action) {
    case 'staff-back':
      return showHome(terminal, who, context);
    case 'staff-list': {
      const kind = lists.find((list) => list === press.value);
      return kind === undefined
        ? decided(terminal)
        : openOperations(terminal, who, { list: { kind }, befores: [] }, context);
    }
    case 'staff-older': {
      const last = operations.at(-1);
      if (!page.hasMore || last === undefined) return decided(terminal);
      return openOperations(terminal, who, { ...place, befores: [...place.befores, last.serial] }, context);
    }
    case 'staff-newer':
      return openOperations(terminal, who, { ...place, befores: place.befores.slice(0, -1) }, context);
    case 'staff-find':
      return turnTo(terminal, emptyFind(who, 'number'), context);
    case 'staff-pick': {
      const picked = operations.find(({ operationNumber }) => operationNumber === press.value);
      return picked === undefined
        ? decided(terminal)
        : openOperation(terminal, { who, place, operationId: picked.operationId }, context);
    }
    default:
      return decided(terminal);
  }
}

// ---------------------------------------------------------------- looking for one

const digitsOf: Readonly<Record<FindBy, number>> = {
  number: 10,
  'last-four': 4,
  /** Day, month, hours, minutes. */
  time: 8,
};

export function findDigits(by: FindBy): number {
  return digitsOf[by];
}

function emptyFind(who: SignedIn, by: FindBy): FindOperationPage {
  return { kind: 'find-operation', who, by, digits: '', requestId: undefined, fault: undefined };
}

export function onFindPress(
  terminal: Terminal,
  mode: ServiceMode,
  page: FindOperationPage,
  press: StaffPressed,
  digits: string,
  context: Context,
): Decision {
  switch (press.action) {
    case 'staff-back':
      return openOperations(terminal, page.who, firstPlace, context);
    case 'staff-find': {
      const by = findWays.find((way) => way === press.value);
      return by === undefined ? decided(terminal) : turnTo(terminal, emptyFind(page.who, by), context);
    }
    case 'staff-digit':
    case 'staff-delete':
      return stay(terminal, mode, {
        ...page,
        digits: digits.slice(0, digitsOf[page.by]),
        fault: undefined,
      });
    case 'staff-next':
      return page.digits.length === digitsOf[page.by]
        ? lookFor(terminal, mode, page, context)
        : decided(terminal);
    default:
      return decided(terminal);
  }
}

function lookFor(terminal: Terminal, mode: ServiceMode, page: FindOperationPage, context: Context): Decision {
  const { who, by, digits } = page;
  const listed = (list: OperationList): Decision =>
    openOperations(terminal, who, { list, befores: [] }, context);
  if (by === 'last-four') return listed({ kind: 'last-four', digits });
  if (by === 'time') {
    const atMs = timeTyped(digits, context.now.wallMs);
    return atMs === undefined
      ? stay(terminal, mode, { ...page, fault: 'time-wrong' })
      : listed({ kind: 'until', atMs });
  }
  const operationNumber = parseOperationNumber(digits);
  if (operationNumber === undefined) return stay(terminal, mode, { ...page, fault: 'number-wrong' });
  const { requestId } = context.fresh;
  return andThen(stay(terminal, mode, { ...page, requestId, fault: undefined }), (next) =>
    decided(next, {
      effects: [
        {
          kind: 'read-desk',
          requestId,
          query: { kind: 'operation', which: { by: 'number', operationNumber } },
        },
      ],
    }),
  );
}

const minuteMs = 60_000;

/** The last moment that reads so in Kazakhstan, with the whole of its minute: this year's, or last year's. */
function timeTyped(digits: string, nowMs: number): number | undefined {
  const [day = 0, month = 0, hours = 0, minutes = 0] = (digits.match(/../g) ?? []).map(Number);
  const thisYear = new Date(nowMs + kazakhstanOffsetMs).getUTCFullYear();
  for (const year of [thisYear, thisYear - 1]) {
    const local = new Date(Date.UTC(year, month - 1, day, hours, minutes));
    const isReal =
      local.getUTCMonth() === month - 1 && local.getUTCDate() === day && hours < 24 && minutes < 60;
    const atMs = local.getTime() - kazakhstanOffsetMs;
    if (isReal && atMs <= nowMs) return atMs + minuteMs - 1;
  }
  return undefined;
}

export function onFound(
  terminal: Terminal,
  mode: ServiceMode,
  page: FindOperationPage,
  answer: DeskAnswer,
  context: Context,
): Decision {
  const found = answer.kind === 'operation' ? answer.operation : undefined;
  if (found === undefined) {
    return stay(terminal, mode, { ...page, requestId: undefined, fault: 'not-found' });
  }
  const { operationId } = found.summary;
  return openOperation(terminal, { who: page.who, place: firstPlace, operationId }, context);
}
