import { BadgePercent, Banknote, ReceiptText, Smartphone, UserRoundCheck, WalletMinimal } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import { StoryList } from '../components/story-list.tsx';

/** The menu. One service so far: its card and the red button lead to the same place. */
export function Service() {
  const { words } = useAround();
  return (
    <Layout
      story={
        <>
          <Heading title={words('title.chooseService')} />
          <StoryList
            title={words('title.next')}
            lines={[
              { icon: <Smartphone />, text: words('title.number') },
              { icon: <UserRoundCheck />, text: words('hint.nextName') },
              { icon: <Banknote />, text: words('title.insert') },
              { icon: <ReceiptText />, text: words('hint.takeReceipt') },
            ]}
          />
        </>
      }
      act={
        <PressButton action="choose-top-up" className="service-card">
          <span className="service-icon">
            <WalletMinimal aria-hidden="true" strokeWidth={1.5} />
          </span>
          <span className="service-words">
            <b>{words('title.topUp')}</b>
            <span>
              <BadgePercent aria-hidden="true" />
              {words('label.noCommission')}
            </span>
          </span>
        </PressButton>
      }
      primary={<Primary action="choose-top-up">{words('title.topUp')}</Primary>}
    />
  );
}
