import { type CSSProperties, useEffect, useState } from 'react';
import type { ScreenView } from '../../terminal/contract/messages.ts';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Primary } from '../components/primary.tsx';
import { Sheet } from './sheet.tsx';

type Question = NonNullable<ScreenView['question']>;

const tickMs = 250;

/** Counts down from what the terminal said; the terminal alone decides when it is over. */
function useSecondsLeft(question: Question): number {
  const [endsAtMs, setEndsAtMs] = useState(() => performance.now() + question.endsInMs);
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => setEndsAtMs(performance.now() + question.endsInMs), [question.endsInMs]);
  useEffect(() => {
    const ticking = setInterval(() => setNowMs(performance.now()), tickMs);
    return () => clearInterval(ticking);
  }, []);
  return Math.max(0, Math.ceil((endsAtMs - nowMs) / 1_000));
}

export function StillHere({ question }: { readonly question: Question }) {
  const { words } = useAround();
  const seconds = useSecondsLeft(question);
  const [from] = useState(seconds);
  const sentence = question.silence === 'pays' ? 'hint.sentIn' : 'hint.closesIn';
  return (
    <Sheet
      label={words('title.stillHere')}
      className="question"
      primary={<Primary action="continue">{words('button.continue')}</Primary>}
    >
      <div className="question-ring" style={{ '--left': from === 0 ? 0 : seconds / from } as CSSProperties}>
        <span>{seconds}</span>
      </div>
      <Heading title={words('title.stillHere')} hint={words(sentence, { n: seconds })} />
    </Sheet>
  );
}
