import type { Random } from '../../terminal/ports.ts';
import type { StruckFaults } from './faults.ts';
import type { Reply } from './problems.ts';

type Body = Readonly<Record<string, unknown>>;

/** Says, under a good signature, something else than what was done. */
export function distort(reply: Reply, struck: StruckFaults, random: Random): Reply {
  const { items } = reply.body;
  if (!Array.isArray(items)) return { ...reply, body: distortOne(reply.body, struck) };
  const once = items.map((item: Body) => distortOne(item, struck));
  const all = struck.get('duplicate') === undefined ? once : [...once, ...once];
  const ordered = struck.get('reorder') === undefined ? all : shuffle(all, random);
  return { ...reply, body: { ...reply.body, items: ordered } };
}

function distortOne(body: Body, struck: StruckFaults): Body {
  const { operationId, amountMinor, wallet } = body;
  return {
    ...body,
    ...(struck.get('wrong-id') && typeof operationId === 'string' && { operationId: otherId(operationId) }),
    ...(struck.get('wrong-amount') &&
      typeof amountMinor === 'number' && { amountMinor: amountMinor + 50_000 }),
    ...(struck.get('wrong-wallet') && typeof wallet === 'string' && { wallet: otherWallet(wallet) }),
  };
}

/** What is said of a request that nobody has looked at: each item of it is called credited. */
export function forge(
  request: unknown,
  differs: 'operationId' | 'amountMinor' | 'wallet' | undefined,
): Reply {
  const asked = request as Body & { readonly items?: readonly Body[] };
  const credited = ({ operationId, wallet, amountMinor, currency }: Body): Body => ({
    outcome: 'credited',
    operationId: differs === 'operationId' ? otherId(String(operationId)) : operationId,
    wallet: differs === 'wallet' ? otherWallet(String(wallet)) : wallet,
    amountMinor: differs === 'amountMinor' ? Number(amountMinor) + 50_000 : amountMinor,
    currency,
    creditedAt: '2026-11-22T06:30:00.000Z',
  });
  const body = asked.items === undefined ? credited(asked) : { items: asked.items.map(credited) };
  return { status: 200, body };
}

function otherId(id: string): string {
  return id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
}

function otherWallet(phone: string): string {
  return phone.slice(0, -1) + (phone.endsWith('1') ? '2' : '1');
}

function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const [item] = shuffled.splice(random.nextInt(last + 1), 1);
    if (item !== undefined) shuffled.push(item);
  }
  return shuffled;
}
