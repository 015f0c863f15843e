import { useState } from 'react';
import { PressButton } from '../components/press-button.tsx';
import { usePresses } from '../press.tsx';
import { GlassCover } from './glass-cover.tsx';
import { type ServiceKey, useServiceWords } from './service-words.ts';

/** What shows a dead dot, a stuck one, a worn lamp, a loose cable; the styles know how each looks. */
const pictures = ['red', 'green', 'blue', 'white', 'black', 'grid'] as const;

/** Plain pictures over the whole glass, one touch each; then whoever has looked says how they were. */
export function PictureTrial({ outcome }: { readonly outcome: 'even' | 'flawed' | undefined }) {
  const words = useServiceWords();
  const presses = usePresses();
  const [touches, setTouches] = useState(0);
  if (outcome !== undefined) {
    return (
      <p>
        <b>{words(`state.picture.${outcome}` satisfies ServiceKey)}</b>
      </p>
    );
  }
  // The first touch takes the words away: they hide a part of the picture.
  const picture = pictures[Math.max(0, touches - 1)];
  if (picture !== undefined) {
    return (
      <GlassCover
        data-picture={picture}
        onPointerUp={() => presses.local('next-picture', () => setTouches(touches + 1))}
      >
        {touches === 0 && (
          <p className="glass-trial-words">
            <b>{words('hint.pictures')}</b>
          </p>
        )}
      </GlassCover>
    );
  }
  return (
    <>
      <p>
        <b>{words('title.picturesEven')}</b>
      </p>
      <PressButton action="staff-tested" value="even" className="second service-choice">
        {words('button.even')}
      </PressButton>
      <PressButton action="staff-tested" value="flawed" className="second service-choice">
        {words('button.flawed')}
      </PressButton>
    </>
  );
}
