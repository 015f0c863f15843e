import type { DockCommand, PrinterAction, PrinterState } from '../../contract.ts';
import { Switch } from './controls.tsx';

const hand = (action: PrinterAction): DockCommand => ({ kind: 'printer', action });

export function PrinterTrouble({ printer }: { readonly printer: PrinterState }) {
  return (
    <div className="switches">
      <Switch
        label="Paper out"
        hint="Switching it off puts in a new roll"
        isOn={printer.paper === 'out'}
        on={hand('paper out')}
        off={hand('paper in')}
      />
      <Switch
        label="Paper low"
        hint="The near-end sensor sees the core"
        isOn={printer.paper === 'low'}
        on={hand('paper low')}
        off={hand('paper in')}
      />
      <Switch
        label="Paper stuck"
        hint="Needs hands, and a word from the terminal after"
        isOn={printer.paperStuck}
        on={hand('paper jam')}
        off={hand('paper clear')}
      />
      <Switch
        label="Cover open"
        hint="Off line until it is closed"
        isOn={printer.coverOpen}
        on={hand('cover open')}
        off={hand('cover close')}
      />
      <Switch
        label="Knife stuck"
        hint="The slip cannot be cut off"
        isOn={printer.cutterStuck}
        on={hand('cutter jam')}
        off={hand('cutter clear')}
      />
      <Switch
        label="Head too hot"
        hint="Waits until it has cooled"
        isOn={printer.headHot}
        on={hand('head hot')}
        off={hand('head cool')}
      />
      <Switch
        label="Power cut"
        hint="Whatever was in its buffer is gone"
        isOn={!printer.powered}
        on={hand('power off')}
        off={hand('power on')}
      />
      <Switch
        label="Cable pulled out"
        hint="The port disappears under the terminal"
        isOn={!printer.plugged}
        on={hand('unplug')}
        off={hand('replug')}
      />
    </div>
  );
}
