import { unreachable } from '../assert.ts';
import type { Context } from '../context.ts';
import type { DeliveryTimer } from '../delivery/event.ts';
import type { AcceptorReport, PrinterReport } from '../devices.ts';
import type { Fact } from '../facts.ts';
import { followAlarms } from '../health/alarms.ts';
import {
  dueReset,
  onAcceptorHealth,
  onClock,
  onCollectorSeen,
  onDiskSpace,
  onLedgerChecked,
  onPrinterHealth,
  onRanQuietly,
  onStorage,
} from '../health/decide.ts';
import { onLevels, onNoteFate, onPaper } from '../health/gauges.ts';
import { isStanding } from '../health/state.ts';
import { limits } from '../limits.ts';
import { profileTimes } from '../profile.ts';
import { decidePressOfStaff, decideService, keepFresh, onCopyEnded } from '../service-mode/decide.ts';
import { isStaffPress } from '../service-mode/event.ts';
import { leaveWhenReady } from '../service-mode/leaving.ts';
import { onTrialReport } from '../service-mode/trials.ts';
import { decideSession } from '../session/decide.ts';
import type { SessionEvent } from '../session/event.ts';
import { blockOf } from '../session/visit.ts';
import { followStaff } from '../staff/follow.ts';
import type { TillEffect, TillNotice, TillStep } from '../till/change.ts';
import { onAcceptorReport, onNoteOverdue } from '../till/decide.ts';
import { changePeriod } from '../till/period.ts';
import { assertTill, isNoteMoving } from '../till/state.ts';
import type { ProfileAnswer } from '../wallet/messages.ts';
import { andThen, type CoreTimer, type Decision, decided, type Effect } from './decision.ts';
import type { DeliveryNews, TerminalEvent } from './event.ts';
import { fromHealth } from './from-health.ts';
import {
  isCollectorAtWork,
  onDeskRead,
  onPinChecked,
  onSlipEnded,
  onTestPageEnded,
} from './of-service-mode.ts';
import type { Terminal } from './terminal.ts';
import { toDelivery } from './to-delivery.ts';

/**
 * The whole terminal's answer to one event: the same event on the same state gives the same decision, and nothing here
 * waits or touches the world.
 */
export function decide(terminal: Terminal, event: TerminalEvent, context: Context): Decision {
  const before = blockOf(terminal, context);
  let decision = handle(terminal, event, context);
  decision = handOver(decision, context);
  if (blockOf(decision.terminal, context) !== before) {
    decision = andThen(decision, (next) => decideSession(next, { kind: 'readiness-changed' }, context));
  }
  return finish(leaveWhenReady(keepFresh(decision, context)), context);
}

/** Passes fresh money and fresh messages on to delivery, and keeps the books of alarms. */
export function handOver(decision: Decision, context: Context): Decision {
  let handed: Decision = { ...decision, topUps: [] };
  for (const row of decision.topUps) {
    handed = andThen(handed, (next) => toDelivery(next, { kind: 'operation-closed', row }, context));
  }
  if (handed.facts.some(causesMessage)) {
    handed = andThen(handed, (next) => toDelivery(next, { kind: 'message-stored' }, context));
  }
  return handed;
}

export function finish(decision: Decision, context: Context): Decision {
  const { terminal, facts } = decision;
  assertTill(terminal.till);
  const health = followAlarms(terminal.health, facts);
  const staff = followStaff(terminal.staff, facts, context.now.monoMs);
  return { ...decision, terminal: { ...terminal, health, staff } };
}

/** Facts that put a message for the backend into the outbox. */
function causesMessage(fact: Fact): boolean {
  return (
    fact.kind === 'alarm-raised' ||
    fact.kind === 'alarm-ended' ||
    fact.kind === 'period-closed' ||
    (fact.kind === 'operation-closed' && fact.claimId !== undefined)
  );
}

