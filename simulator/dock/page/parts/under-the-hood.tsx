import { useState } from 'react';
import type { TraceLine, World, WorldLines } from '../../contract.ts';
import { logLineInWords, phoneInWords, tenge, timeOfDay } from '../words.ts';
import { Card } from './card.tsx';
import { Tabs } from './controls.tsx';

const names = ['The books', 'Acceptor’s wire', 'Printer’s wire', 'Terminal’s log'] as const;
type Name = (typeof names)[number];

interface UnderTheHoodProps {
  readonly world: World;
  readonly lines: WorldLines;
}

/** For engineers: what was booked, what passed on the wires, what the terminal wrote. */
export function UnderTheHood({ world, lines }: UnderTheHoodProps) {
  const [chosen, setChosen] = useState<Name>(names[0]);
  return (
    <Card
      title="Under the hood"
      className="hood"
      aside={<Tabs label="View" names={names} chosen={chosen} onChoose={setChosen} />}
    >
      <div className="scroll">
        {chosen === 'The books' && <Entries entries={world.entries} />}
        {chosen === 'Acceptor’s wire' && <Trace lines={lines.acceptorTrace} />}
        {chosen === 'Printer’s wire' && <Trace lines={lines.printerTrace} />}
        {chosen === 'Terminal’s log' && <Log lines={lines.log} />}
      </div>
    </Card>
  );
}

function Entries({ entries }: { readonly entries: World['entries'] }) {
  return (
    <table className="entries">
      <thead>
        <tr>
          <th>Booked</th>
          <th>Account of the wallet’s operator</th>
          <th className="amount">Debit</th>
          <th className="amount">Credit</th>
          <th>For</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ cause, account, amountMinor, postedMs }) => (
          <tr key={`${cause} ${account}`}>
            <td>{timeOfDay(postedMs)}</td>
            <td>{accountInWords(account)}</td>
            <td className="amount">{amountMinor > 0 && tenge(amountMinor)}</td>
            <td className="amount">{amountMinor < 0 && tenge(-amountMinor)}</td>
            <td>{cause}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function accountInWords(account: string): string {
  const [kind, whose = ''] = account.split(':');
  if (kind === 'wallet') return `wallet ${phoneInWords(whose)}`;
  return kind === 'cash-in-transit' ? `cash in terminal ${whose}` : account;
}

function Trace({ lines }: { readonly lines: readonly TraceLine[] }) {
  return (
    <ol className="trace" reversed>
      {[...lines].reverse().map((line) => (
        <li key={line.id} data-from={line.from}>
          <b>{line.from === 'host' ? 'terminal →' : '← device'}</b>
          <span>{line.words}</span>
          <code>{line.hex}</code>
          {line.count > hexLength(line.hex) && <i>… {line.count} bytes</i>}
          {line.times > 1 && <em>× {line.times}</em>}
        </li>
      ))}
    </ol>
  );
}

function hexLength(hex: string): number {
  return hex.split(' ').length;
}

function Log({ lines }: { readonly lines: readonly string[] }) {
  return <pre className="log">{lines.map(logLineInWords).reverse().join('\n')}</pre>;
}
