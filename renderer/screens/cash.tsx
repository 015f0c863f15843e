import { useState } from 'react';
import { useAround } from '../around.ts';
import { AcceptedNotes } from '../components/accepted-notes.tsx';
import { CashTotal } from '../components/cash-total.tsx';
import { Layout } from '../components/layout.tsx';
import { NoteSlot } from '../components/note-slot.tsx';
import { NotYet, Primary } from '../components/primary.tsx';
import { RecipientCard } from '../components/recipient-card.tsx';
import { TargetChips, TargetPad } from '../components/target.tsx';
import { money } from '../format.ts';
import { usePresses } from '../press.tsx';
import { mouthOf, sayingOf } from './cash-words.ts';
import type { ScreenProps } from './screen-props.ts';

/** The open acceptor: what is in, what may still go in, and what the note in hand is doing. */
export function Cash({ screen }: ScreenProps<'cash'>) {
  const { words, glass } = useAround();
  const [isPadOpen, setPadOpen] = useState(false);
  const presses = usePresses();
  if (isPadOpen && presses.isOffered('target')) {
    return <TargetPad screen={screen} onClose={() => setPadOpen(false)} />;
  }
  const recipient = <RecipientCard holderMasked={screen.holderMasked} walletMasked={screen.walletMasked} />;
  const accepted = <AcceptedNotes notes={screen.denominations} />;
  const isWide = glass.shape === 'wide';
  const saying = sayingOf(screen, words);
  return (
    <Layout
      step="cash"
      rail={
        <>
          {accepted}
          {recipient}
        </>
      }
      story={
        <>
          {!isWide && recipient}
          <CashTotal screen={screen} />
          {!isWide && accepted}
        </>
      }
      act={
        <>
          <NoteSlot mouth={mouthOf(screen)} {...saying} isHeading />
          <TargetChips screen={screen} onOther={() => setPadOpen(true)} />
        </>
      }
      primary={
        presses.isOffered('pay') ? (
          <Primary action="pay" isCalling={screen.nudged}>
            {words('button.pay')} · {money(screen.insertedMinor)}
          </Primary>
        ) : (
          <NotYet>{words(screen.note === 'none' ? 'hint.insertFirst' : 'hint.noteReading')}</NotYet>
        )
      }
    />
  );
}
