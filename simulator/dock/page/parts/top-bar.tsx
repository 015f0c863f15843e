import type { World } from '../../contract.ts';
import { type Panel, panels } from '../panels.ts';
import { durationInWords } from '../words.ts';

const hostWords: Readonly<Record<World['host'], string>> = {
  starting: 'Terminal is starting',
  running: 'Terminal is running',
  ended: 'Terminal has ended',
  away: 'Terminal is switched off',
};

interface TopBarProps {
  readonly world: World | undefined;
  readonly isOpen: boolean;
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
}

export function TopBar({ world, isOpen, panel, onPanel }: TopBarProps) {
  return (
    <header className="top">
      <span className="mark" aria-hidden="true" />
      <h1>Qyzyl</h1>
      <p className="top-hint">
        A simulated payment terminal. On the left the customer’s screen, on the right your hands. No real
        money.
      </p>
      {world !== undefined && world.aheadMs > 0 && (
        <p className="top-ahead">Clock {durationInWords(world.aheadMs)} ahead</p>
      )}
      <fieldset className="panels" aria-label="Panel">
        {panels.map((one) => (
          <button
            key={one.name}
            type="button"
            aria-pressed={one.name === panel.name}
            onClick={() => onPanel(one)}
          >
            {one.width} × {one.height}
          </button>
        ))}
      </fieldset>
      <p className="host" role="status" data-host={isOpen ? world?.host : 'ended'}>
        {isOpen ? world && hostWords[world.host] : 'The simulation has ended: run npm start'}
      </p>
    </header>
  );
}
