import { CircleCheck, CircleDashed, Scissors } from 'lucide-react';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import type { PageProps } from './page-props.ts';
import { knownWords, useServiceWords } from './service-words.ts';

/** A new roll, step by step; each step is marked by what the printer says, not by what a finger claims. */
export function Paper({ page }: PageProps<'paper'>) {
  const words = useServiceWords();
  const { isReady, why, print } = page;
  const isDone = print === 'printed';
  const steps = [
    { step: 'rollOut', isDone: isReady },
    { step: 'rollIn', isDone: isReady },
    { step: 'cut', isDone },
  ] as const;
  return (
    <Layout
      story={
        <>
          <Heading
            title={words('title.paper')}
            hint={words(isDone ? 'hint.paperChanged' : 'hint.paperCounts')}
          />
          {why !== undefined && <Notice kind="info">{knownWords(words, 'faultName', why)}</Notice>}
          {(print === 'failed' || print === 'unknown') && (
            <Notice kind="fault">{words(`state.slip.${print}`)}</Notice>
          )}
        </>
      }
      act={
        <ol className="work-card service-checks">
          {steps.map((each) => (
            <li key={each.step} data-well={each.isDone || undefined} data-open={!each.isDone || undefined}>
              {each.isDone ? <CircleCheck aria-hidden="true" /> : <CircleDashed aria-hidden="true" />}
              <b>{words(`paperStep.${each.step}`)}</b>
            </li>
          ))}
        </ol>
      }
      primary={
        <PressButton action="staff-test" className="primary">
          <Scissors aria-hidden="true" />
          <span>{words('button.printAndCut')}</span>
        </PressButton>
      }
    />
  );
}
