import type { World } from '../../contract.ts';
import { phoneInWords, tenge } from '../words.ts';
import { Card } from './card.tsx';

const stateWords = { open: '', blocked: 'blocked', closed: 'closed' } as const;
const topUpWords = {
  accepted: 'accepted',
  refused: 'refused',
  credited: 'credited',
  voided: 'void',
} as const;
const shownTopUps = 4;

/** What the wallet backend holds: the wallets one can type, and what has arrived. */
export function Wallets({ world }: { readonly world: World }) {
  const claims = world.claims === 0 ? undefined : world.claims === 1 ? '1 claim' : `${world.claims} claims`;
  return (
    <Card title="Wallets" hint="Numbers to type, and what they hold" aside={claims && <em>{claims}</em>}>
      <table className="wallets">
        <tbody>
          {world.wallets.map(({ phone, holderName, state, balanceMinor }) => (
            <tr key={phone} data-state={state}>
              <td>{phoneInWords(phone)}</td>
              <td>{holderName ?? 'no name'}</td>
              <td className="wallet-state">{stateWords[state]}</td>
              <td key={balanceMinor} className="amount fresh">
                {tenge(balanceMinor)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="top-ups" aria-label="Latest top-ups">
        {world.topUps.slice(0, shownTopUps).map(({ operationId, wallet, amountMinor, state }) => (
          <li key={operationId}>
            <span className="chip" data-state={state}>
              {topUpWords[state]}
            </span>
            <span>{phoneInWords(wallet)}</span>
            <span className="amount">{tenge(amountMinor)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
