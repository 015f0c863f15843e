import { CalendarDays, UserRound } from 'lucide-react';
import { Heading } from '../components/heading.tsx';
import { Layout } from '../components/layout.tsx';
import { Notice } from '../components/notice.tsx';
import { PressButton } from '../components/press-button.tsx';
import { dateTime, money } from '../format.ts';
import { Pages } from './operations.tsx';
import type { PageProps } from './page-props.ts';
import { knownWords, reasonWords, useServiceWords } from './service-words.ts';

const groups = ['people', 'money', 'machine'] as const;

/** What was done here, by whom and when; the number before each row is its place in the chain. */
export function Audit({ page }: PageProps<'audit'>) {
  const words = useServiceWords();
  return (
    <Layout
      story={
        <>
          <Heading title={words('title.audit')} />
          <div className="chips">
            {groups.map((group) => (
              <PressButton
                key={group}
                action="staff-list"
                value={group}
                className="chip service-chip"
                isSelected={page.group === group && page.staffId === undefined}
              >
                {words(`group.${group}`)}
              </PressButton>
            ))}
          </div>
          <div className="chips">
            <PressButton
              action="staff-person"
              className="chip service-chip"
              isSelected={page.staffId !== undefined}
            >
              <UserRound aria-hidden="true" />
              {page.staffId ?? words('label.everybody')}
            </PressButton>
            <PressButton
              action="staff-day"
              className="chip service-chip"
              isSelected={page.dayMs !== undefined}
            >
              <CalendarDays aria-hidden="true" />
              {page.dayMs === undefined ? words('label.everyDay') : dateTime(page.dayMs).slice(0, 10)}
            </PressButton>
          </div>
          {page.fault !== undefined && <Notice kind="fault">{words('fault.unreadable')}</Notice>}
          {page.rows?.length === 0 && <p className="service-empty">{words('state.nothingHere')}</p>}
        </>
      }
      act={<AuditRows rows={page.rows ?? []} />}
      primary={<Pages />}
    />
  );
}

function AuditRows({ rows }: { readonly rows: NonNullable<PageProps<'audit'>['page']['rows']> }) {
  const words = useServiceWords();
  if (rows.length === 0) return null;
  return (
    <ul className="work-card service-audit">
      {rows.map(({ sequence, atMs, kind, by, why, amountMinor }) => (
        <li key={sequence}>
          <small className="service-audit-time">
            {sequence} · {dateTime(atMs)}
          </small>
          <span>
            <b>{knownWords(words, 'event', kind)}</b> {by} {why === undefined ? '' : reasonWords(words, why)}
          </span>
          {amountMinor !== undefined && <b>{money(amountMinor)}</b>}
        </li>
      ))}
    </ul>
  );
}
