import { CalendarClock, CloudOff, type LucideIcon, UserLock, UserSearch, UserX } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import type { Key } from '../i18n.ts';
import { usePresses } from '../press.tsx';
import type { ScreenProps } from './screen-props.ts';

interface Reason {
  readonly title: Key;
  readonly Icon: LucideIcon;
}

const reasons: Readonly<Record<ScreenProps<'check-failed'>['screen']['reason'], Reason>> = {
  'wallet-unknown': { title: 'fault.walletUnknown', Icon: UserX },
  'wallet-blocked': { title: 'fault.walletBlocked', Icon: UserLock },
  'limit-used': { title: 'fault.limitUsed', Icon: CalendarClock },
  'check-failed': { title: 'fault.checkFailed', Icon: CloudOff },
  'too-many-checks': { title: 'fault.tooManyChecks', Icon: UserSearch },
};

/** Refused before any cash, and it says so. */
export function CheckFailed({ screen }: ScreenProps<'check-failed'>) {
  const { words } = useAround();
  const canRetry = usePresses().isOffered('retry');
  const { title, Icon } = reasons[screen.reason];
  return (
    <Layout
      step="check"
      story={
        <div className="middle">
          <div className="refused" aria-hidden="true">
            <Icon strokeWidth={1.5} />
          </div>
          <Heading title={words(title)} />
          <Notice kind="info">{words('hint.noMoneyTaken')}</Notice>
        </div>
      }
      act={
        canRetry && (
          <PressButton action="change-number" className="second">
            {words('button.changeNumber')}
          </PressButton>
        )
      }
      primary={
        canRetry ? (
          <Primary action="retry">{words('button.retry')}</Primary>
        ) : (
          <Primary action="change-number">{words('button.changeNumber')}</Primary>
        )
      }
    />
  );
}
