import { unreachable } from '../assert.ts';
import type { Surroundings } from '../context.ts';
import type { SalesStop } from '../delivery/state.ts';
import type { AcceptorFault, AcceptorReport, PrinterReport } from '../devices.ts';
import type { Fact } from '../facts.ts';
import type { AlarmCode } from '../faults.ts';
import type { Minor } from '../money.ts';
import type { StaffId } from '../staff/staff.ts';
import type { Till } from '../till/state.ts';
import { type AlarmChange, endAlarms, endWhere, raise } from './alarms.ts';
import { type CashBlock, type Health, isStanding, takenDenominations } from './state.ts';

/** What came of a device's report about itself. */
export interface HealthStep {
  readonly health: Health;
  readonly facts: readonly Fact[];
  readonly resetAcceptorAfterMs: number | undefined;
}

/**
 * Resets tried without a person. A jam often frees itself at the first; more than these only grind on.
 */
const acceptorResets = { triesMax: 3, intervalMs: 30_000 } as const;

/** Faults that a reset may mend; a full or absent cassette needs hands. */
const mendedByReset: ReadonlySet<AcceptorFault> = new Set([
  'jam-in-head',
  'jam-in-cassette',
  'cheated',
  'failure',
  'note-stuck',
  // Nobody has taken the second note back, and the unit's own time-out for escrow is over: a reset brings out both.
  'paused',
]);

/** `isAnnounced`: a collector is at work, and a cassette that is out is no alarm. */
export function onAcceptorHealth(health: Health, report: AcceptorReport, isAnnounced = false): HealthStep {
  const { acceptor } = health;
  switch (report.kind) {
    case 'acceptor-connected':
      return changed(
        { ...health, acceptor: { ...acceptor, connected: true, identity: report.identity } },
        endAlarms(health, 'acceptor-trouble', lostFaults),
        identityFacts(health, report.identity),
      );
    case 'acceptor-lost':
      return changed(
        { ...health, acceptor: { ...acceptor, connected: false, recovered: false, enabled: false } },
        raise(health, 'acceptor-trouble', report.fault, report.detail),
      );
    case 'acceptor-recovered':
      return changed(
        { ...health, acceptor: { ...acceptor, recovered: true, enabled: false, faults: [], resetsTried: 0 } },
        endWhere(health, ({ alarm }) => endedByDevice.has(alarm)),
      );
    case 'acceptor-trouble':
      return onTrouble(health, report.fault, report.detail, isAnnounced);
    case 'acceptor-trouble-ended':
      return changed(
        {
          ...health,
          acceptor: { ...acceptor, faults: acceptor.faults.filter((fault) => fault !== report.fault) },
        },
        endFaultAlarm(health, report.fault),
      );
    case 'acceptor-enabled':
    case 'acceptor-disabled':
      return changed({ ...health, acceptor: { ...acceptor, enabled: report.kind === 'acceptor-enabled' } });
    case 'note-accepting':
    case 'note-escrowed':
    case 'note-stacking':
    case 'note-stacked':
    case 'credit-released':
    case 'note-returning':
    case 'note-returned':
    case 'note-rejected':
      // These say where a note is, not how the device is.
      return changed(health);
    default:
      return unreachable(report);
  }
}

const lostFaults: ReadonlySet<string> = new Set([
  'not-connected',
  'no-answer',
  'wrong-device',
  'looped-back',
  'bill-table',
]);

function onTrouble(health: Health, fault: AcceptorFault, detail: string, isAnnounced: boolean): HealthStep {
  const { acceptor } = health;
  if (acceptor.faults.includes(fault)) return changed(health);
  const step = changed(
    { ...health, acceptor: { ...acceptor, faults: [...acceptor.faults, fault] } },
    isAnnounced && fault === 'cassette-removed' ? undefined : raise(health, ...alarmOf(fault), detail),
  );
  const tryReset = mendedByReset.has(fault) && acceptor.resetsTried < acceptorResets.triesMax;
  return { ...step, resetAcceptorAfterMs: tryReset ? acceptorResets.intervalMs : undefined };
}

