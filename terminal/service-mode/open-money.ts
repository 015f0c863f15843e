import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { SignedIn } from '../staff/staff.ts';
import { stay, turnTo } from './pages.ts';
import type { ListPlace, OperationPage, OperationsPage } from './state.ts';

/* How the money desk's pages open, each from the other, and are read again. */

/** As many as a hand can hit on the smallest glass. */
const operationsPerPage = 5;

/** What waits for a person comes first. */
export const firstPlace: ListPlace = { list: { kind: 'for-a-person' }, befores: [] };

export function openOperations(
  terminal: Terminal,
  who: SignedIn,
  place: ListPlace,
  context: Context,
): Decision {
  const { requestId } = context.fresh;
  const page: OperationsPage = {
    kind: 'operations',
    who,
    requestId,
    place,
    operations: undefined,
    hasMore: false,
    fault: undefined,
  };
  const before = place.befores.at(-1);
  const { list } = place;
  return andThen(turnTo(terminal, page, context), (next) =>
    decided(next, {
      effects: [
        {
          kind: 'read-desk',
          requestId,
          query: { kind: 'operations', list, before, limit: operationsPerPage },
        },
      ],
    }),
  );
}

export function openOperation(
  terminal: Terminal,
  about: Pick<OperationPage, 'who' | 'place' | 'operationId'>,
  context: Context,
): Decision {
  const { requestId } = context.fresh;
  const page: OperationPage = {
    kind: 'operation',
    ...about,
    requestId,
    detail: undefined,
    print: { kind: 'none' },
    asking: undefined,
    fault: undefined,
  };
  return andThen(turnTo(terminal, page, context), (next) => readAgain(next, page, context));
}

/** What is shown may be old: nothing is decided on it until it has been read anew. */
export function readAgain(terminal: Terminal, page: OperationPage, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined) return decided(terminal);
  const { requestId } = context.fresh;
  const { operationId } = page;
  return andThen(stay(terminal, serviceMode, { ...page, requestId }), (next) =>
    decided(next, {
      effects: [
        { kind: 'read-desk', requestId, query: { kind: 'operation', which: { by: 'id', operationId } } },
      ],
    }),
  );
}
