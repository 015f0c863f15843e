import { ArrowRight, Calculator, CircleCheck, Copy, Eye, Lock } from 'lucide-react';
import { useAround } from '../around.ts';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { HoldButton, PressButton } from '../components/press-button.tsx';
import { NotYet } from '../components/primary.tsx';
import { dateTime, money } from '../format.ts';
import { usePresses } from '../press.tsx';
import { Pages } from './operations.tsx';
import type { PageProps } from './page-props.ts';
import { knownWords, type ServiceKey, useServiceWords } from './service-words.ts';
import { inOrder, ShuffledPad } from './shuffled-pad.tsx';
import { SlipCode } from './slip-code.tsx';

type Collected = PageProps<'collected'>['page'];

/** Every cassette that has left, newest first. */
export function Collections({ page }: PageProps<'collections'>) {
  const words = useServiceWords();
  return (
    <Layout
      story={
        <>
          <Heading title={words('title.collections')} />
          {page.fault !== undefined && <Notice kind="fault">{words('fault.unreadable')}</Notice>}
          {page.periods?.length === 0 && <p className="service-empty">{words('state.nothingHere')}</p>}
        </>
      }
      act={
        <div className="service-lines">
          {page.periods?.map(({ periodNumber, closedAtMs, how, noteCount, isCounted }) => (
            <PressButton
              key={periodNumber}
              action="staff-pick"
              value={String(periodNumber)}
              className="service-line"
            >
              {isCounted ? <CircleCheck aria-hidden="true" /> : <span className="service-line-none" />}
              <span className="service-line-text">
                <b>{words('label.period', { n: periodNumber })}</b>
                <small>{dateTime(closedAtMs)}</small>
              </span>
              <span className="service-line-sum">
                <b>{words('label.noteCount', { n: noteCount })}</b>
                <small>{knownWords(words, 'reason', isCounted ? 'cash-counted' : how)}</small>
              </span>
            </PressButton>
          ))}
        </div>
      }
      primary={<Pages />}
    />
  );
}

/** One of them: what the counters said, what was found, and the numbers it travelled under. */
export function CollectedCash({ page }: PageProps<'collected'>) {
  const words = useServiceWords();
  if (page.typing !== undefined) return <Typing typing={page.typing} />;
  const facts = [
    ['label.notes', String(page.noteCount)],
    ['label.cassette', page.cassetteNumber],
    ['label.seal', page.sealNumber],
    ['label.bag', page.bagNumber],
    ['label.countedBy', page.countedBy],
  ] as const satisfies readonly (readonly [ServiceKey, string | undefined])[];
  return (
    <Layout
      story={
        <>
          <Heading title={words('label.period', { n: page.periodNumber })} hint={dateTime(page.closedAtMs)} />
          <section className="work-card">
            <dl className="service-facts">
              {facts.map(
                ([key, value]) =>
                  value !== undefined && (
                    <div key={key} className="service-fact">
                      <dt>{words(key)}</dt>
                      <dd>{value}</dd>
                    </div>
                  ),
              )}
            </dl>
            <HoldButton action="staff-reveal" className="second">
              <Eye aria-hidden="true" />
              <span>{words('button.reveal')}</span>
            </HoldButton>
          </section>
          {page.slipCode !== undefined && <SlipCode code={page.slipCode} />}
          {page.slip !== 'none' && (
            <Notice kind="info">{words(`state.slip.${page.slip}` satisfies ServiceKey)}</Notice>
          )}
        </>
      }
      act={page.sums !== undefined && <Difference sums={page.sums} />}
      primary={<Deeds hasSlip={page.hasSlip} />}
    />
  );
}

function Deeds({ hasSlip }: { readonly hasSlip: boolean }) {
  const words = useServiceWords();
  return (
    <div className="service-pages">
      <PressButton action="staff-count" className="second">
        <Calculator aria-hidden="true" />
        <span>{words('button.count')}</span>
      </PressButton>
      <PressButton action="staff-seal" className="second">
        <Lock aria-hidden="true" />
        <span>{words('button.seal')}</span>
      </PressButton>
      <PressButton action="staff-slip" className="second">
        <Copy aria-hidden="true" />
        <span>{words(hasSlip ? 'button.copy' : 'button.printSlip')}</span>
      </PressButton>
    </div>
  );
}

/** By denomination; a difference is written out with its sign, so that nobody has to reckon. */
function Difference({ sums }: { readonly sums: NonNullable<Collected['sums']> }) {
  const words = useServiceWords();
  const isCounted = sums.some(({ found }) => found !== undefined);
  const total = sums.reduce((sum, { valueMinor, count }) => sum + valueMinor * count, 0);
  const missing = sums.reduce((sum, { valueMinor, difference = 0 }) => sum + valueMinor * difference, 0);
  return (
    <section className="work-card">
      <table className="service-sums">
        {isCounted && (
          <thead>
            <tr>
              <td />
              <th scope="col">{words('label.counter')}</th>
              <th scope="col">{words('label.found')}</th>
              <th scope="col">{words('label.difference')}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {sums.map(({ valueMinor, count, found, difference }) => (
            <tr key={valueMinor}>
              <th scope="row">{money(valueMinor)}</th>
              <td>× {count}</td>
              {found !== undefined && <td>{found}</td>}
              {difference !== undefined && (
                <td data-differs={difference !== 0 || undefined}>{signed(difference)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="service-facts">
        <dt>{words('label.sum')}</dt>
        <dd>{money(total)}</dd>
        {isCounted && (
          <>
            <dt>{words('label.difference')}</dt>
            <dd>
              {missing === 0
                ? words('state.noDifference')
                : `${missing < 0 ? '−' : '+'}${money(Math.abs(missing))}`}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

function signed(difference: number): string {
  if (difference === 0) return '0';
  return difference > 0 ? `+${difference}` : `−${-difference}`;
}

const fields = {
  count: { title: 'title.count', hint: 'hint.count' },
  seal: { title: 'label.seal', hint: 'hint.seal' },
  bag: { title: 'label.bag', hint: 'hint.bag' },
} as const satisfies Record<
  NonNullable<Collected['typing']>['field'],
  { title: ServiceKey; hint: ServiceKey }
>;

function Typing({ typing }: { readonly typing: NonNullable<Collected['typing']> }) {
  const { words: customerWords } = useAround();
  const words = useServiceWords();
  const canGoOn = usePresses().isOffered('staff-next');
  const { title, hint } = fields[typing.field];
  const name = typing.valueMinor === undefined ? words(title) : money(typing.valueMinor);
  return (
    <Layout
      story={
        <>
          <Heading title={name} hint={words(hint)} />
          <output className="field">{typing.digits || '—'}</output>
        </>
      }
      act={<ShuffledPad order={inOrder} deleteLabel={customerWords('aria.deleteDigit')} />}
      primary={
        canGoOn ? (
          <PressButton action="staff-next" className="primary">
            <span>{words('button.next')}</span>
            <ArrowRight aria-hidden="true" />
          </PressButton>
        ) : (
          <NotYet>{words(hint)}</NotYet>
        )
      }
    />
  );
}
