import { Camera, QrCode, ReceiptText } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { Primary } from '../components/primary.tsx';
import { StoryList } from '../components/story-list.tsx';

/** Said before any cash: who needs paper can still go. */
export function NoPaper() {
  const { words } = useAround();
  return (
    <Layout
      step="check"
      story={
        <div className="middle">
          <div className="no-paper" aria-hidden="true">
            <ReceiptText strokeWidth={1.25} />
          </div>
          <Heading title={words('title.noPaper')} />
          <StoryList
            lines={[
              { icon: <QrCode />, text: words('hint.noPaper') },
              { icon: <Camera />, text: words('hint.photograph') },
            ]}
          />
          <Notice kind="info">{words('hint.noMoneyTaken')}</Notice>
        </div>
      }
      primary={<Primary action="without-paper">{words('button.withoutReceipt')}</Primary>}
    />
  );
}
