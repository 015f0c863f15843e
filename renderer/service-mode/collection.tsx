import { BanknoteArrowDown, BanknoteArrowUp, Eye, ReceiptText } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { HoldButton, PressButton } from '../components/press-button.tsx';
import { NotYet } from '../components/primary.tsx';
import { dateTime, money } from '../format.ts';
import type { PageProps } from './page-props.ts';
import { type ServiceKey, useServiceWords } from './service-words.ts';
import { inOrder, ShuffledPad } from './shuffled-pad.tsx';
import { SlipCode } from './slip-code.tsx';

type CollectionView = PageProps<'collection'>['page'];
type CollectionSums = NonNullable<NonNullable<CollectionView['period']>['sums']>;

/** The cassette is emptied, one step after the other; what comes next is the black button. */
export function Collection({ page }: PageProps<'collection'>) {
  const { words: customerWords } = useAround();
  const words = useServiceWords();
  const isTyping = page.stage === 'emptied';
  return (
    <Layout
      story={
        <>
          <Heading title={words(titles[page.stage])} hint={words(hints[page.stage])} />
          {page.period !== undefined && !isTyping && <Counters period={page.period} />}
          {page.slipCode === undefined ? <SlipLine page={page} /> : <SlipCode code={page.slipCode} />}
          {page.fault !== undefined && <Notice kind="fault">{words(faults[page.fault])}</Notice>}
        </>
      }
      act={
        isTyping ? (
          <>
            <output className="field">{page.cassetteNumber || '—'}</output>
            <ShuffledPad order={inOrder} deleteLabel={customerWords('aria.deleteDigit')} />
          </>
        ) : (
          page.period?.sums !== undefined && <Sums sums={page.period.sums} />
        )
      }
      primary={<NextStep page={page} />}
    />
  );
}

const titles: Readonly<Record<CollectionView['stage'], ServiceKey>> = {
  review: 'title.collection',
  begun: 'title.takeCassette',
  emptied: 'title.cassetteIn',
};

const hints: Readonly<Record<CollectionView['stage'], ServiceKey>> = {
  review: 'hint.counters',
  begun: 'hint.takeCassette',
  emptied: 'hint.cassetteNumber',
};

const faults: Readonly<Record<NonNullable<CollectionView['fault']>, ServiceKey>> = {
  unreadable: 'fault.unreadable',
  'number-short': 'fault.numberShort',
  'same-cassette': 'fault.sameCassette',
  'unknown-cassette': 'fault.unknownCassette',
};

function NextStep({ page }: PageProps<'collection'>) {
  const words = useServiceWords();
  if (page.stage === 'review') {
    return (
      <PressButton action="staff-begin" className="primary">
        <BanknoteArrowDown aria-hidden="true" />
        <span>{words('button.begin')}</span>
      </PressButton>
    );
  }
  if (page.stage === 'emptied') {
    return (
      <PressButton action="staff-next" className="primary">
        <BanknoteArrowUp aria-hidden="true" />
        <span>{words('button.finish')}</span>
      </PressButton>
    );
  }
  // The terminal notices by itself; the button is for units that do not tell.
  return page.slip === 'printing' ? (
    <NotYet>{words('state.slip.printing')}</NotYet>
  ) : (
    <PressButton action="staff-emptied" className="second">
      {words('button.emptied')}
    </PressButton>
  );
}

/** What is in the cassette. Sums are for the collector's eyes: shown on asking. */
function Counters({ period }: { readonly period: NonNullable<CollectionView['period']> }) {
  const words = useServiceWords();
  return (
    <section className="work-card">
      <h2>{words('label.period', { n: period.periodNumber })}</h2>
      <dl className="service-facts">
        <dt>{words('label.since')}</dt>
        <dd>{dateTime(period.openedAtMs)}</dd>
        <dt>{words('label.notes')}</dt>
        <dd>{period.noteCount}</dd>
        {period.inDoubtCount > 0 && (
          <>
            <dt>{words('label.inDoubt')}</dt>
            <dd>{period.inDoubtCount}</dd>
          </>
        )}
      </dl>
      <HoldButton action="staff-reveal" className="second">
        <Eye aria-hidden="true" />
        <span>{words('button.reveal')}</span>
      </HoldButton>
    </section>
  );
}

function Sums({ sums }: { readonly sums: CollectionSums }) {
  const words = useServiceWords();
  return (
    <section className="work-card">
      <dl className="service-facts">
        {sums.counts.map(({ valueMinor, count }) => (
          <div key={valueMinor} className="service-fact">
            <dt>
              {money(valueMinor)} × {count}
            </dt>
            <dd>{money(valueMinor * count)}</dd>
          </div>
        ))}
        <div className="service-fact service-fact-total">
          <dt>{words('label.sum')}</dt>
          <dd>{money(sums.totalMinor)}</dd>
        </div>
      </dl>
    </section>
  );
}

function SlipLine({ page }: PageProps<'collection'>) {
  const words = useServiceWords();
  if (page.stage === 'review') return null;
  return (
    <section className="work-card service-slip">
      <ReceiptText aria-hidden="true" />
      <span>
        <b>{words('label.slip')}</b> {words(`state.slip.${page.slip}` satisfies ServiceKey)}
      </span>
      <PressButton action="staff-slip" className="second">
        {words('button.printSlip')}
      </PressButton>
      {page.stage === 'begun' && page.slip === 'failed' && <p>{words('hint.slipCode')}</p>}
    </section>
  );
}
