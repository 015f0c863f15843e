import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { NumberPad } from '../components/pad.tsx';
import { PhoneField } from '../components/phone-field.tsx';
import { PressButton } from '../components/press-button.tsx';
import { NotYet, Primary } from '../components/primary.tsx';
import { money, operationNumber } from '../format.ts';
import type { Key } from '../i18n.ts';
import { usePresses } from '../press.tsx';
import type { ScreenProps } from './screen-props.ts';

type Field = ScreenProps<'find'>['screen']['field'];

const titles: Readonly<Record<Field, Key>> = {
  number: 'title.lookUpNumber',
  'last-four': 'label.lastFour',
  phone: 'title.lookUpPhone',
  amount: 'title.lookUpAmount',
  day: 'title.lookUpDay',
};

const hints: Readonly<Partial<Record<Field, Key>>> = {
  number: 'hint.lookUpNumber',
  'last-four': 'hint.lookUpFour',
  phone: 'hint.lookUpPhone',
};

const waiting: Readonly<Record<Field, Key>> = {
  number: 'hint.tenDigits',
  'last-four': 'hint.fourDigits',
  phone: 'hint.tenDigits',
  amount: 'title.lookUpAmount',
  day: 'title.lookUpDay',
};

/** "Check a payment": one field after the other, of what somebody has in hand. */
export function Find({ screen }: ScreenProps<'find'>) {
  const { words } = useAround();
  const canGoOn = usePresses().isOffered('next');
  const { field, isLooking } = screen;
  const hint = hints[field];
  const isByNumber = field === 'number' || field === 'last-four';
  return (
    <Layout
      story={
        <>
          <Heading title={words(titles[field])} hint={hint && words(hint)} />
          <Typed screen={screen} />
          <FindNotice screen={screen} />
          <PressButton action="other-way" className="second">
            {words(isByNumber ? 'button.noNumber' : 'button.haveNumber')}
          </PressButton>
        </>
      }
      act={field === 'day' ? <Days /> : <NumberPad />}
      primary={
        isLooking || !canGoOn ? (
          <NotYet>{words(isLooking ? 'hint.lookingUp' : waiting[field])}</NotYet>
        ) : (
          <Primary action="next">{words('button.next')}</Primary>
        )
      }
    />
  );
}

function Typed({ screen }: ScreenProps<'find'>) {
  const { field, digits } = screen;
  switch (field) {
    case 'number':
      return <output className="field">{operationNumber(digits.padEnd(10, '_'))}</output>;
    case 'last-four':
      return <output className="field">{digits.padEnd(4, '_')}</output>;
    case 'phone':
      return <PhoneField digits={digits} />;
    case 'amount':
      return <output className="field">{money(Number(digits) * 100)}</output>;
    case 'day':
      return null;
  }
}

function FindNotice({ screen }: ScreenProps<'find'>) {
  const { words } = useAround();
  switch (screen.fault) {
    case 'number-wrong':
      return (
        <Notice kind="fault">
          {words(screen.field === 'phone' ? 'fault.numberInvalid' : 'fault.digitWrong')}
        </Notice>
      );
    case 'not-found':
      return <Notice kind="fault">{words('fault.notFound')}</Notice>;
    case 'too-many':
      return <Notice kind="fault">{words('fault.tooManyChecks')}</Notice>;
    default:
      return null;
  }
}

const days = ['button.today', 'button.yesterday', 'button.dayBefore'] as const;

function Days() {
  const { words } = useAround();
  return (
    <div className="days">
      {days.map((key, daysBack) => (
        <PressButton key={key} action="day" value={String(daysBack)} className="second">
          {words(key)}
        </PressButton>
      ))}
    </div>
  );
}
