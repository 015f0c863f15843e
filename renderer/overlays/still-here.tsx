import { type CSSProperties, useEffect, useState } from 'react';
import type { ScreenView } from '../../terminal/contract/messages.ts';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Primary } from '../components/primary.tsx';
import { Sheet } from './sheet.tsx';

type Question = NonNullable<ScreenView['question']>;

const tickMs = 250;

function countFrom(question: Question) {
  const startedAtMs = performance.now();
  return { question, startedAtMs, endsAtMs: startedAtMs + question.endsInMs };
}

/** Counts down from what the terminal said; the terminal alone decides when it is over. */
function useSecondsLeft(question: Question): number {
  const [count, setCount] = useState(() => countFrom(question));
  const [nowMs, setNowMs] = useState(0);
  // A question told again carries its own time.
  if (count.question !== question) setCount(countFrom(question));
  useEffect(() => {
    const ticking = setInterval(() => setNowMs(performance.now()), tickMs);
    return () => clearInterval(ticking);
  }, []);
  const leftMs = count.endsAtMs - Math.max(nowMs, count.startedAtMs);
  return Math.max(0, Math.ceil(leftMs / 1_000));
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