function alarmOf(fault: AcceptorFault): readonly [AlarmCode, string] {
  switch (fault) {
    case 'cassette-removed':
      return ['cassette-removed-unannounced', 'cassette'];
    case 'note-in-mouth':
      return ['note-left-in-mouth', 'mouth'];
    default:
      return ['acceptor-trouble', fault];
  }
}

/** Ended by the device's own word; a cassette pulled without log-in is for a collector to answer for. */
const endedByDevice: ReadonlySet<AlarmCode> = new Set(['acceptor-trouble', 'note-left-in-mouth']);

function endFaultAlarm(health: Health, fault: AcceptorFault): AlarmChange {
  const [alarm, subject] = alarmOf(fault);
  return endWhere(
    health,
    (standing) => endedByDevice.has(alarm) && standing.alarm === alarm && standing.subject === subject,
  );
}

/** The time has come to try a reset; `undefined` if there is nothing left to mend or to try. */
export function dueReset(health: Health): HealthStep | undefined {
  const { acceptor } = health;
  if (!mayTryReset(health)) return undefined;
  const tried: Health = { ...health, acceptor: { ...acceptor, resetsTried: acceptor.resetsTried + 1 } };
  return {
    ...changed(tried),
    resetAcceptorAfterMs: mayTryReset(tried) ? acceptorResets.intervalMs : undefined,
  };
}

function mayTryReset(health: Health): boolean {
  const { faults, resetsTried } = health.acceptor;
  if (awaitsCassette(health)) return true;
  return faults.some((fault) => mendedByReset.has(fault)) && resetsTried < acceptorResets.triesMax;
}

/** Some units notice only at a reset that their cassette is back; until a collector has been seen nothing is turned. */
function awaitsCassette(health: Health): boolean {
  const isAnswered = !isStanding(health, 'cassette-removed-unannounced', 'cassette');
  return isAnswered && health.acceptor.faults.includes('cassette-removed');
}

export function onPrinterHealth(health: Health, report: PrinterReport): HealthStep {
  switch (report.kind) {
    case 'printer-ready':
      return changed(
        {
          ...health,
          printer: { ready: true, paperLow: report.paperLow, model: report.model, fault: undefined },
        },
        endAlarms(health, 'printer-trouble'),
      );
    case 'printer-trouble':
      return changed(
        { ...health, printer: { ...health.printer, ready: false, fault: report.fault } },
        raise(health, 'printer-trouble', report.fault, report.detail),
      );
    default:
      return unreachable(report);
  }
}

/** A collector has seen to the machine: the unannounced removal is answered for. */
export function onCollectorSeen(health: Health, by: string): HealthStep {
  const seen = [{ kind: 'collector-seen', by }] as const;
  const step = changed(health, endAlarms(health, 'cassette-removed-unannounced'), seen);
  return { ...step, resetAcceptorAfterMs: awaitsCassette(step.health) ? 0 : undefined };
}

/**
 * Money rule M7: not before the build, not before the last journal row. The comparison with the backend's signed time
 * is delivery's, which corrects by it.
 */
export function onClock(health: Health, isSane: boolean): HealthStep {
  if ((health.clock === 'sane') === isSane) return changed(health);
  return changed(
    { ...health, clock: isSane ? 'sane' : 'wrong' },
    isSane ? endAlarms(health, 'clock-wrong') : raise(health, 'clock-wrong', 'clock', ''),
  );
}

const crashLoopSubject = 'process';
const ledgerSubject = 'ledger';

/** A process that keeps dying must not keep taking notes: it starts, says so, and sells nothing until it has run quietly. */
export function onCrashLoop(health: Health): HealthStep {
  return changed(health, raise(health, 'crash-loop', crashLoopSubject, ''));
}

export function onRanQuietly(health: Health): HealthStep {
  return changed(health, endAlarms(health, 'crash-loop'));
}

/** Seen ahead, so that no note is ever the one that fills the disk. */
export function onDiskSpace(health: Health, isLow: boolean): HealthStep {
  if (health.isDiskLow === isLow) return changed(health);
  const subject = 'little room left';
  return changed(
    { ...health, isDiskLow: isLow },
    isLow
      ? raise(health, 'storage-trouble', subject, '')
      : endAlarms(health, 'storage-trouble', new Set([subject])),
  );
}

