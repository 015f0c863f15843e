import type { Context } from '../context.ts';
import { deliveryDefaults } from '../delivery/settings.ts';
import { initialDeliveryState } from '../delivery/state.ts';
import type { Fact } from '../facts.ts';
import type { AlarmCode } from '../faults.ts';
import { onCrashLoop } from '../health/decide.ts';
import { limits } from '../limits.ts';
import { profileTimes } from '../profile.ts';
import { freshSession } from '../session/visit.ts';
import { waitMsAfter } from '../staff/lock-out.ts';
import type { StoredState } from '../store.ts';
import { tillFromStore } from '../till/state.ts';
import { finish, handOver } from './decide.ts';
import { andThen, type Decision, decided, type Effect } from './decision.ts';
import { fromHealth } from './from-health.ts';
import type { Terminal } from './terminal.ts';
import { toDelivery } from './to-delivery.ts';

/** The first decision of a process: what the journal says, before any device has spoken. */
export function startTerminal(stored: StoredState, build: string, context: Context): Decision {
  const period = stored.period ?? { periodId: context.fresh.periodId, periodNumber: 1 };
  const till = tillFromStore(stored, period);
  const lastActivityMs = stored.openOperation?.lastActivityMs;
  const isRecent =
    lastActivityMs !== undefined &&
    context.now.wallMs >= lastActivityMs &&
    context.now.wallMs - lastActivityMs < limits.resumeIfYoungerThanMs;
  const resumeUntilWallMs = isRecent ? lastActivityMs + limits.resumeIfYoungerThanMs : undefined;
  const alarms = stored.standingAlarms.map(({ alarm, subject }) => ({ alarm: alarm as AlarmCode, subject }));
  const guard = { lookups: [], recentCheckTimesMonoMs: [], checkedWallets: [] };
  const terminal: Terminal = {
    till,
    session: freshSession(
      context.settings,
      guard,
      { kind: 'starting', resumeUntilWallMs },
      context.now.monoMs,
    ),
    health: {
      acceptor: {
        connected: false,
        recovered: false,
        enabled: false,
        identity: undefined,
        faults: [],
        resetsTried: 0,
      },
      printer: { ready: false, paperLow: false, model: undefined, fault: undefined },
      recentNotes: [],
      storage: 'ok',
      isDiskLow: false,
      clock: alarms.some(({ alarm }) => alarm === 'clock-wrong') ? 'wrong' : 'sane',
      alarms,
    },
    delivery: initialDeliveryState(deliveryDefaults),
    staff: {
      members: stored.staff,
      refusals: stored.staffRefusals,
      lockedUntilMonoMs: context.now.monoMs + waitMsAfter(stored.staffRefusals),
      knocksMonoMs: [],
    },
    serviceMode: undefined,
    profile: undefined,
  };
  const started = decided(terminal, {
    facts: startFacts(stored, period, build),
    effects: startEffects(stored, till.inHand !== undefined),
  });
  const { standingAlarms } = stored;
  const counted = isCrashLoop(stored, context)
    ? andThen(started, (next) => fromHealth(next, onCrashLoop(next.health)))
    : started;
  const delivering = andThen(counted, (next) =>
    toDelivery(next, { kind: 'started', standingAlarms }, context),
  );
  return finish(handOver(delivering, context), context);
}

/** Soon after an unclean stop, or while damage is known: a ledger that was mended shows it. */
function firstLedgerCheckMs(stored: StoredState): number {
  const isDamaged = stored.standingAlarms.some(({ alarm }) => alarm === 'ledger-damaged');
  return stored.previousStop === 'unclean' || isDamaged
    ? limits.ledgerCheckSoonMs
    : limits.ledgerCheckIntervalMs;
}

/** This start counts too if the last stop was unclean. */
function isCrashLoop(stored: StoredState, context: Context): boolean {
  const { wallMs } = context.now;
  const recent = stored.uncleanStartsMs.filter((atMs) => wallMs - atMs < limits.crashLoopMs);
  return recent.length + (stored.previousStop === 'unclean' ? 1 : 0) >= limits.crashesMax;
}

function startFacts(
  stored: StoredState,
  period: NonNullable<StoredState['period']>,
  build: string,
): readonly Fact[] {
  return [
    { kind: 'terminal-started', build, previousStop: stored.previousStop },
    ...(stored.period === undefined ? [{ kind: 'period-opened', ...period } satisfies Fact] : []),
    // Nobody can say what came of them any more (money rule M15).
    ...stored.openPrints.map((printId): Fact => ({ kind: 'print-ended', printId, outcome: 'unknown' })),
    ...stored.openSlips.map((printId): Fact => ({ kind: 'slip-ended', printId, outcome: 'unknown' })),
  ];
}

function startEffects(stored: StoredState, isNoteInHand: boolean): readonly Effect[] {
  const effects: Effect[] = [
    { kind: 'start-timer', timer: 'start-settling', delayMs: limits.startSettlingMsMax },
    { kind: 'load-profile', deadlineMs: profileTimes.deadlineMs },
    { kind: 'start-timer', timer: 'ran-quietly', delayMs: limits.crashLoopMs },
    { kind: 'start-timer', timer: 'ledger-check', delayMs: firstLedgerCheckMs(stored) },
  ];
  if (isNoteInHand)
    effects.push({ kind: 'start-timer', timer: 'note-watch', delayMs: limits.noteReportMsMax });
  const isPrintOpen = stored.openPrints.length + stored.openSlips.length > 0;
  if (isPrintOpen || stored.isPaperInDoubt) effects.push({ kind: 'clear-printer' });
  return effects;
}
