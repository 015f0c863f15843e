import { type HandNote, tengeNotes, type World } from '../../contract.ts';
import { useHands } from '../hands.ts';
import { grouped, timeOfDay } from '../words.ts';
import { Card } from './card.tsx';
import { Do } from './controls.tsx';

const badNotes: readonly { readonly label: string; readonly note: HandNote }[] = [
  { label: 'A crumpled 1 000 ₸', note: { kind: 'tenge', tenge: 1_000, condition: 'unreadable' } },
  { label: 'A doubtful 5 000 ₸', note: { kind: 'tenge', tenge: 5_000, condition: 'doubtful' } },
];

const shownHappenings = 10;

/** Your purse, the slot, and what has just happened. */
export function Banknotes({ world }: { readonly world: World }) {
  const obey = useHands();
  const { acceptor } = world;
  return (
    <Card title="Your banknotes" hint="Touch one to put it into the slot">
      <div className="notes">
        {tengeNotes.map((tenge) => (
          <button
            key={tenge}
            type="button"
            className="note"
            data-tenge={tenge}
            aria-label={`Insert ${tenge} tenge`}
            onClick={() => obey({ kind: 'insert', note: { kind: 'tenge', tenge, condition: 'good' } })}
          >
            {grouped(tenge)}
            <small>₸</small>
          </button>
        ))}
        <button
          type="button"
          className="note"
          data-tenge="foreign"
          aria-label="Insert 20 US dollars"
          onClick={() => obey({ kind: 'insert', note: { kind: 'foreign' } })}
        >
          20
          <small>USD</small>
        </button>
      </div>
      <div className="row">
        {badNotes.map(({ label, note }) => (
          <Do key={label} command={{ kind: 'insert', note }}>
            {label}
          </Do>
        ))}
      </div>
      <div className="slot" data-busy={acceptor.inside !== '' || undefined}>
        <p>
          <b>Slot</b>
          <span>{slotInWords(world)}</span>
        </p>
        <Do command={{ kind: 'acceptor', action: 'take' }} disabled={acceptor.inMouth === ''}>
          Take it
        </Do>
        <Do command={{ kind: 'acceptor', action: 'pull' }} disabled={acceptor.inside === ''}>
          Pull back
        </Do>
      </div>
      <ol className="happenings" aria-label="Just now">
        {world.happenings.slice(0, shownHappenings).map(({ id, atMs, where, text }) => (
          <li key={id} value={id} data-where={where}>
            <time>{timeOfDay(atMs)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function slotInWords({ acceptor }: World): string {
  if (acceptor.inMouth !== '') return `${acceptor.inMouth} sticks out`;
  return acceptor.inside === '' ? 'empty' : acceptor.inside;
}
