import type { OperationId } from '../ids.ts';
import { addMinor, type Minor } from '../money.ts';
import type { RegisterRow } from '../store.ts';
import type { RegisterAnswer, RegisterDayAnswer, RegisterItem } from '../wallet/messages.ts';

type Differs = Extract<RegisterAnswer, { readonly kind: 'differs' }>;
type BackendRegister = Extract<RegisterDayAnswer, { readonly kind: 'register' }>;

/** What the terminal tells as credited. */
export function creditedItems(rows: readonly RegisterRow[]): readonly RegisterItem[] {
  return rows
    .filter((row) => row.state === 'credited')
    .map(({ operationId, amountMinor }) => ({ operationId, amountMinor }));
}

/**
 * What the backend found wrong with our register. That it has credited a top-up which is still open here, at our
 * amount, is no difference: its answer is on the way.
 */
export function foundByBackend(rows: readonly RegisterRow[], answer: Differs): readonly string[] {
  const ours = byId(rows);
  const unexpected = answer.missingAtTerminal.filter((item) => !isOpenAtSameAmount(ours, item));
  return [
    ...answer.missingAtBackend.map((operationId) => `${operationId} is not credited at the backend`),
    ...unexpected.map((item) => `${item.operationId} is credited at the backend alone`),
    ...answer.otherAmounts.map((item) => `${item.operationId} has another amount at the backend`),
  ];
}

/** What we find wrong with the backend's register: its own sum, each of its ids, and each of ours that it lacks. */
export function foundHere(rows: readonly RegisterRow[], theirs: BackendRegister): readonly string[] {
  const ours = byId(rows);
  const theirIds = new Set(theirs.items.map((item) => item.operationId));
  const found: string[] = [];
  if (theirIds.size !== theirs.items.length) found.push('the backend lists an operation twice');
  if (addMinor(...theirs.items.map((item) => item.amountMinor)) !== theirs.sumMinor) {
    found.push("the backend's sum is not the sum of its items");
  }
  for (const item of theirs.items) {
    const row = ours.get(item.operationId);
    if (row === undefined) found.push(`${item.operationId} is unknown here`);
    else if (row.amountMinor !== item.amountMinor) found.push(`${item.operationId} has another amount`);
    else if (row.state === 'ended') found.push(`${item.operationId} is credited at the backend alone`);
  }
  for (const row of rows) {
    if (row.state === 'credited' && !theirIds.has(row.operationId)) {
      found.push(`${row.operationId} is not credited at the backend`);
    }
  }
  return found;
}

function byId(rows: readonly RegisterRow[]): ReadonlyMap<OperationId, RegisterRow> {
  return new Map(rows.map((row) => [row.operationId, row]));
}

function isOpenAtSameAmount(
  ours: ReadonlyMap<OperationId, RegisterRow>,
  item: { readonly operationId: OperationId; readonly amountMinor: Minor },
): boolean {
  const row = ours.get(item.operationId);
  return row?.state === 'open' && row.amountMinor === item.amountMinor;
}
