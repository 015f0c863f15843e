import { Pencil, X } from 'lucide-react';
import { useState } from 'react';
import { useAround } from '../around.ts';
import { money } from '../format.ts';
import { usePresses } from '../press.tsx';
import type { ScreenProps } from '../screens/screen-props.ts';
import { Heading } from './heading.tsx';
import { Layout } from './layout.tsx';
import { AmountPad } from './pad.tsx';
import { LocalButton, PressButton } from './press-button.tsx';
import { LocalPrimary, NotYet } from './primary.tsx';

/** Sums people often want, in tiyn. */
const usualMinor = [500_000, 1_000_000, 2_000_000] as const;
const noTarget = '0';
const otherDigitsMax = 6;

interface TargetChipsProps extends ScreenProps<'cash'> {
  readonly onOther: () => void;
}

/** The sum one needs, if one has a sum in mind. It binds nobody: all that goes in is credited. */
export function TargetChips({ screen, onOther }: TargetChipsProps) {
  const { words } = useAround();
  const presses = usePresses();
  if (!presses.isOffered('target')) return null;
  const { targetMinor, insertedMinor, roomMinor } = screen;
  // What is in already is no wish any more, unless it was the wish.
  const reachable = usualMinor.filter(
    (amountMinor) =>
      amountMinor === targetMinor ||
      (amountMinor > insertedMinor && amountMinor <= insertedMinor + roomMinor),
  );
  const isOther = targetMinor !== undefined && !reachable.some((amountMinor) => amountMinor === targetMinor);
  return (
    <fieldset className="chips">
      <legend className="chips-title">{words('label.wanted')}</legend>
      {reachable.map((amountMinor) => {
        const isSelected = amountMinor === targetMinor;
        // Pressed again, a chosen sum is taken back.
        return (
          <PressButton
            key={amountMinor}
            action="target"
            value={isSelected ? noTarget : String(amountMinor)}
            className="chip"
            isSelected={isSelected}
          >
            {money(amountMinor)}
            {isSelected && <X aria-hidden="true" />}
          </PressButton>
        );
      })}
      <LocalButton name="other-amount" onPress={onOther} className="chip" isSelected={isOther}>
        {isOther ? money(targetMinor) : words('button.otherAmount')}
        <Pencil aria-hidden="true" />
      </LocalButton>
    </fieldset>
  );
}

interface TargetPadProps extends ScreenProps<'cash'> {
  readonly onClose: () => void;
}

/** One's own sum, typed. It leaves this page only as a whole. */
export function TargetPad({ screen, onClose }: TargetPadProps) {
  const { words } = useAround();
  const presses = usePresses();
  const [digits, setDigits] = useState('');
  const amountMinor = Number(digits) * 100;
  const mostMinor = screen.insertedMinor + screen.roomMinor;
  const isPossible = amountMinor > 0 && amountMinor <= mostMinor;
  return (
    <Layout
      step="cash"
      story={
        <>
          <Heading title={words('title.wanted')} hint={words('hint.max', { amount: money(mostMinor) })} />
          <p className="field field-amount" role="status">
            {money(amountMinor)}
          </p>
        </>
      }
      act={
        <AmountPad
          onDigit={(digit) =>
            setDigits((typed) => (typed + digit).replace(/^0+/, '').slice(0, otherDigitsMax))
          }
          onDelete={() => setDigits((typed) => typed.slice(0, -1))}
          onClear={() => setDigits('')}
        />
      }
      primary={
        <div className="primary-pair">
          <LocalButton name="back-to-cash" onPress={onClose} className="second">
            {words('button.back')}
          </LocalButton>
          {isPossible ? (
            <LocalPrimary
              name="target-typed"
              onPress={() => {
                presses.press('target', String(amountMinor));
                onClose();
              }}
            >
              {words('button.done')}
            </LocalPrimary>
          ) : (
            <NotYet>{words('title.wanted')}</NotYet>
          )}
        </div>
      }
    />
  );
}
