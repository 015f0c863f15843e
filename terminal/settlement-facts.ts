import type { OperationId, WalletPhone } from './ids.ts';

/** What becomes of money whose operation the backend has voided (money rule M9). */
export type SettlementFact =
  | SettlementProposed
  /** A second person, and then nothing is open any more. A re-routed one opens its new operation in the same commit. */
  | {
      readonly kind: 'settlement-confirmed';
      readonly operationId: OperationId;
      readonly as: SettlementWay;
      readonly proposedBy: string;
      readonly confirmedBy: string;
      readonly reason: string;
    }
  /** A person has sent one top-up ahead of its time. */
  | { readonly kind: 'send-asked'; readonly operationId: OperationId; readonly by: string };

export interface SettlementProposed {
  readonly kind: 'settlement-proposed';
  readonly operationId: OperationId;
  readonly as: SettlementWay;
  /** Where a re-routed one goes; nothing for one that is paid by hand. */
  readonly wallet: WalletPhone | undefined;
  readonly by: string;
  readonly reason: string;
}

export type SettlementWay = 'by-hand' | 'rerouted';
