import type { Fact } from '../facts.ts';
import type { AlarmCode } from '../faults.ts';
import { type Health, isStanding, type StandingAlarm } from './state.ts';

/** The alarms that stand then, and what is stored of the change. */
export interface AlarmChange {
  readonly alarms: readonly StandingAlarm[];
  readonly facts: readonly Fact[];
}

/** Each alarm of a code and subject stands once. */
export function raise(health: Health, alarm: AlarmCode, subject: string, detail: string): AlarmChange {
  if (isStanding(health, alarm, subject)) return { alarms: health.alarms, facts: [] };
  return {
    alarms: [...health.alarms, { alarm, subject }],
    facts: [{ kind: 'alarm-raised', alarm, subject, detail }],
  };
}

export function endAlarms(health: Health, alarm: AlarmCode, subjects?: ReadonlySet<string>): AlarmChange {
  return endWhere(
    health,
    (standing) => standing.alarm === alarm && (subjects === undefined || subjects.has(standing.subject)),
  );
}

export function endWhere(health: Health, ends: (standing: StandingAlarm) => boolean): AlarmChange {
  return {
    alarms: health.alarms.filter((standing) => !ends(standing)),
    facts: health.alarms
      .filter(ends)
      .map(({ alarm, subject }): Fact => ({ kind: 'alarm-ended', alarm, subject })),
  };
}

/** Follows alarms that other parts of the core raise or end, so that each stands once. */
export function followAlarms(health: Health, facts: readonly Fact[]): Health {
  let { alarms } = health;
  for (const fact of facts) {
    if (
      fact.kind === 'alarm-raised' &&
      !alarms.some((s) => s.alarm === fact.alarm && s.subject === fact.subject)
    ) {
      alarms = [...alarms, { alarm: fact.alarm, subject: fact.subject }];
    }
    if (fact.kind === 'alarm-ended') {
      alarms = alarms.filter((s) => s.alarm !== fact.alarm || s.subject !== fact.subject);
    }
  }
  return { ...health, alarms };
}