function handle(terminal: Terminal, event: TerminalEvent, context: Context): Decision {
  switch (event.kind) {
    case 'acceptor-reported':
      return onTrialReport(onReport(terminal, event.report, context), event.report);
    case 'printer-reported':
      return onPrinter(terminal, event.report);
    case 'pressed':
      return isStaffPress(event)
        ? decidePressOfStaff(terminal, event, context)
        : decideSession(terminal, event, context);
    case 'wallet-checked':
      return decideSession(terminal, event, context);
    case 'pin-checked':
      return onPinChecked(terminal, event, context);
    case 'pin-made':
    case 'enrolment-checked':
    case 'link-tested':
    case 'ledger-tested':
      return decideService(terminal, event, context);
    case 'desk-read':
      return onDeskRead(terminal, event, context);
    case 'test-page-ended':
      return onTestPageEnded(terminal, event, context);
    case 'slip-ended':
      return onSlipEnded(terminal, event, context);
    case 'timer-fired':
      return onTimer(terminal, event.timer, context);
    case 'print-ended':
      return onPrintEnded(terminal, event, context);
    case 'profile-answered':
      return onProfile(terminal, event.answer, context);
    case 'clock-checked':
      return fromHealth(terminal, onClock(terminal.health, event.isSane));
    case 'storage-checked':
      return fromHealth(terminal, onStorage(terminal.health, event.isFull));
    case 'disk-checked':
      return fromHealth(terminal, onDiskSpace(terminal.health, event.isLow));
    case 'levels-changed':
      return fromHealth(terminal, onLevels(terminal.health, event.levels));
    case 'ledger-checked':
      return onLedger(terminal, event.damage);
    case 'collector-seen':
      return fromHealth(terminal, onCollectorSeen(terminal.health, event.by));
    default:
      return toDelivery(terminal, event satisfies DeliveryNews, context);
  }
}

// ---------------------------------------------------------------- acceptor

/** First where the note is, then how the device is: a fault that strands a note must find it placed. */
function onReport(terminal: Terminal, report: AcceptorReport, context: Context): Decision {
  const { collection } = terminal.till;
  const isOut = report.kind === 'acceptor-trouble' && report.fault === 'cassette-removed';
  const isNews = !isStanding(terminal.health, 'cassette-removed-unannounced', 'cassette');
  let decision = fromTill(terminal, onAcceptorReport(terminal.till, report, context), context);
  const isAnnounced = collection !== undefined && isCollectorAtWork(terminal);
  decision = andThen(decision, (next) =>
    fromHealth(next, onAcceptorHealth(next.health, report, isAnnounced)),
  );
  decision = andThen(decision, (next) =>
    fromHealth(next, onNoteFate(next.health, report, context.settings.fleet)),
  );
  if (isOut && (isAnnounced ? collection.stage === 'begun' : isNews)) {
    decision = andThen(decision, (next) => {
      const change = changePeriod(next.till, isAnnounced ? 'collected' : 'unannounced', context);
      return decided({ ...next, till: change.till }, { facts: change.facts });
    });
  }
  if (report.kind !== 'acceptor-recovered') return decision;
  return andThen(decision, (next) => settleStart(next, context));
}

/** A note on its way has a watch of its own: no operation is settled over it. */
const waitLonger: { readonly effects: readonly Effect[] } = {
  effects: [{ kind: 'start-timer', timer: 'start-settling', delayMs: limits.startSettlingAgainMs }],
};

function settleStart(terminal: Terminal, context: Context): Decision {
  return andThen(decideSession(terminal, { kind: 'start-settled' }, context), (next) =>
    decided(next, { effects: [{ kind: 'cancel-timer', timer: 'start-settling' }] }),
  );
}

function fromTill(terminal: Terminal, step: TillStep, context: Context): Decision {
  const first = decided(
    { ...terminal, till: step.till },
    { facts: step.facts, effects: step.effects.map(timed), topUps: step.topUps },
  );
  return step.notices.reduce<Decision>(
    (decision, notice) =>
      andThen(decision, (next) => decideSession(next, notice satisfies TillNotice, context)),
    first,
  );
}

function timed(effect: TillEffect): Effect {
  switch (effect.kind) {
    case 'watch-note':
      return { kind: 'start-timer', timer: 'note-watch', delayMs: limits.noteReportMsMax };
    case 'stop-watching-note':
      return { kind: 'cancel-timer', timer: 'note-watch' };
    case 'stack':
    case 'return-note':
    case 'confirm-credit':
      return effect;
    default:
      return unreachable(effect);
  }
}

