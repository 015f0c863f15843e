import type { StandingAlarm } from './event.ts';

/** What a standing alarm is kept under: one of a code and subject stands at a time. */
export function alarmKey(alarm: StandingAlarm): string {
  return `${alarm.alarm} ${alarm.subject}`;
}
