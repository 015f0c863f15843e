/** Kazakhstan has one time zone. */
const utcOffsetMs = 5 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** The calendar days that have ended before `wallMs`, youngest first: `2026-11-21`, `2026-11-20`, … */
export function pastDays(wallMs: number, count: number): readonly string[] {
  const days: string[] = [];
  for (let back = 1; back <= count; back += 1) days.push(dayOf(wallMs - back * dayMs));
  return days;
}

/** The calendar day on which a top-up closed at `wallMs` counts. */
export function dayOf(wallMs: number): string {
  return new Date(wallMs + utcOffsetMs).toISOString().slice(0, 10);
}

/** When `day` begins and ends: `fromMs` ≤ t < `toMs`. */
export function boundsOf(day: string): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = Date.parse(`${day}T00:00:00Z`) - utcOffsetMs;
  return { fromMs, toMs: fromMs + dayMs };
}
