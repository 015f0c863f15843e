import { CircleCheck, CircleDashed, CircleX, Play, Square } from 'lucide-react';
import { PressButton } from '../components/press-button.tsx';
import { money } from '../format.ts';
import type { PageProps } from './page-props.ts';
import { PictureTrial } from './picture-trial.tsx';
import { type ServiceKey, useServiceWords } from './service-words.ts';
import { TouchTrial } from './touch-trial.tsx';

type View = PageProps<'devices'>['page'];
type Test = NonNullable<View['test']>;
type Link = Extract<Test, { kind: 'link' }>;

const buttons = {
  acceptor: 'button.tryNotes',
  printer: 'button.tryPrinter',
  screen: 'button.tryTouch',
  backend: 'button.tryLink',
  disk: 'button.tryLedger',
  clock: 'button.tryClock',
} as const satisfies Record<View['chosen']['device'], ServiceKey>;

/** The one thing that can be tried on a device, in the place of the button that leads on. */
export function TryButton({ page }: { readonly page: View }) {
  const words = useServiceWords();
  const isRunning = page.test?.kind === 'notes';
  // A screen can be tried in two ways.
  const way = page.chosen.device === 'screen' ? { value: 'touch' } : {};
  return (
    <PressButton action="staff-test" {...way} className="primary">
      {isRunning ? <Square aria-hidden="true" /> : <Play aria-hidden="true" />}
      <span>{words(isRunning ? 'button.endTrial' : buttons[page.chosen.device])}</span>
    </PressButton>
  );
}

/** How a trial goes. */
export function Trial({ test }: { readonly test: Test }) {
  const words = useServiceWords();
  return (
    <section className="work-card service-trial" aria-live="polite">
      <h2>{words('label.trial')}</h2>
      <Outcome test={test} />
    </section>
  );
}

function Outcome({ test }: { readonly test: Test }) {
  const words = useServiceWords();
  switch (test.kind) {
    case 'notes':
      return <Notes test={test} />;
    case 'page':
      return (
        <>
          <p>
            <b>{words(`state.slip.${test.print}` satisfies ServiceKey)}</b>
          </p>
          <p>{words('test.look')}</p>
        </>
      );
    case 'link':
      return test.outcome === undefined ? (
        <p>{words('hint.pinChecking')}</p>
      ) : (
        <LinkSteps outcome={test.outcome} />
      );
    case 'ledger':
      if (test.outcome === undefined) return <p>{words('hint.pinChecking')}</p>;
      return (
        <>
          <p>
            <b>{words(test.outcome.isWhole ? 'state.ledgerWhole' : 'faultName.ledger-damaged')}</b>
          </p>
          <p>{words('label.freeSpace', { n: test.outcome.freeMegabytes })}</p>
        </>
      );
    case 'touch':
      return <TouchTrial outcome={test.outcome} />;
    case 'picture':
      return <PictureTrial outcome={test.outcome} />;
  }
}

function Notes({ test }: { readonly test: Extract<Test, { kind: 'notes' }> }) {
  const words = useServiceWords();
  return (
    <>
      <p>
        <b>{words(test.isOpen ? 'hint.insertTestNote' : 'hint.acceptorOpens')}</b>
      </p>
      <p>{words('hint.noCredit')}</p>
      <ul className="service-trial-list">
        {test.notes.map(({ valueMinor, fate }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes of one value are told apart by their order alone
          <li key={at}>
            <b>{valueMinor === undefined ? '—' : money(valueMinor)}</b>
            <span>{words(`testNote.${fate}` satisfies ServiceKey)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const marks = { passed: CircleCheck, failed: CircleX, 'not-reached': CircleDashed } as const;

/** Each step by its name, with a sign of its own: colour is never alone. */
function LinkSteps({ outcome }: { readonly outcome: NonNullable<Link['outcome']> }) {
  const words = useServiceWords();
  const { steps, tookMs, aheadSeconds } = outcome;
  return (
    <>
      <ul className="service-trial-list">
        {steps.map(({ step, state }) => {
          const Mark = marks[state];
          return (
            <li key={step} data-state={state}>
              <b>{words(`linkStep.${step}`)}</b>
              <Mark role="img" aria-label={words(`stepState.${state}` satisfies ServiceKey)} />
            </li>
          );
        })}
      </ul>
      <p>{words('label.tookMs', { n: tookMs })}</p>
      {aheadSeconds !== undefined && <p>{words('label.clockAhead', { n: aheadSeconds })}</p>}
    </>
  );
}