// ---------------------------------------------------------------- timers, printer

function onTimer(terminal: Terminal, timer: CoreTimer | DeliveryTimer, context: Context): Decision {
  switch (timer) {
    case 'idle':
      return decideSession(terminal, { kind: 'idle-reached' }, context);
    case 'question':
      return decideSession(terminal, { kind: 'question-unanswered' }, context);
    case 'nudge':
      return decideSession(terminal, { kind: 'nudge-due' }, context);
    case 'check':
      return decideSession(terminal, { kind: 'check-overdue' }, context);
    case 'payment':
      return decideSession(terminal, { kind: 'payment-overdue' }, context);
    case 'service-idle':
    case 'service-unattended':
    case 'service-hide':
      return decideService(terminal, { kind: timer }, context);
    case 'ledger-check':
      return decided(terminal, { effects: [{ kind: 'check-ledger' }] });
    case 'ran-quietly':
      return fromHealth(terminal, onRanQuietly(terminal.health));
    case 'profile':
      return decided(terminal, { effects: [{ kind: 'load-profile', deadlineMs: profileTimes.deadlineMs }] });
    case 'note-watch':
      return fromTill(terminal, onNoteOverdue(terminal.till, context), context);
    case 'start-settling':
      return isNoteMoving(terminal.till) ? decided(terminal, waitLonger) : settleStart(terminal, context);
    case 'acceptor-reset': {
      const step = dueReset(terminal.health);
      if (step === undefined) return decided(terminal);
      return andThen(fromHealth(terminal, step), (next) =>
        decided(next, { effects: [{ kind: 'reset-acceptor' }] }),
      );
    }
    case 'look':
    case 'messages':
    case 'breaker':
    case 'heartbeat':
    case 'register':
    case 'watch':
      return toDelivery(terminal, { kind: 'timer-fired', timer }, context);
    default:
      return unreachable(timer);
  }
}

function onLedger(terminal: Terminal, damage: string | undefined): Decision {
  const again: Effect = { kind: 'start-timer', timer: 'ledger-check', delayMs: limits.ledgerCheckIntervalMs };
  return andThen(fromHealth(terminal, onLedgerChecked(terminal.health, damage)), (next) =>
    decided(next, { effects: [again] }),
  );
}

/** The backend's word on limits and notes, and where it last saw our journal (money rule M13). */
function onProfile(terminal: Terminal, answer: ProfileAnswer, context: Context): Decision {
  const isOurs =
    answer.kind === 'profile' && answer.profile.terminalNumber === context.settings.terminal.number;
  const delayMs = isOurs ? profileTimes.intervalMs : profileTimes.retryMs;
  const again: Effect = { kind: 'start-timer', timer: 'profile', delayMs };
  if (!isOurs) return decided(terminal, { effects: [again] });
  const { profile } = answer;
  const heard = andThen(decided({ ...terminal, profile }, { effects: [again] }), (next) =>
    toDelivery(next, { kind: 'backend-heard' }, context),
  );
  const { anchor } = profile;
  if (anchor === undefined) return heard;
  return andThen(heard, (next) => toDelivery(next, { kind: 'backend-anchor-seen', anchor }, context));
}

/** The roll's end is seen coming only by a printer that prints. */
function onPrinter(terminal: Terminal, report: PrinterReport): Decision {
  const decision = fromHealth(terminal, onPrinterHealth(terminal.health, report));
  if (report.kind !== 'printer-ready') return decision;
  return andThen(decision, (next) => fromHealth(next, onPaper(next.health, report.paperLow)));
}

/** Stored whoever stands there now; after a doubt the printer is emptied before anything else prints (money rule M15). */
function onPrintEnded(
  terminal: Terminal,
  event: Extract<SessionEvent, { kind: 'print-ended' }>,
  context: Context,
): Decision {
  const stored = decided(terminal, {
    facts: [{ kind: 'print-ended', printId: event.printId, outcome: event.outcome }],
    effects: event.outcome === 'printed' ? [] : [{ kind: 'clear-printer' }],
  });
  const told = andThen(stored, (next) => onCopyEnded(next, event.printId, event.outcome));
  return andThen(told, (next) => decideSession(next, event, context));
}
