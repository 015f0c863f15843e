import type { CSSProperties } from 'react';
import { Heading } from '../components/heading.tsx';
import { PressButton } from '../components/press-button.tsx';
import { Sheet } from '../overlays/sheet.tsx';
import { useServiceWords } from './service-words.ts';
import { useSecondsLeft } from './time-left.ts';

/** Nobody has touched anything: it closes by itself unless somebody says that they are there. */
export function ClosesSoon({ closesInMs }: { readonly closesInMs: number }) {
  const words = useServiceWords();
  const seconds = useSecondsLeft(closesInMs) ?? 0;
  const title = words('title.stillAtWork');
  return (
    <Sheet
      label={title}
      className="question"
      primary={
        <PressButton action="staff-stay" className="primary">
          {words('button.stay')}
        </PressButton>
      }
    >
      <div
        className="question-ring"
        style={{ '--left': closesInMs === 0 ? 0 : (seconds * 1_000) / closesInMs } as CSSProperties}
      >
        <span>{seconds}</span>
      </div>
      <Heading title={title} hint={words('hint.signsOutIn', { n: seconds })} />
    </Sheet>
  );
}
