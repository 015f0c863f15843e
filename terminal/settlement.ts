import type { Fact, OperationOpened } from './facts.ts';
import type { OperationId, WalletPhone } from './ids.ts';
import type { Minor } from './money.ts';
import { isSamePerson } from './notes-desk.ts';
import { operationNumber } from './operation-number.ts';
import type { OperationDetail, SettlementProposal } from './service-mode/desk.ts';
import type { TopUpRow } from './store.ts';

/*
 * What two named persons may do with money that the backend has refused and then voided (money rule M9): pay it out by
 * hand, or send it to another wallet. Before the backend's signed `voided` neither exists.
 */

export type SettlementRefusal =
  | 'not-voided'
  | 'nothing-proposed'
  | 'same-person'
  | 'same-wallet' // the wallet that was refused
  | 'wallets-differ'; // the two persons have typed two wallets

export type SettlementAnswer =
  /** To be committed together; `topUp` is money that is on its way anew. */
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly topUp: TopUpRow | undefined }
  | { readonly kind: 'refused'; readonly why: SettlementRefusal };

/** Whether its money waits for persons and the backend has closed its id for ever. */
export function awaitsSettlement({ topUp, summary }: OperationDetail): boolean {
  return topUp?.state === 'voided' && summary.settledAs === undefined;
}

/** The first person's word. A later proposal replaces an earlier one. */
export function proposeSettlement(detail: OperationDetail, proposal: SettlementProposal): SettlementAnswer {
  if (!awaitsSettlement(detail)) return refused('not-voided');
  if (proposal.as === 'rerouted' && proposal.wallet === detail.topUp?.wallet) return refused('same-wallet');
  const { operationId } = detail.summary;
  const { as, by, reason, wallet } = proposal;
  return {
    kind: 'facts',
    facts: [{ kind: 'settlement-proposed', operationId, as, wallet, by, reason }],
    topUp: undefined,
  };
}

export interface SettlementConfirmation {
  readonly by: string;
  /** Typed anew by the second person, who has not seen what the first one typed. */
  readonly wallet: WalletPhone | undefined;
  readonly nextOperationSerial: number;
  readonly newOperationId: OperationId;
  readonly atMs: number;
}

/** The second person's word: nothing about this operation is open any more. */
export function confirmSettlement(
  detail: OperationDetail,
  confirmation: SettlementConfirmation,
): SettlementAnswer {
  const { proposal, topUp, summary } = detail;
  if (!awaitsSettlement(detail) || topUp === undefined) return refused('not-voided');
  if (proposal === undefined) return refused('nothing-proposed');
  if (isSamePerson(proposal.by, confirmation.by)) return refused('same-person');
  const { operationId } = summary;
  const { as, by: proposedBy, reason, wallet } = proposal;
  const confirmedBy = confirmation.by;
  const confirmed: Fact = { kind: 'settlement-confirmed', operationId, as, proposedBy, confirmedBy, reason };
  if (as === 'by-hand') return { kind: 'facts', facts: [confirmed], topUp: undefined };
  if (wallet === undefined || wallet !== confirmation.wallet) return refused('wallets-differ');
  const opened: OperationOpened = {
    kind: 'operation-opened',
    operationId: confirmation.newOperationId,
    operationNumber: operationNumber(confirmation.nextOperationSerial),
    wallet,
    holderMasked: undefined,
    currency: topUp.currency,
    language: 'kk',
    holdId: undefined,
    limitMinor: topUp.amountMinor,
    offline: false,
    withoutPaper: true,
    supplementOf: undefined,
    reroutedFrom: operationId,
  };
  return {
    kind: 'facts',
    facts: [
      confirmed,
      opened,
      {
        kind: 'operation-closed',
        operationId: opened.operationId,
        end: 'paid',
        amountMinor: topUp.amountMinor,
        claimId: undefined,
      },
    ],
    topUp: freshTopUp(opened, topUp.amountMinor, topUp.notes, confirmation.atMs),
  };
}

/** The row of an operation that persons have opened and closed at once, as the store will read it. */
export function freshTopUp(
  opened: OperationOpened,
  amountMinor: Minor,
  notes: TopUpRow['notes'],
  atMs: number,
): TopUpRow {
  const { operationId, wallet, currency, supplementOf } = opened;
  return {
    operationId,
    operationNumber: opened.operationNumber,
    wallet,
    amountMinor,
    currency,
    holdId: undefined,
    openedAtMs: atMs,
    closedAtMs: atMs,
    notes,
    supplementOf: supplementOf?.operationId,
    state: 'waiting',
    attempts: 0,
    promisedAtMs: undefined,
  };
}

function refused(why: SettlementRefusal): SettlementAnswer {
  return { kind: 'refused', why };
}
