import { unreachable } from '../assert.ts';
import type { Surroundings } from '../context.ts';
import type { ServiceModeView, ServicePageView } from '../contract/service-mode.ts';
import type { Terminal } from '../core/terminal.ts';
import { isClosedByStaff } from '../health/decide.ts';
import { certainSum } from '../receipt/collection-slip.ts';
import { slipCode } from '../receipt/slip-code.ts';
import { slipOf } from '../service-mode/collection.ts';
import type { PeriodSummary } from '../service-mode/desk.ts';
import {
  type ChoosePinPage,
  type CollectionPage,
  type HomePage,
  mayOpen,
  type ServiceMode,
  sections,
} from '../service-mode/state.ts';
import { troubleOf } from '../session/visit.ts';
import { staffRules } from '../staff/staff.ts';
import { auditView } from './audit-page.ts';
import { collectedView, collectionsView } from './collections-pages.ts';
import { devicesView, leavingView, paperView } from './devices-page.ts';
import { findView, notesView, operationsView, operationView } from './money-pages.ts';

/** What service mode shows now. Digits of a PIN or a code are counted, never told. */
export function servicePageOf(
  terminal: Terminal,
  { page, closesAtMonoMs }: ServiceMode,
  context: Surroundings,
): ServiceModeView {
  const closesInMs = msUntil(closesAtMonoMs, context);
  return {
    page: pageOf(terminal, page, context),
    ...(closesInMs === undefined ? {} : { closesInMs }),
  };
}

function pageOf(terminal: Terminal, page: ServiceMode['page'], context: Surroundings): ServicePageView {
  const lockedForMs = msUntil(lockedUntil(terminal, context), context);
  const locked = lockedForMs === undefined ? {} : { lockedForMs };
  switch (page.kind) {
    case 'try-later':
      return { kind: 'try-later' };
    case 'enrol':
      return {
        kind: 'enrol',
        typed: page.digits.length,
        of: staffRules.enrolmentDigits,
        isChecking: page.requestId !== undefined,
        isRefused: page.isRefused,
        ...locked,
      };
    case 'sign-in': {
      const { field, id, pin, order, requestId, isRefused } = page;
      const typed = field === 'id' ? id.length : pin.length;
      const of = field === 'id' ? staffRules.idDigits : staffRules.pinDigits;
      return {
        kind: 'sign-in',
        field,
        id,
        typed,
        of,
        order,
        isChecking: requestId !== undefined,
        isRefused,
        ...locked,
      };
    }
    case 'choose-pin':
      return choosePinPage(page);
    case 'home':
      return homePage(terminal, page, context);
    case 'collection':
      return collectionPage(terminal, page, context);
    case 'operations':
      return operationsView(page);
    case 'find-operation':
      return findView(page);
    case 'operation':
      return operationView(page);
    case 'notes':
      return notesView(page);
    case 'audit':
      return auditView(page);
    case 'collections':
      return collectionsView(page);
    case 'collected':
      return collectedView(page, context);
    case 'paper':
      return paperView(terminal, page);
    case 'leaving':
      return leavingView(terminal, page);
    case 'devices':
      return devicesView(terminal, page, context);
    default:
      return unreachable(page);
  }
}

function choosePinPage({ first, pin, order, requestId, fault }: ChoosePinPage): ServicePageView {
  return {
    kind: 'choose-pin',
    isAgain: first !== undefined,
    typed: pin.length,
    of: staffRules.pinDigits,
    order,
    isChecking: requestId !== undefined,
    ...(fault === undefined ? {} : { fault }),
  };
}

function lockedUntil({ staff }: Terminal, context: Surroundings): number | undefined {
  return context.now.monoMs < staff.lockedUntilMonoMs ? staff.lockedUntilMonoMs : undefined;
}

function msUntil(atMonoMs: number | undefined, context: Surroundings): number | undefined {
  return atMonoMs === undefined ? undefined : Math.max(0, Math.ceil(atMonoMs - context.now.monoMs));
}

function collectionPage(
  { till, health }: Terminal,
  page: CollectionPage,
  context: Surroundings,
): ServicePageView {
  const { period, isRevealed, slip, cassetteNumber, fault } = page;
  return {
    kind: 'collection',
    who: { ...page.who },
    stage: till.collection?.stage ?? 'review',
    ...(period === undefined ? {} : { period: periodView(period, isRevealed) }),
    isCassetteOut: health.acceptor.faults.includes('cassette-removed'),
    slip: slip.kind,
    ...(isRevealed && period !== undefined && slip.kind === 'failed'
      ? { slipCode: slipCode(slipOf(period, page.who, till.cassetteNumber, context)) }
      : {}),
    cassetteNumber,
    ...(fault === undefined ? {} : { fault }),
  };
}

function periodView(period: PeriodSummary, isRevealed: boolean) {
  const { periodNumber, openedAtMs, counts, inDoubt } = period;
  return {
    periodNumber,
    openedAtMs,
    noteCount: counts.reduce((sum, { count }) => sum + count, 0),
    inDoubtCount: inDoubt.length,
    ...(isRevealed
      ? { sums: { totalMinor: certainSum(period), counts: counts.map((each) => ({ ...each })) } }
      : {}),
  };
}

function homePage(terminal: Terminal, { who, events }: HomePage, context: Surroundings): ServicePageView {
  const trouble = troubleOf(terminal, context);
  const { acceptor, printer } = terminal.health;
  return {
    kind: 'home',
    who: { ...who },
    ...(trouble === undefined ? {} : { trouble }),
    isClosed: isClosedByStaff(terminal.health),
    devices: [
      {
        device: 'acceptor',
        ...(acceptor.identity === undefined ? {} : { name: acceptor.identity.model }),
        isReady: acceptor.connected && acceptor.recovered && acceptor.faults.length === 0,
        faults: acceptor.connected ? acceptor.faults : ['not-connected'],
      },
      {
        device: 'printer',
        isReady: printer.ready,
        faults: printer.fault === undefined ? [] : [printer.fault],
      },
    ],
    ...(events === undefined
      ? {}
      : { events: events.map(({ atMs, kind, about }) => ({ atMs, kind, about })) }),
    sections: sections.filter((section) => mayOpen(who.role, section)),
  };
}
