import type { Context, Surroundings } from '../context.ts';
import { andThen, type Decision, decided, type Effect } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { Fact } from '../facts.ts';
import type { PrintableSlip } from '../receipt/collection-slip.ts';
import { receiptTerminal } from '../receipt/receipt-terminal.ts';
import { may } from '../staff/roles.ts';
import type { SignedIn } from '../staff/staff.ts';
import { changePeriod } from '../till/period.ts';
import { isNoteMoving } from '../till/state.ts';
import type { DeskAnswer, PeriodSummary } from './desk.ts';
import type { StaffPressed } from './event.ts';
import { showHome } from './home.ts';
import { reveal, stay, turnTo } from './pages.ts';
import type { CollectionPage, ServiceMode } from './state.ts';

/*
 * A collector empties the cassette: counters frozen, slip, cassette out, period closed and the next one opened, another
 * cassette in, its number. Each step is a fact, so that a power cut at any moment finds the work where it was.
 */

/** Most digits a cassette's number has. */
export const cassetteNumberDigitsMax = 12;
const cassetteNumberDigitsMin = 3;

/** Opens the page where the work stands. */
export function openCollection(terminal: Terminal, who: SignedIn, context: Context): Decision {
  if (!may(who.role, 'collect')) return decided(terminal);
  const { requestId } = context.fresh;
  const page: CollectionPage = {
    kind: 'collection',
    who,
    period: undefined,
    requestId,
    awaitsPrint: false,
    isRevealed: false,
    slip: terminal.till.collection === undefined ? { kind: 'none' } : { kind: 'unknown' },
    cassetteNumber: '',
    fault: undefined,
  };
  return andThen(turnTo(terminal, page, context), (next) =>
    decided(next, { effects: [readPeriods(requestId)] }),
  );
}

/** The period whose cassette is being collected: the open one, until it has been taken out. */
export function onPeriodsRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectionPage,
  answer: DeskAnswer,
  context: Context,
): Decision {
  const heard: CollectionPage = { ...page, requestId: undefined, awaitsPrint: false };
  if (answer.kind !== 'periods') return stay(terminal, mode, { ...heard, fault: 'unreadable' });
  const collected = terminal.till.collection?.periodId ?? terminal.till.period.periodId;
  const period = answer.periods.find(({ periodId }) => periodId === collected);
  // The ledger knows whether an earlier try has left one behind.
  const lacksSlip = terminal.till.collection !== undefined && period?.hasSlip === false;
  const slip = page.slip.kind === 'unknown' && lacksSlip ? ({ kind: 'failed' } as const) : page.slip;
  const read: CollectionPage = { ...heard, period, slip };
  return page.awaitsPrint ? printSlip(terminal, mode, read, context) : stay(terminal, mode, read);
}

export function onCollectionPress(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectionPage,
  press: StaffPressed,
  context: Context,
): Decision {
  const { collection } = terminal.till;
  switch (press.action) {
    case 'staff-back':
      return showHome(terminal, page.who, context);
    case 'staff-reveal':
      return reveal(terminal, mode, page, press);
    case 'staff-begin':
      return collection === undefined ? begin(terminal, mode, page, context) : decided(terminal);
    case 'staff-slip':
      return collection === undefined ? decided(terminal) : askForSlip(terminal, mode, page, context);
    case 'staff-emptied':
      return collection?.stage === 'begun' ? closeUnseen(terminal, context) : decided(terminal);
    case 'staff-digit':
    case 'staff-delete':
      return typeNumber(terminal, mode, page, press);
    case 'staff-next':
      return collection?.stage === 'emptied' ? end(terminal, mode, page, context) : decided(terminal);
    default:
      return decided(terminal);
  }
}

/** From here on nothing is sold until another cassette is in, through every restart. */
function begin(terminal: Terminal, mode: ServiceMode, page: CollectionPage, context: Context): Decision {
  const { till } = terminal;
  if (page.period === undefined || till.operation !== undefined || isNoteMoving(till))
    return decided(terminal);
  const { staffId } = page.who;
  const { periodId } = till.period;
  const begun: Terminal = {
    ...terminal,
    till: { ...till, collection: { periodId, by: staffId, stage: 'begun' } },
  };
  return andThen(decided(begun, { facts: [{ kind: 'collection-begun', periodId, by: staffId }] }), (next) =>
    askForSlip(next, mode, page, context),
  );
}

