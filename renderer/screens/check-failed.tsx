import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Primary } from '../components/primary.tsx';
import type { Key } from '../i18n.ts';
import { usePresses } from '../press.tsx';
import type { ScreenProps } from './screen-props.ts';

const reasons: Readonly<Record<ScreenProps<'check-failed'>['screen']['reason'], Key>> = {
  'wallet-unknown': 'fault.walletUnknown',
  'wallet-blocked': 'fault.walletBlocked',
  'limit-used': 'fault.limitUsed',
  'check-failed': 'fault.checkFailed',
  'too-many-checks': 'fault.tooManyChecks',
};

/** Refused before any cash, and it says so. */
export function CheckFailed({ screen }: ScreenProps<'check-failed'>) {
  const { words } = useAround();
  const canRetry = usePresses().isOffered('retry');
  return (
    <Layout
      step="check"
      story={
        <div className="middle">
          <svg className="stop-sign" viewBox="0 0 60 60" aria-hidden="true">
            <circle cx="30" cy="30" r="27.5" />
            <path d="M18 30H42" />
          </svg>
          <Heading title={words(reasons[screen.reason])} />
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
