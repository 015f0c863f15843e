import type { Minor } from './money.ts';
import { minor } from './money.ts';
import type { Settings } from './settings.ts';
import type { ProfileDenomination, TerminalProfile } from './wallet/messages.ts';

/*
 * The backend's profile narrows what the operator has set: it may forbid a note or lower a limit, never widen one.
 */

/** Kazakhstan has one time zone, UTC+5, since 1 March 2024: a last day ends at its midnight. */
const utcOffsetMs = 5 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** How often the profile is asked for: a changed limit or a note's last day must not wait for a restart. */
export const profileTimes = {
  intervalMs: 3_600_000,
  retryMs: 60_000,
  deadlineMs: 10_000,
} as const;

/** Gives the settings under which notes are taken at a moment. */
export type SettingsNow = (profile: TerminalProfile | undefined, wallMs: number) => Settings;

/** Narrows anew only when the profile or the day is another one: every event asks. */
export function settingsNow(settings: Settings): SettingsNow {
  let profile: TerminalProfile | undefined;
  let day = Number.NaN;
  let current = settings;
  return (profileNow, wallMs) => {
    const dayNow = Math.floor((wallMs + utcOffsetMs) / dayMs);
    if (profileNow === profile && dayNow === day) return current;
    profile = profileNow;
    day = dayNow;
    current = profile === undefined ? settings : narrowed(settings, profile, dayText(wallMs));
    return current;
  };
}

function dayText(wallMs: number): string {
  return new Date(wallMs + utcOffsetMs).toISOString().slice(0, 10);
}

function narrowed(settings: Settings, profile: TerminalProfile, today: string): Settings {
  if (profile.limits.currency !== settings.currency) return settings;
  const { limits } = profile;
  const minimum = minor(Math.max(settings.limits.minimum, limits.topUpMinMinor));
  const perOperation = minor(Math.min(settings.limits.perOperation, limits.topUpMaxMinor));
  const offline = minor(Math.min(settings.limits.offline, limits.unidentifiedMaxMinor, perOperation));
  // A note below the smallest top-up could be taken and never credited.
  const denominations = settings.denominations.filter(
    (valueMinor) => valueMinor >= minimum && isCurrent(valueMinor, profile.denominations, today),
  );
  return { ...settings, denominations, limits: { minimum, perOperation, offline } };
}

/** Acceptors that cannot tell series apart take a kind as long as any series of it is money. */
function isCurrent(valueMinor: Minor, kinds: readonly ProfileDenomination[], today: string): boolean {
  return kinds.some(
    ({ denominationMinor, lastDay }) =>
      denominationMinor === valueMinor && (lastDay === undefined || today <= lastDay),
  );
}
