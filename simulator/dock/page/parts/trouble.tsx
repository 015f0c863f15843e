import { useState } from 'react';
import type { World } from '../../contract.ts';
import { AcceptorTrouble } from './acceptor-trouble.tsx';
import { BackendTrouble } from './backend-trouble.tsx';
import { Card } from './card.tsx';
import { Do, Tabs } from './controls.tsx';
import { PrinterTrouble } from './printer-trouble.tsx';
import { TerminalTrouble } from './terminal-trouble.tsx';

const names = ['Banknote acceptor', 'Receipt printer', 'Network and backend', 'Terminal itself'] as const;
type Name = (typeof names)[number];

/** Everything that goes wrong in the field, one switch each. */
export function Trouble({ world }: { readonly world: World }) {
  const [chosen, setChosen] = useState<Name>(names[0]);
  const marked = troubled(world);
  return (
    <Card
      title="Make trouble"
      className="trouble"
      aside={
        <>
          <Tabs label="Part" names={names} chosen={chosen} onChoose={setChosen} marked={marked} />
          <Do command={{ kind: 'mend-all' }} disabled={marked.size === 0} tone="mend">
            Mend everything
          </Do>
        </>
      }
    >
      {chosen === 'Banknote acceptor' && <AcceptorTrouble acceptor={world.acceptor} />}
      {chosen === 'Receipt printer' && <PrinterTrouble printer={world.printer} />}
      {chosen === 'Network and backend' && <BackendTrouble world={world} />}
      {chosen === 'Terminal itself' && <TerminalTrouble world={world} />}
    </Card>
  );
}

function troubled({ acceptor, printer, faults, networkPlugged, host }: World): ReadonlySet<Name> {
  const isAcceptor =
    !acceptor.powered || !acceptor.plugged || acceptor.cassette !== 'in' || acceptor.jam !== 'none';
  const isSound = printer.powered && printer.plugged && printer.paper === 'plenty';
  const isPrinter =
    !isSound || printer.paperStuck || printer.coverOpen || printer.cutterStuck || printer.headHot;
  const isBackend = faults.length > 0 || !networkPlugged;
  const found: readonly (readonly [Name, boolean])[] = [
    ['Banknote acceptor', isAcceptor],
    ['Receipt printer', isPrinter],
    ['Network and backend', isBackend],
    ['Terminal itself', host !== 'running'],
  ];
  return new Set(found.filter(([, isTroubled]) => isTroubled).map(([name]) => name));
}
