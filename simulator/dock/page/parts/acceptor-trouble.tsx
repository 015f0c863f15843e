import type { AcceptorAction, AcceptorState, DockCommand } from '../../contract.ts';
import { Do, Switch } from './controls.tsx';

const hand = (action: AcceptorAction): DockCommand => ({ kind: 'acceptor', action });

export function AcceptorTrouble({ acceptor }: { readonly acceptor: AcceptorState }) {
  const { cassette, cassetteNotes, jam, powered, plugged } = acceptor;
  return (
    <div className="switches">
      <Switch
        label="Power cut"
        hint="What was moving stops where it is"
        isOn={!powered}
        on={hand('power off')}
        off={hand('power on')}
      />
      <Switch
        label="Cable pulled out"
        hint="The port disappears under the terminal"
        isOn={!plugged}
        on={hand('unplug')}
        off={hand('replug')}
      />
      <Switch
        label="Jam in the head"
        hint="Seen at once; a note there can still be returned"
        isOn={jam === 'head'}
        on={hand('jam')}
        off={hand('clear')}
      />
      <Switch
        label="Cassette blocked"
        hint="Seen when the next note is pressed against it"
        isOn={jam === 'cassette'}
        on={hand('jam cassette')}
        off={hand('clear')}
      />
      <Switch
        label="Cassette pulled out"
        hint="Unannounced: an alarm, and no sales until a collector has been there"
        isOn={cassette === 'out'}
        on={hand('cassette out')}
        off={hand('cassette in')}
      />
      <Switch
        label="Cassette full"
        hint="The sensor says so; an empty one ends it"
        isOn={cassette === 'full'}
        on={hand('cassette full')}
        off={hand('cassette swap')}
      />
      <div className="row wide">
        <Do command={hand('clear taken')} disabled={jam === 'none'}>
          Clear the jam and take the note out
        </Do>
        <Do command={hand('cassette swap')} disabled={cassette === 'out'}>
          Swap for an empty cassette
        </Do>
        <Do command={{ kind: 'cassette-seen' }} disabled={cassette === 'out'}>
          A collector answers for the pulled cassette
        </Do>
        <p className="quiet">
          {cassette === 'out' ? 'No cassette in place.' : `Notes in the cassette: ${cassetteNotes}.`}
        </p>
      </div>
    </div>
  );
}
