import { Banknote, Phone, ReceiptText, Smartphone, UserRoundCheck, WalletMinimal, X } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Primary } from '../components/primary.tsx';
import { StoryList } from '../components/story-list.tsx';
import { Sheet } from './sheet.tsx';

export function Help() {
  const { words, frame } = useAround();
  return (
    <Sheet
      label={words('button.help')}
      className="sheet"
      primary={
        <Primary action="close-overlay" icon={<X aria-hidden="true" />}>
          {words('button.close')}
        </Primary>
      }
    >
      <Heading title={words('title.help')} />
      <div className="help">
        <StoryList
          lines={[
            { icon: <Smartphone />, text: words('title.number') },
            { icon: <UserRoundCheck />, text: words('title.confirm') },
            { icon: <Banknote />, text: words('title.insert') },
            { icon: <WalletMinimal />, text: words('hint.pressPay') },
            { icon: <ReceiptText />, text: words('hint.takeReceipt') },
          ]}
        />
        <div className="help-call">
          <p>{words('hint.helpRecorded')}</p>
          <p className="help-phone">
            <Phone aria-hidden="true" />
            <b>{frame.supportPhone}</b>
          </p>
          <p>{words('hint.helpCall')}</p>
          <p className="help-terminal">{words('label.terminal', { n: frame.terminalNumber })}</p>
        </div>
      </div>
    </Sheet>
  );
}
