import { Check, CircleSlash, Inbox, Undo2 } from 'lucide-react';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import { dateTime, money, operationNumber } from '../format.ts';
import { usePresses } from '../press.tsx';
import { Reasons } from './operation.tsx';
import { Pages } from './operations.tsx';
import type { PageProps } from './page-props.ts';
import { knownWords, type ServiceKey, useServiceWords } from './service-words.ts';

type NotesView = PageProps<'notes'>['page'];

const faults = {
  unreadable: 'fault.unreadable',
  'name-missing': 'fault.unreadable',
  'reason-missing': 'label.why',
  'nothing-proposed': 'fault.nothingProposed',
  'same-person': 'fault.samePerson',
  'operation-open': 'fault.operationOpen',
  'period-missing': 'fault.periodMissing',
} as const satisfies Record<NonNullable<NotesView['fault']>, ServiceKey>;

/** A note that no device can place: one person says what became of it, another confirms. */
export function Notes({ page }: PageProps<'notes'>) {
  const words = useServiceWords();
  const { note, count, index, fault } = page;
  return (
    <Layout
      story={
        <>
          <Heading
            title={words('title.notes')}
            hint={count ? words('label.oneOf', { n: index + 1, count }) : undefined}
          />
          {count === 0 && <p className="service-empty">{words('state.noUnknownNotes')}</p>}
          {note !== undefined && <Note note={note} />}
          {fault !== undefined && <Notice kind="fault">{words(faults[fault])}</Notice>}
        </>
      }
      act={
        page.as === undefined ? (
          <Choices page={page} />
        ) : (
          <Reasons title={words(`note.${page.as}`)} reasons={page.reasons} />
        )
      }
      primary={page.as === undefined && <Pages />}
    />
  );
}

function Note({ note }: { readonly note: NonNullable<NotesView['note']> }) {
  const words = useServiceWords();
  const { valueMinor, why, periodNumber: period, operationNumber: number } = note;
  return (
    <>
      <section className="work-card">
        <dl className="service-facts">
          <dt>{words('label.value')}</dt>
          <dd>{valueMinor === undefined ? words('state.notKnown') : money(valueMinor)}</dd>
          <dt>{words('label.since')}</dt>
          <dd>{dateTime(note.sinceMs)}</dd>
          <dt>{words('label.reason')}</dt>
          <dd>{knownWords(words, 'reason', why ?? 'no-record')}</dd>
          {number !== undefined && (
            <>
              <dt>{words('label.operation')}</dt>
              <dd>{operationNumber(number)}</dd>
            </>
          )}
          {period !== undefined && (
            <>
              <dt>{words('label.cassettePeriod')}</dt>
              <dd>{period}</dd>
            </>
          )}
        </dl>
      </section>
      {note.proposal !== undefined && (
        <section className="work-card service-proposal">
          <h2>{words('label.proposal', { by: note.proposal.by })}</h2>
          <p>
            <b>{words(`note.${note.proposal.as}`)}</b> {knownWords(words, 'reason', note.proposal.reason)}
          </p>
          {note.isOwnProposal && <p>{words('hint.secondPerson')}</p>}
        </section>
      )}
    </>
  );
}

const choices = [
  { as: 'stacked', icon: Inbox },
  { as: 'returned', icon: Undo2 },
  { as: 'void', icon: CircleSlash },
] as const;

function Choices({ page }: PageProps<'notes'>) {
  const words = useServiceWords();
  const canPropose = usePresses().isOffered('staff-propose');
  if (page.note === undefined) return null;
  return (
    <section className="service-reasons">
      <PressButton action="staff-confirm" className="primary">
        <Check aria-hidden="true" />
        <span>{words('button.confirm')}</span>
      </PressButton>
      {canPropose && <h2>{words('label.whereIsNote')}</h2>}
      {choices.map(({ as, icon: Icon }) => (
        <PressButton key={as} action="staff-propose" value={as} className="second service-choice">
          <Icon aria-hidden="true" />
          <span>{words(`note.${as}`)}</span>
        </PressButton>
      ))}
    </section>
  );
}
