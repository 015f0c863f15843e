import { CircleAlert, CircleCheck, LogOut } from 'lucide-react';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { PressButton } from '../components/press-button.tsx';
import type { PageProps } from './page-props.ts';
import { knownWords, useServiceWords } from './service-words.ts';

/** What is in order and what is not, before the terminal is the customers' again; it changes as hands mend it. */
export function Leaving({ page }: PageProps<'leaving'>) {
  const words = useServiceWords();
  return (
    <Layout
      story={<Heading title={words('title.notReady')} hint={words('hint.notReady')} />}
      act={
        <ul className="work-card service-checks">
          {page.checks.map(({ check, why }) => (
            <li key={check} data-well={why === undefined || undefined}>
              {why === undefined ? <CircleCheck aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
              <span>
                <b>{words(`check.${check}`)}</b>
                {why === undefined ? (
                  <span>{words('state.inOrder')}</span>
                ) : (
                  <span>
                    {knownWords(words, 'faultName', why)}. {knownWords(words, 'faultAdvice', why)}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      }
      primary={
        <PressButton action="staff-leave" className="second service-choice">
          <LogOut aria-hidden="true" />
          <span>{words('button.leaveSo')}</span>
        </PressButton>
      }
    />
  );
}