/** What a walk of the whole ledger found. */
export function onLedgerChecked(health: Health, damage: string | undefined): HealthStep {
  return changed(
    health,
    damage === undefined
      ? endAlarms(health, 'ledger-damaged')
      : raise(health, 'ledger-damaged', ledgerSubject, damage),
  );
}

/** Money rule M14: a disk without its reserve takes no more notes, through every restart until a person has made room. */
export function onStorage(health: Health, isFull: boolean): HealthStep {
  return changed(
    { ...health, storage: isFull ? 'full' : 'ok' },
    isFull
      ? raise(health, 'storage-trouble', 'full', '')
      : endAlarms(health, 'storage-trouble', new Set(['full'])),
  );
}

const closedSubject = 'terminal';

/** Out of service on purpose: an alarm that stands through every restart, and that the office hears of. */
export function isClosedByStaff(health: Health): boolean {
  return isStanding(health, 'closed-by-staff', closedSubject);
}

/** A named person takes the terminal out of service, or puts it back. */
export function onSwitch(health: Health, isOpen: boolean, by: StaffId): HealthStep {
  const alarms = isOpen
    ? endAlarms(health, 'closed-by-staff')
    : raise(health, 'closed-by-staff', closedSubject, by);
  return changed(health, alarms, [{ kind: isOpen ? 'sales-opened' : 'sales-closed', by }]);
}

/** The worst reason why no cash may be taken; `undefined` if it may. */
export function cashBlock(
  health: Health,
  till: Till,
  stops: readonly SalesStop[],
  context: Surroundings,
): CashBlock | undefined {
  if (health.storage === 'full' || health.isDiskLow) return 'storage';
  if (isStanding(health, 'ledger-damaged', ledgerSubject)) return 'ledger';
  if (isStanding(health, 'crash-loop', crashLoopSubject)) return 'crash-loop';
  if (health.clock === 'wrong') return 'clock';
  if (stops.includes('ledger-rolled-back')) return 'ledger';
  if (stops.includes('answers-contradict')) return 'answers-wrong';
  if (isStanding(health, 'cassette-removed-unannounced', 'cassette')) return 'collection';
  if (till.collection !== undefined) return 'collection';
  const { acceptor } = health;
  if (acceptor.faults.includes('cassette-full') || acceptor.faults.includes('cassette-removed'))
    return 'cassette';
  if (!acceptor.connected || !acceptor.recovered) return 'acceptor-absent';
  // A second note pushed in early is the customer's to pull back; the visit goes on.
  if (acceptor.faults.some((fault) => fault !== 'paused')) return 'acceptor-fault';
  if (takenDenominations(health, context.settings.denominations).length === 0) return 'acceptor-fault';
  // A note of an earlier visit still lies in the path: nobody else may pay in before it is placed.
  if (till.inHand !== undefined && till.operation === undefined) return 'acceptor-fault';
  return isClosedByStaff(health) ? 'closed' : undefined;
}

/** The kinds of note that are welcome now: known to operator and device, and small enough for the room left. */
export function welcomeDenominations(
  health: Health,
  wanted: readonly Minor[],
  roomMinor: number,
): readonly Minor[] {
  return takenDenominations(health, wanted).filter((valueMinor) => valueMinor <= roomMinor);
}

function identityFacts(
  health: Health,
  identity: NonNullable<Health['acceptor']['identity']>,
): readonly Fact[] {
  const { model, serialNumber, firmware } = identity;
  const known = health.acceptor.identity;
  // Not every protocol has a serial number: another firmware may be another unit.
  if (known?.serialNumber === serialNumber && known.model === model && known.firmware === firmware) return [];
  return [{ kind: 'acceptor-seen', model, serialNumber, firmware }];
}

function changed(health: Health, alarms?: AlarmChange, facts: readonly Fact[] = []): HealthStep {
  return {
    health: alarms === undefined ? health : { ...health, alarms: alarms.alarms },
    facts: [...(alarms?.facts ?? []), ...facts],
    resetAcceptorAfterMs: undefined,
  };
}
