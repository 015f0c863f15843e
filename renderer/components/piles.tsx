import type { CSSProperties } from 'react';
import { useAround } from '../around.ts';
import { money } from '../format.ts';
import { Slip } from './slip.tsx';

/** More slips than these make no pile look higher. */
const drawnMax = 9;

interface Pile {
  readonly valueMinor: number;
  readonly count: number;
}

/** The notes of this visit, one pile for each kind: they grow as notes come in, and can be counted over. */
export function Piles({ countedMinor }: { readonly countedMinor: readonly number[] }) {
  const { frame } = useAround();
  const newest = countedMinor.at(-1);
  if (newest === undefined) {
    return (
      <div className="piles">
        <span className="pile-place" aria-hidden="true" />
      </div>
    );
  }
  return (
    <ul className="piles" data-from={frame.panel.noteSlot}>
      {pilesOf(countedMinor).map(({ valueMinor, count }) => {
        const drawn = Math.min(count, drawnMax);
        return (
          <li key={valueMinor} className="pile" aria-label={`${money(valueMinor)} × ${count}`}>
            <span className="pile-slips" aria-hidden="true">
              {Array.from({ length: drawn }, (_, index) => {
                // Counted from the bottom, so that a new note is a new slip and the others stay where they lie.
                const fromBottom = count - drawn + index;
                const isNewest = valueMinor === newest && index === drawn - 1;
                return (
                  <span
                    key={fromBottom}
                    className={isNewest ? 'pile-slip newest' : 'pile-slip'}
                    style={{ '--lean': (fromBottom * 7) % 5 } as CSSProperties}
                  >
                    <Slip valueMinor={valueMinor} />
                  </span>
                );
              })}
            </span>
            <span className="pile-count" aria-hidden="true">
              × {count}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function pilesOf(countedMinor: readonly number[]): readonly Pile[] {
  const counts = new Map<number, number>();
  for (const valueMinor of countedMinor) counts.set(valueMinor, (counts.get(valueMinor) ?? 0) + 1);
  return [...counts]
    .map(([valueMinor, count]) => ({ valueMinor, count }))
    .sort((a, b) => b.valueMinor - a.valueMinor);
}
