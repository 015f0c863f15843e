import type { ServicePageView } from '../../terminal/contract/service-mode.ts';
import type { StaffKeys } from '../terminal-under-test.ts';
import type { PlannedSettlement } from './planned-errands.ts';
import { act, runErrand, typeDigits } from './service-visit.ts';
import type { Stage } from './stage.ts';

/*
 * Two persons who settle a top-up by hand whose answer has not come: one stops it and proposes, the other confirms. They
 * believe the page, as people do: cash is paid out when it says that it may be.
 */

const patienceMs = 6 * 60_000;
/** They do not wait longer for the backend to give an operation up. */
const voidedWithinLooks = 120;

type OperationPageView = Extract<ServicePageView, { kind: 'operation' }>;

/** A row on which an answer, or a person, is still outstanding. */
const isOutstanding = new Set(['waiting', 'accepted', 'voiding', 'refused', 'parked', 'voided']);

interface Mind {
  readonly stage: Stage;
  readonly plan: PlannedSettlement;
  /** What both are about, once one was found. */
  operationNumber: string | undefined;
  waitedLooks: number;
}

/** Resolves when both have gone. */
export async function playSettlement(
  stage: Stage,
  plan: PlannedSettlement,
  administrators: readonly StaffKeys[],
): Promise<void> {
  const mind: Mind = { stage, plan, operationNumber: undefined, waitedLooks: 0 };
  for (const keys of administrators) {
    mind.waitedLooks = 0;
    await runErrand(stage, {
      keys,
      paceMs: plan.paceMs,
      patienceMs,
      // What comes between meets the first of them, or the second.
      mishap: keys === administrators[plan.meets] ? plan.mishap : undefined,
      work: (page) => work(mind, page),
    });
    act(stage, 'staff-leave');
    if (mind.operationNumber === undefined) return;
  }
}

async function work(mind: Mind, page: ServicePageView): Promise<boolean> {
  const { stage } = mind;
  switch (page.kind) {
    case 'home':
      act(stage, 'staff-open', 'operations');
      return false;
    case 'operations':
      return choose(mind, page);
    case 'operation':
      return page.operation !== undefined && settle(mind, page, page.operation);
    default:
      return false;
  }
}

/** The newest that is not over: very likely the visitor's who has just left. */
function choose(mind: Mind, page: Extract<ServicePageView, { kind: 'operations' }>): boolean {
  const { stage } = mind;
  if (page.list !== 'all') {
    act(stage, 'staff-list', 'all');
    return false;
  }
  if (page.operations === undefined) return false;
  mind.operationNumber ??= page.operations.find(({ state }) => isOutstanding.has(state))?.operationNumber;
  if (mind.operationNumber === undefined) return true;
  act(stage, 'staff-pick', mind.operationNumber);
  return false;
}

async function settle(
  mind: Mind,
  { asking }: OperationPageView,
  operation: NonNullable<OperationPageView['operation']>,
): Promise<boolean> {
  const { stage, plan } = mind;
  switch (asking?.kind) {
    case 'void':
      act(stage, 'staff-confirm');
      return false;
    case 'reason':
      act(stage, 'staff-reason', asking.reasons[0]);
      return false;
    case 'wallet':
      if (asking.digits.length < plan.wallet.length) {
        await typeDigits(stage, plan.wallet.slice(asking.digits.length));
      } else {
        act(stage, 'staff-next');
      }
      return false;
    case undefined:
      break;
  }
  switch (operation.state) {
    case 'waiting':
    case 'accepted':
    case 'refused':
    case 'parked':
      act(stage, 'staff-void');
      return false;
    case 'voiding':
      mind.waitedLooks += 1;
      return mind.waitedLooks > voidedWithinLooks;
    case 'voided':
      if (operation.proposal === undefined) act(stage, 'staff-propose', plan.as);
      else if (operation.isOwnProposal) return true;
      else act(stage, 'staff-confirm');
      return false;
    case 'by-hand':
    case 'rerouted':
      stage.settledByHand.set(operation.operationNumber, operation.state);
      return true;
    default:
      return true;
  }
}
