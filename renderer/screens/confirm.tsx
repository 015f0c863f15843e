import { BadgePercent, Banknote, Coins, Undo2 } from 'lucide-react';
import { useAround } from '../around.ts';
import { AcceptedNotes, allFit } from '../components/accepted-notes.tsx';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import { Initial } from '../components/recipient-card.tsx';
import { StoryList } from '../components/story-list.tsx';
import { money, wholePhone } from '../format.ts';
import type { ScreenProps } from './screen-props.ts';

/** The last look before cash: whose wallet, and on what conditions. */
export function Confirm({ screen }: ScreenProps<'confirm'>) {
  const { words, glass } = useAround();
  const conditions = <Conditions screen={screen} />;
  const notes = <AcceptedNotes notes={allFit(screen.denominations)} />;
  const isBeside = glass.shape !== 'portrait';
  return (
    <Layout
      step="check"
      story={
        <>
          <Heading title={words('title.confirm')} />
          <div className="holder">
            <Initial holderMasked={screen.holderMasked} />
            <div className="holder-text">
              {screen.holderMasked !== undefined && <p className="holder-name">{screen.holderMasked}</p>}
              <p className="holder-number">{wholePhone(screen.wallet)}</p>
            </div>
          </div>
          {screen.holderMasked === undefined && <Notice kind="fault">{words('hint.noName')}</Notice>}
          {screen.offline && <Notice kind="offline">{words('hint.offline')}</Notice>}
          {!isBeside && conditions}
          {notes}
          <Notice kind="guard">{words('hint.scam')}</Notice>
        </>
      }
      act={
        <>
          {isBeside && conditions}
          <PressButton action="change-number" className="second">
            {words('button.changeNumber')}
          </PressButton>
        </>
      }
      primary={
        <Primary action="confirm" icon={<Banknote aria-hidden="true" />}>
          {words('button.confirmYes')}
        </Primary>
      }
    />
  );
}

function Conditions({ screen }: ScreenProps<'confirm'>) {
  const { words } = useAround();
  return (
    <StoryList
      lines={[
        {
          icon: <BadgePercent />,
          text: `${words('label.noCommission')} · ${words('hint.max', { amount: money(screen.limitMinor) })}`,
        },
        { icon: <Coins />, text: words('hint.noChange') },
        { icon: <Undo2 />, text: words('hint.noCancel') },
      ]}
    />
  );
}
