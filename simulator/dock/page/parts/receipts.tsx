import { useState } from 'react';
import type { SlipState } from '../../contract.ts';
import { Card } from './card.tsx';
import { Do } from './controls.tsx';

const whereWords: Readonly<Record<SlipState['where'], string>> = {
  hanging: 'can be taken',
  taken: 'taken',
  swallowed: 'drawn back in',
  dropped: 'on the floor',
};

interface ReceiptsProps {
  readonly slips: readonly SlipState[];
  readonly pictureAddress: (picture: string) => string;
}

/** What the simulated print head has really put on paper. */
export function Receipts({ slips, pictureAddress }: ReceiptsProps) {
  const [chosen, setChosen] = useState<number>();
  // Its picture may still be on its way.
  const enlarged = slips.find(({ number }) => number === chosen);
  const isHanging = slips.some(({ where }) => where === 'hanging');
  return (
    <Card
      title="Paper"
      hint="What the printer has drawn, dot by dot"
      className="receipts"
      aside={
        <Do command={{ kind: 'printer', action: 'take' }} disabled={!isHanging}>
          Take slip
        </Do>
      }
    >
      <div className="slips">
        {slips.length === 0 && <p className="nothing">No slip yet.</p>}
        {slips.map((slip) => (
          <button
            key={slip.number}
            type="button"
            className="slip"
            aria-label={`Slip ${slip.number}, ${whereWords[slip.where]}`}
            data-where={slip.where}
            onClick={() => setChosen(slip.number)}
          >
            {slip.picture !== undefined && <img src={pictureAddress(slip.picture)} alt="" />}
            <span>
              №{slip.number} {whereWords[slip.where]}
            </span>
          </button>
        ))}
      </div>
      {enlarged?.picture !== undefined && (
        <button type="button" className="enlarged" aria-label="Close" onClick={() => setChosen(undefined)}>
          <img src={pictureAddress(enlarged.picture)} alt={`Slip ${enlarged.number}`} />
        </button>
      )}
    </Card>
  );
}