/** A credit may have been told late: the slip is made of counters that are read after they were frozen. */
function askForSlip(terminal: Terminal, mode: ServiceMode, page: CollectionPage, context: Context): Decision {
  if (page.requestId !== undefined || page.slip.kind === 'printing') return decided(terminal);
  const { requestId } = context.fresh;
  return andThen(stay(terminal, mode, { ...page, requestId, awaitsPrint: true, fault: undefined }), (next) =>
    decided(next, { effects: [readPeriods(requestId)] }),
  );
}

/** More than are closed while one collection is under way. */
const periodsRead = 10;

function readPeriods(requestId: string): Effect {
  return { kind: 'read-desk', requestId, query: { kind: 'periods', limit: periodsRead } };
}

/** The first that may have come out is the original; every later one says that it is a copy. */
function printSlip(terminal: Terminal, mode: ServiceMode, page: CollectionPage, context: Context): Decision {
  const { period, slip } = page;
  if (period === undefined) return decided(terminal);
  const { printId } = context.fresh;
  const copy = slip.kind === 'printed' || slip.kind === 'unknown';
  const intended: Fact = { kind: 'slip-intended', printId, periodId: period.periodId, copy };
  return andThen(stay(terminal, mode, { ...page, slip: { kind: 'printing', printId } }), (next) =>
    decided(next, {
      facts: [intended],
      effects: [
        {
          kind: 'print-slip',
          printId,
          slip: {
            ...slipOf(period, page.who, next.till.cassetteNumber, context),
            copy,
            ...(slip.kind === 'failed' ? { printedLaterAtMs: context.now.wallMs } : {}),
          },
        },
      ],
    }),
  );
}

/** What a slip says of a period to whoever carries it away, on paper or as a code on the screen. */
export function slipOf(
  period: PeriodSummary,
  { staffId }: SignedIn,
  cassetteNumber: string | undefined,
  { settings, now }: Surroundings,
): PrintableSlip {
  const terminal = receiptTerminal(settings);
  return { terminal, period, cassetteNumber, collector: staffId, atMs: now.wallMs, copy: false };
}

/** Some units do not say that their cassette is out, and none does while the power is off: the collector's word counts. */
function closeUnseen(terminal: Terminal, context: Context): Decision {
  const change = changePeriod(terminal.till, 'collected', context);
  return decided({ ...terminal, till: change.till }, { facts: change.facts });
}

function typeNumber(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectionPage,
  press: StaffPressed,
): Decision {
  const { cassetteNumber } = page;
  const isDigit = press.action === 'staff-digit' && /^\d$/.test(press.value ?? '');
  const typed = isDigit ? `${cassetteNumber}${press.value}` : cassetteNumber.slice(0, -1);
  return stay(terminal, mode, {
    ...page,
    cassetteNumber: typed.slice(0, cassetteNumberDigitsMax),
    fault: undefined,
  });
}

/** Why a cassette of that number is not let in. */
function faultOf(
  number: string,
  justTakenOut: string | undefined,
  known: readonly string[],
): CollectionPage['fault'] {
  if (number.length < cassetteNumberDigitsMin) return 'number-short';
  if (number === justTakenOut) return 'same-cassette';
  return known.length > 0 && !known.includes(number) ? 'unknown-cassette' : undefined;
}

/** Another cassette is in. The one that has just been taken out is not it. */
function end(terminal: Terminal, mode: ServiceMode, page: CollectionPage, context: Context): Decision {
  const { till, health } = terminal;
  const { cassetteNumber, who } = page;
  const fault = faultOf(cassetteNumber, till.cassetteNumber, context.settings.cassettes);
  if (fault !== undefined) return stay(terminal, mode, { ...page, fault });
  const ended: Terminal = { ...terminal, till: { ...till, collection: undefined, cassetteNumber } };
  const { periodId } = till.period;
  const isStillOut = health.acceptor.faults.includes('cassette-removed');
  return andThen(
    decided(ended, {
      facts: [{ kind: 'collection-ended', periodId, cassetteNumber, by: who.staffId }],
      // Some units notice only at a reset that a cassette is in.
      effects: isStillOut ? [{ kind: 'reset-acceptor' }] : [],
    }),
    (next) => showHome(next, who, context),
  );
}
