import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { NoteSlot } from '../components/note-slot.tsx';
import { RollingAmount } from '../components/rolling-amount.tsx';
import type { ScreenProps } from './screen-props.ts';

/** Pay has been pressed while a note was still on its way. */
export function Counting({ screen }: ScreenProps<'counting'>) {
  const { words } = useAround();
  const isInMouth = screen.note === 'in-mouth';
  return (
    <Layout
      step="cash"
      story={
        <div className="middle">
          <Heading title={words('hint.lastNote')} />
          <div className="plain-sum">
            <p className="total-label">{words('label.inserted')}</p>
            <RollingAmount amountMinor={screen.insertedMinor} label={words('label.inserted')} />
          </div>
        </div>
      }
      act={
        isInMouth ? (
          <NoteSlot mouth="in-mouth" title={words('fault.takeNoteBack')} isFault />
        ) : (
          <NoteSlot mouth="reading" title={words('hint.noteReading')} />
        )
      }
    />
  );
}
