import type { ServicePageView } from '../contract/service-mode.ts';
import type { AuditPage } from '../service-mode/state.ts';
import { historyView } from './money-pages.ts';

/** The journal as its screen shows it. */
export function auditView({
  who,
  filter,
  rows,
  fault,
}: AuditPage): Extract<ServicePageView, { kind: 'audit' }> {
  const { group, staffId, day } = filter;
  return {
    kind: 'audit',
    who: { ...who },
    group,
    ...(staffId === undefined ? {} : { staffId }),
    ...(day === undefined ? {} : { dayMs: day.fromMs }),
    ...(rows === undefined
      ? {}
      : {
          rows: rows.map((row) => ({
            ...historyView(row),
            ...(row.amountMinor === undefined ? {} : { amountMinor: row.amountMinor }),
          })),
        }),
    ...(fault === undefined ? {} : { fault }),
  };
}
