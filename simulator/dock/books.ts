import { formatMinor, minor } from '../../terminal/money.ts';
import type { Backend } from '../wallet/backend.ts';
import { dockLimits, type World } from './contract.ts';

/** What the wallet backend would show its own people. */
export type Books = Pick<World, 'wallets' | 'topUps' | 'entries' | 'claims'>;

export type DockBackend = Pick<Backend, 'faults' | 'ledger' | 'wallets' | 'records'>;

/** Newest first. */
export function readBooks(backend: DockBackend): Books {
  const latest = <Row>(rows: Row[], limit: number): Row[] => rows.slice(-limit).reverse();
  return {
    wallets: backend
      .wallets()
      .map(({ phone, holderName, state, balanceMinor }) => ({ phone, holderName, state, balanceMinor })),
    topUps: latest(backend.ledger.operations(), dockLimits.topUpsMax).map(
      ({ operationId, wallet, amountMinor, state }) => ({ operationId, wallet, amountMinor, state }),
    ),
    entries: latest(backend.ledger.entries(), dockLimits.entriesMax).map(
      ({ cause, account, amountMinor, postedMs }) => ({ cause, account, amountMinor, postedMs }),
    ),
    claims: backend.records('claim').length,
  };
}

const stateWords = {
  accepted: 'taken on, to be credited later',
  refused: 'refused',
  credited: 'credited',
  voided: 'void for ever',
} as const;

/** What has become of top-ups between two looks into the books. */
export function newsOfBooks(before: Books, after: Books): readonly string[] {
  const known = new Map(before.topUps.map(({ operationId, state }) => [operationId, state]));
  const changed = after.topUps.filter(({ operationId, state }) => known.get(operationId) !== state);
  const claims = after.claims > before.claims ? ['The terminal reported a claim: somebody needs help'] : [];
  const topUps = changed.map(
    ({ wallet, amountMinor, state }) =>
      `${formatMinor(minor(amountMinor))} for ${wallet}: ${stateWords[state]}`,
  );
  return [...claims, ...topUps];
}
