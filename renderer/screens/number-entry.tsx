import { Banknote, ReceiptText, UserRoundCheck } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { NumberPad } from '../components/pad.tsx';
import { PhoneField } from '../components/phone-field.tsx';
import { NotYet, Primary } from '../components/primary.tsx';
import { StoryList } from '../components/story-list.tsx';
import { usePresses } from '../press.tsx';
import type { ScreenProps } from './screen-props.ts';

export function NumberEntry({ screen }: ScreenProps<'number'>) {
  const { words } = useAround();
  const canGoOn = usePresses().isOffered('next');
  return (
    <Layout
      step="number"
      story={
        <>
          <Heading
            title={words(screen.again ? 'title.numberAgain' : 'title.number')}
            hint={words('hint.number')}
          />
          <PhoneField digits={screen.digits} />
          <NumberNotice screen={screen} />
          <StoryList
            title={words('title.next')}
            lines={[
              { icon: <UserRoundCheck />, text: words('hint.nextName') },
              { icon: <Banknote />, text: words('title.insert') },
              { icon: <ReceiptText />, text: words('hint.takeReceipt') },
            ]}
          />
        </>
      }
      act={<NumberPad />}
      primary={
        canGoOn ? (
          <Primary action="next">{words('button.next')}</Primary>
        ) : (
          <NotYet>{words('hint.tenDigits')}</NotYet>
        )
      }
    />
  );
}

function NumberNotice({ screen }: ScreenProps<'number'>) {
  const { words } = useAround();
  if (screen.fault === 'number-invalid') return <Notice kind="fault">{words('fault.numberInvalid')}</Notice>;
  if (screen.fault === 'numbers-differ') return <Notice kind="fault">{words('fault.numbersDiffer')}</Notice>;
  if (screen.swallowedPrefix) return <Notice kind="info">{words('hint.noPrefix')}</Notice>;
  if (screen.offline) return <Notice kind="offline">{words('hint.offline')}</Notice>;
  if (screen.again) return <Notice kind="info">{words('hint.noName')}</Notice>;
  return null;
}
