import { useAround } from '../around.ts';
import { Slip } from './slip.tsx';

interface AcceptedNotesProps {
  readonly notes: readonly { readonly valueMinor: number; readonly fits: boolean }[];
}

/** Which notes may go in. One that no longer fits is struck out while one looks. */
export function AcceptedNotes({ notes }: AcceptedNotesProps) {
  const { words } = useAround();
  return (
    <div className="accepted">
      <p className="accepted-title">{words('label.notesAccepted')}, ₸</p>
      <ul className="accepted-list">
        {notes.map(({ valueMinor, fits }) => (
          <li key={valueMinor}>
            <Slip valueMinor={valueMinor} look="outlined" isStruck={!fits} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function allFit(denominations: readonly number[]): AcceptedNotesProps['notes'] {
  return denominations.map((valueMinor) => ({ valueMinor, fits: true }));
}
