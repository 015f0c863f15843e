import type { Surroundings } from '../context.ts';
import type { ServicePageView } from '../contract/service-mode.ts';
import type { Terminal } from '../core/terminal.ts';
import { salesStopped } from '../delivery/state.ts';
import { type DeviceName, deviceNames, linkSteps } from '../device-facts.ts';
import { isStanding } from '../health/state.ts';
import type { DeviceRecord } from '../service-mode/desk.ts';
import type { DevicesPage, LeavingPage, PaperPage } from '../service-mode/device-pages.ts';
import type { DeviceTest, LinkOutcome } from '../service-mode/device-test.ts';
import { checkedItems } from '../service-mode/leaving.ts';

/* The devices as a technician reads them: nothing that a bystander could use, and nothing about anybody's money. */

type DevicesView = Extract<ServicePageView, { kind: 'devices' }>;
type LeavingView = Extract<ServicePageView, { kind: 'leaving' }>;
type PaperView = Extract<ServicePageView, { kind: 'paper' }>;
type DeviceFact = DevicesView['chosen']['facts'][number];

export function devicesView(terminal: Terminal, page: DevicesPage, context: Surroundings): DevicesView {
  const { who, device, record, test, fault } = page;
  return {
    kind: 'devices',
    who: { ...who },
    devices: deviceNames.map((name) => ({ device: name, isWell: faultsOf(terminal, name).length === 0 })),
    chosen: {
      device,
      faults: faultsOf(terminal, device),
      facts: factsOf(terminal, device, record, context),
      ...(record === undefined
        ? {}
        : {
            troubles: record.troubles.map(({ atMs, alarm, subject }) => ({ atMs, alarm, fault: subject })),
          }),
    },
    ...(test === undefined ? {} : { test: trialView(test, terminal) }),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Each step is what the printer says of itself. */
export function paperView({ health }: Terminal, { who, print }: PaperPage): PaperView {
  const { ready, fault } = health.printer;
  const why = ready ? {} : { why: fault ?? 'not-connected' };
  return { kind: 'paper', who: { ...who }, isReady: ready, ...why, print: print.kind };
}

/** What has to be in order before the terminal is the customers' again. */
export function leavingView(terminal: Terminal, { who }: LeavingPage): LeavingView {
  return {
    kind: 'leaving',
    who: { ...who },
    checks: checkedItems(terminal).map(({ check, why }) => (why === undefined ? { check } : { check, why })),
  };
}

/** What is wrong with it now, the worst first; each name has its words and its advice. */
function faultsOf({ health, delivery }: Terminal, device: DeviceName): readonly string[] {
  switch (device) {
    case 'acceptor':
      if (!health.acceptor.connected) return ['not-connected'];
      return health.acceptor.recovered ? health.acceptor.faults : ['no-answer', ...health.acceptor.faults];
    case 'printer':
      if (health.printer.fault !== undefined) return [health.printer.fault];
      return health.printer.ready ? [] : ['not-connected'];
    case 'backend': {
      const isSilent = delivery.breaker.kind !== 'closed' || delivery.lastGoodContactMonoMs === undefined;
      return only({
        'answers-contradict': salesStopped(delivery).includes('answers-contradict'),
        'backend-silent': isSilent,
      });
    }
    case 'disk':
      return only({
        'disk-full': health.storage === 'full' || health.isDiskLow,
        'ledger-damaged': isStanding(health, 'ledger-damaged', 'ledger'),
        'ledger-rolled-back': salesStopped(delivery).includes('ledger-rolled-back'),
      });
    case 'clock':
      return only({ 'clock-wrong': health.clock === 'wrong' });
    case 'screen':
      // Whoever reads this has proven it.
      return [];
  }
}

function only(faults: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(faults).flatMap(([fault, isSo]) => (isSo ? [fault] : []));
}

function factsOf(
  { health, delivery }: Terminal,
  device: DeviceName,
  record: DeviceRecord | undefined,
  { now }: Surroundings,
): readonly DeviceFact[] {
  switch (device) {
    case 'acceptor': {
      const { identity } = health.acceptor;
      const { recentNotes } = health;
      return [
        ...told('model', identity?.model),
        ...told('serialNumber', identity?.serialNumber),
        ...told('firmware', identity?.firmware),
        ...told('protocol', identity?.protocol),
        ...counted('noteCount', record?.noteCount),
        {
          fact: 'rejectedNotes',
          count: recentNotes.filter((fate) => fate === 'note-rejected').length,
          of: recentNotes.length,
        },
      ];
    }
    case 'printer': {
      const { model, fault, paperLow } = health.printer;
      const paper = fault === 'paper-out' ? 'out' : paperLow ? 'low' : 'enough';
      const roll = record?.roll;
      return [
        ...told('model', model),
        { fact: 'paper', paper },
        ...counted('slipsOnRoll', roll?.slips),
        ...(roll?.changedAtMs === undefined ? [] : [{ fact: 'rollSince', atMs: roll.changedAtMs } as const]),
      ];
    }
    case 'backend': {
      const { lastGoodContactMonoMs: heardAt } = delivery;
      return [
        ...(heardAt === undefined
          ? []
          : [{ fact: 'lastContact', atMs: wholeSeconds(now.wallMs - now.monoMs + heardAt) } as const]),
        ...counted('waitingCount', record?.waitingCount),
      ];
    }
    case 'disk':
    case 'screen':
      return [];
    case 'clock':
      return [{ fact: 'terminalTime', atMs: wholeSeconds(now.wallMs) }];
  }
}

function trialView(test: DeviceTest, { health }: Terminal): NonNullable<DevicesView['test']> {
  switch (test.kind) {
    case 'notes':
      return {
        kind: 'notes',
        isOpen: health.acceptor.enabled,
        notes: test.seen.map(({ valueMinor, fate }) =>
          valueMinor === undefined ? { fate } : { fate, valueMinor },
        ),
      };
    case 'page':
      return { kind: 'page', print: test.print.kind };
    case 'link':
      return test.outcome === undefined
        ? { kind: 'link' }
        : { kind: 'link', outcome: linkView(test.outcome) };
    case 'ledger': {
      const { outcome } = test;
      if (outcome === undefined) return { kind: 'ledger' };
      const freeMegabytes = Math.floor(outcome.freeBytes / (1024 * 1024));
      return { kind: 'ledger', outcome: { freeMegabytes, isWhole: outcome.damage === undefined } };
    }
    case 'touch':
      return test.outcome === undefined ? { kind: 'touch' } : { kind: 'touch', outcome: { ...test.outcome } };
    case 'picture':
      return test.outcome === undefined ? { kind: 'picture' } : { kind: 'picture', outcome: test.outcome };
  }
}

/** What lies before the step that failed has passed; what lies behind it was not reached. */
function linkView({ failedAt, tookMs, aheadMs }: LinkOutcome) {
  const failed = failedAt === undefined ? linkSteps.length : linkSteps.indexOf(failedAt);
  return {
    steps: linkSteps.map((step, at) => ({
      step,
      state:
        at < failed ? ('passed' as const) : at === failed ? ('failed' as const) : ('not-reached' as const),
    })),
    tookMs: Math.round(tookMs),
    ...(aheadMs === undefined ? {} : { aheadSeconds: Math.trunc(aheadMs / 1_000) }),
  };
}

function told(
  fact: 'model' | 'serialNumber' | 'firmware' | 'protocol',
  text: string | undefined,
): DeviceFact[] {
  return text === undefined || text === '' ? [] : [{ fact, text }];
}

function counted(
  fact: 'noteCount' | 'waitingCount' | 'slipsOnRoll',
  count: number | undefined,
): DeviceFact[] {
  return count === undefined ? [] : [{ fact, count }];
}

/** A view that differs by a few milliseconds is no new view. */
function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000;
}
