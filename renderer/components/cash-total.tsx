import type { CSSProperties } from 'react';
import { useAround } from '../around.ts';
import { money } from '../format.ts';
import type { ScreenProps } from '../screens/screen-props.ts';
import { Piles } from './piles.tsx';
import { RollingAmount } from './rolling-amount.tsx';

/** The sum that is in, large enough to read from behind a shoulder, and the notes that made it. */
export function CashTotal({ screen }: ScreenProps<'cash'>) {
  const { words } = useAround();
  const { insertedMinor, roomMinor, targetMinor } = screen;
  const goalMinor = targetMinor ?? insertedMinor + roomMinor;
  const isReached = targetMinor !== undefined && insertedMinor >= targetMinor;
  const share = goalMinor === 0 ? 1 : Math.min(1, insertedMinor / goalMinor);
  return (
    <div className="total">
      <p className="total-label">{words('label.inserted')}</p>
      <RollingAmount amountMinor={insertedMinor} label={words('label.inserted')} />
      {targetMinor !== undefined && (
        <div className="total-goal">
          <span className="total-bar" style={{ '--share': share } as CSSProperties} aria-hidden="true" />
          <p>
            {isReached ? (
              <b className="total-reached">{words('hint.wantedReached')}</b>
            ) : (
              <span>{words('label.wanted')}</span>
            )}
            <b>{money(targetMinor)}</b>
          </p>
        </div>
      )}
      <p className="total-room">{words('hint.canAdd', { amount: money(roomMinor) })}</p>
      <Piles countedMinor={screen.countedMinor} />
    </div>
  );
}
