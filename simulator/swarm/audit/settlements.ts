import type { Stage } from '../stage.ts';
import type { Accuse } from './breach.ts';
import type { OperationRecord } from './journal.ts';

/**
 * M9: money that two persons have taken into their hands is voided at the backend for ever, and comes out once: as cash, or
 * in one other operation of the same sum. What they read on the screen is stored.
 */
export function checkSettlements(
  { world, settledByHand, unvoided }: Stage,
  operations: readonly OperationRecord[],
  accuse: Accuse,
): void {
  const { ledger } = world.backend;
  for (const operation of operations) {
    const { operationId, operationNumber, settledAs, topUp } = operation;
    const carriers = operations.filter(({ reroutedFrom }) => reroutedFrom === operationId);
    if (carriers.length !== (settledAs === 'rerouted' ? 1 : 0)) {
      accuse(
        'M9',
        `${operationNumber} is ${settledAs ?? 'settled by nobody'}, ${carriers.length} operations carry it on`,
      );
    }
    const isOtherSum = carriers.some(({ amountMinor }) => amountMinor !== operation.amountMinor);
    if (isOtherSum) accuse('M9', `${operationNumber} is re-routed with another sum`);
    const believed = settledByHand.get(operationNumber);
    if (believed !== undefined && believed !== settledAs) {
      accuse(
        'M6',
        `the screen said that ${operationNumber} is ${believed}, and it is ${settledAs ?? 'not settled'}`,
      );
    }
    if (settledAs === null) continue;
    if (topUp !== 'voided') accuse('M9', `${operationNumber} is ${settledAs}, and its top-up is ${topUp}`);
    // A backend that forgets what it had closed for ever is found out the day after (run.ts).
    const creditedMinor = unvoided.has(operationId) ? 0 : ledger.creditedMinor(operationId);
    if (creditedMinor !== 0)
      accuse('M9', `${operationNumber} is ${settledAs}, and ${creditedMinor} were credited`);
  }
}
