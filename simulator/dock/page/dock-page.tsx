import { useEffect, useState } from 'react';
import type { World, WorldLines } from '../contract.ts';
import type { DockLine } from './dock-line.ts';
import { Hands } from './hands.ts';
import { type Panel, panels } from './panels.ts';
import { Banknotes } from './parts/banknotes.tsx';
import { Receipts } from './parts/receipts.tsx';
import { ScreenFrame } from './parts/screen-frame.tsx';
import { TopBar } from './parts/top-bar.tsx';
import { Trouble } from './parts/trouble.tsx';
import { TryThis } from './parts/try-this.tsx';
import { UnderTheHood } from './parts/under-the-hood.tsx';
import { Wallets } from './parts/wallets.tsx';

const noLines: WorldLines = { acceptorTrace: [], printerTrace: [], log: [] };

/** The customer's screen, and beside it all that a person can do to the machine around it. */
export function DockPage({ line }: { readonly line: DockLine }) {
  const [world, setWorld] = useState<World>();
  const [lines, setLines] = useState(noLines);
  const [isOpen, setOpen] = useState(true);
  const [panel, setPanel] = useState<Panel>(panels[0]);

  useEffect(() => {
    line.onMessage((message) => {
      if (message.kind === 'world') setWorld(message.world);
      else setLines(message.lines);
    });
    line.onState(setOpen);
  }, [line]);

  const isLandscape = panel.width > panel.height;
  return (
    <Hands value={line.command}>
      <div className="page" data-shape={isLandscape ? 'landscape' : 'portrait'}>
        <TopBar world={world} isOpen={isOpen} panel={panel} onPanel={setPanel} />
        <div className="cabinet">
          <ScreenFrame url={world?.screenUrl ?? ''} panel={panel} />
          {isLandscape && world !== undefined && <TryThis world={world} />}
        </div>
        {world !== undefined && (
          <div className="dock">
            {!isLandscape && <TryThis world={world} />}
            <div className="pair">
              <Banknotes world={world} />
              <div className="stack">
                <Receipts slips={world.slips} pictureAddress={line.pictureAddress} />
                <Wallets world={world} />
              </div>
            </div>
            <Trouble world={world} />
            <UnderTheHood world={world} lines={lines} />
          </div>
        )}
      </div>
    </Hands>
  );
}
