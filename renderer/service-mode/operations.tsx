import { ArrowRight, ChevronDown, ChevronUp, Search } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import { NotYet } from '../components/primary.tsx';
import { Sign } from '../components/sign.tsx';
import { dateTime, money, operationNumber } from '../format.ts';
import { usePresses } from '../press.tsx';
import type { PageProps } from './page-props.ts';
import { knownWords, reasonWords, type ServiceKey, useServiceWords } from './service-words.ts';
import { inOrder, ShuffledPad } from './shuffled-pad.tsx';

type Line = NonNullable<PageProps<'operations'>['page']['operations']>[number];

const lists = ['for-a-person', 'waiting', 'stopped', 'all'] as const;

/** Where the money is: what waits for a person first. */
export function Operations({ page }: PageProps<'operations'>) {
  const words = useServiceWords();
  return (
    <Layout
      story={
        <>
          <Heading title={words('title.operations')} />
          <div className="chips">
            {lists.map((list) => (
              <PressButton
                key={list}
                action="staff-list"
                value={list}
                className="chip service-chip"
                isSelected={page.list === list}
              >
                {words(`list.${list}`)}
              </PressButton>
            ))}
            <PressButton action="staff-find" className="chip service-chip" isSelected={page.list === 'found'}>
              <Search aria-hidden="true" />
              {words('button.find')}
            </PressButton>
          </div>
          {page.fault !== undefined && <Notice kind="fault">{words('fault.unreadable')}</Notice>}
          {page.operations?.length === 0 && <p className="service-empty">{words('state.nothingHere')}</p>}
        </>
      }
      act={
        <div className="service-lines">
          {page.operations?.map((line) => (
            <OperationButton key={line.operationNumber} line={line} />
          ))}
        </div>
      }
      primary={<Pages />}
    />
  );
}

/** One operation in two lines: how it ended and what it is worth, then what it waits for. */
function OperationButton({ line }: { readonly line: Line }) {
  const words = useServiceWords();
  return (
    <PressButton action="staff-pick" value={line.operationNumber} className="service-line">
      <LineSign sign={line.sign} />
      <span className="service-line-text">
        <b>{operationNumber(line.operationNumber)}</b>
        <small>{dateTime(line.atMs)}</small>
        <small className="service-line-more">{moreWords(words, line)}</small>
      </span>
      <span className="service-line-sum">
        <b>{line.amountMinor === undefined ? '—' : money(line.amountMinor)}</b>
        <small>{stateWords(words, line)}</small>
      </span>
    </PressButton>
  );
}

export function LineSign({ sign }: { readonly sign: Line['sign'] }) {
  if (sign === 'none') return <span className="service-line-none" aria-hidden="true" />;
  return <Sign kind={sign === 'on-its-way' ? 'accepted' : sign} />;
}

/** Why it has not arrived, and when it is tried next. */
function moreWords(words: ReturnType<typeof useServiceWords>, { reason, nextTryAtMs }: Line): string {
  const next = nextTryAtMs === undefined ? [] : [`${words('label.nextTry')} ${dateTime(nextTryAtMs)}`];
  return [...(reason === undefined ? [] : [reasonWords(words, reason)]), ...next].join('. ');
}

/** What it waits for, how often it was tried, and why it stopped. */
export function stateWords(words: ReturnType<typeof useServiceWords>, line: Line): string {
  const state = knownWords(words, 'moneyState', line.state);
  const tries = line.attempts > 0 ? `, ${words('label.tries', { n: line.attempts })}` : '';
  return `${state}${tries}`;
}

/** Older and newer pages, in the place of the button that leads on. */
export function Pages() {
  const words = useServiceWords();
  const presses = usePresses();
  if (!presses.isOffered('staff-newer') && !presses.isOffered('staff-older')) return null;
  return (
    <div className="service-pages">
      <PressButton action="staff-newer" className="second">
        <ChevronUp aria-hidden="true" />
        <span>{words('button.newer')}</span>
      </PressButton>
      <PressButton action="staff-older" className="second">
        <ChevronDown aria-hidden="true" />
        <span>{words('button.older')}</span>
      </PressButton>
    </div>
  );
}

type By = PageProps<'find-operation'>['page']['by'];

const ways = ['number', 'last-four', 'time'] as const;
const finds = {
  number: { title: 'find.number', hint: 'hint.findNumber', shape: [4, 3, 3] },
  'last-four': { title: 'find.last-four', hint: 'hint.findLastFour', shape: [4] },
  time: { title: 'find.time', hint: 'hint.findTime', shape: [2, 2, 2, 2] },
} as const satisfies Record<By, { title: ServiceKey; hint: ServiceKey; shape: readonly number[] }>;

const findFaults = {
  'number-wrong': 'fault.receiptNumber',
  'time-wrong': 'fault.timeWrong',
  'not-found': 'fault.notFound',
} as const satisfies Record<NonNullable<PageProps<'find-operation'>['page']['fault']>, ServiceKey>;

/** A payment by its receipt, its phone's last digits, or its time. */
export function FindOperation({ page }: PageProps<'find-operation'>) {
  const { words: customerWords } = useAround();
  const words = useServiceWords();
  const canGoOn = usePresses().isOffered('staff-next');
  const { title, hint, shape } = finds[page.by];
  return (
    <Layout
      story={
        <>
          <Heading title={words(title)} hint={words(hint)} />
          <div className="chips">
            {ways.map((way) => (
              <PressButton
                key={way}
                action="staff-find"
                value={way}
                className="chip service-chip"
                isSelected={way === page.by}
              >
                {words(`way.${way}`)}
              </PressButton>
            ))}
          </div>
          <Places digits={page.digits} shape={shape} />
          {page.fault !== undefined && <Notice kind="fault">{words(findFaults[page.fault])}</Notice>}
        </>
      }
      act={<ShuffledPad order={inOrder} deleteLabel={customerWords('aria.deleteDigit')} />}
      primary={
        canGoOn ? (
          <PressButton action="staff-next" className="primary">
            <span>{words('button.find')}</span>
            <ArrowRight aria-hidden="true" />
          </PressButton>
        ) : (
          <NotYet>{words(page.isLooking ? 'hint.pinChecking' : hint)}</NotYet>
        )
      }
    />
  );
}

/** Digits in the groups in which people read them. */
function Places({ digits, shape }: { readonly digits: string; readonly shape: readonly number[] }) {
  const groups = shape.map((size, index) => {
    const start = shape.slice(0, index).reduce((sum, each) => sum + each, 0);
    return { start, size, typed: digits.slice(start, start + size) };
  });
  return (
    <p className="field" role="status" aria-label={digits}>
      {groups.map(({ start, size, typed }) => (
        <span key={start} className="field-group">
          {typed}
          {typed.length < size && <span className="field-missing">{'_'.repeat(size - typed.length)}</span>}
        </span>
      ))}
    </p>
  );
}
