import type { CSSProperties } from 'react';
import { money, tenge } from '../format.ts';

const digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

interface RollingAmountProps {
  readonly amountMinor: number;
  readonly label: string;
}

/** A sum whose digits roll to the new value, as on a meter: the eye sees that it grew, and by how much. */
export function RollingAmount({ amountMinor, label }: RollingAmountProps) {
  const characters = [...tenge(amountMinor)];
  return (
    <p className="rolling" role="status" aria-label={`${label}: ${money(amountMinor)}`}>
      <span className="rolling-digits" aria-hidden="true">
        {characters.map((character, index) => {
          // Counted from the right: the place of the units stays the units.
          const place = characters.length - index;
          return /\d/.test(character) ? (
            <span key={place} className="rolling-window">
              <span className="rolling-strip" style={{ '--digit': Number(character) } as CSSProperties}>
                {digits.map((digit) => (
                  <span key={digit}>{digit}</span>
                ))}
              </span>
            </span>
          ) : (
            <span key={place} className="rolling-gap" />
          );
        })}
        <span className="rolling-sign">₸</span>
      </span>
    </p>
  );
}
