import { describe, expect, test } from 'vitest';
import { settingsNow } from './profile.ts';
import { settings, tenge, wallNow } from './testing/samples.ts';
import type { TerminalProfile } from './wallet/messages.ts';

const values = [500, 1_000, 2_000, 5_000, 10_000, 20_000];

function profile(changes: Partial<TerminalProfile> = {}): TerminalProfile {
  const { number: terminalNumber, ...owner } = settings.terminal;
  return {
    terminalNumber,
    ...owner,
    limits: {
      currency: 'KZT',
      topUpMinMinor: tenge(500),
      topUpMaxMinor: tenge(500_000),
      unidentifiedMaxMinor: tenge(12_975),
    },
    denominations: values.map((value) => ({
      denominationMinor: tenge(value),
      currency: 'KZT',
      series: 'any',
      lastDay: undefined,
    })),
    catalogue: [],
    backendWallMs: wallNow,
    anchor: undefined,
    ...changes,
  };
}

function limited(limits: Partial<TerminalProfile['limits']>): TerminalProfile {
  return profile({ limits: { ...profile().limits, ...limits } });
}

/** The profile in which one kind of note ends on that day. */
function ending(value: number, lastDay: string): TerminalProfile {
  const { denominations } = profile();
  return profile({
    denominations: denominations.map((kind) =>
      kind.denominationMinor === tenge(value) ? { ...kind, lastDay } : kind,
    ),
  });
}

describe('the backend’s profile', () => {
  test('without one the operator’s settings hold', () => {
    expect(settingsNow(settings)(undefined, wallNow)).toBe(settings);
  });

  test('narrows limits', () => {
    const narrowed = settingsNow(settings)(
      limited({ topUpMaxMinor: tenge(100_000), unidentifiedMaxMinor: tenge(9_000) }),
      wallNow,
    );
    expect(narrowed.limits).toEqual({
      minimum: tenge(500),
      perOperation: tenge(100_000),
      offline: tenge(9_000),
    });
  });

  test('never widens them', () => {
    const generous = limited({
      topUpMinMinor: tenge(1),
      topUpMaxMinor: tenge(9_000_000),
      unidentifiedMaxMinor: tenge(9_000_000),
    });
    expect(settingsNow(settings)(generous, wallNow).limits).toEqual(settings.limits);
  });

  test('nothing is taken offline beyond what a visit may hold', () => {
    const { limits } = settingsNow(settings)(limited({ topUpMaxMinor: tenge(5_000) }), wallNow);
    expect(limits.offline).toBe(tenge(5_000));
  });

  test('a note below the smallest top-up is taken no more: it could not be credited', () => {
    const { denominations } = settingsNow(settings)(limited({ topUpMinMinor: tenge(1_001) }), wallNow);
    expect(denominations).toEqual([2_000, 5_000, 10_000, 20_000].map(tenge));
  });

  test('a kind it does not name is not taken, and one that the operator does not take is not added', () => {
    const { denominations } = profile();
    const other = { ...denominations[0], denominationMinor: tenge(200) } as (typeof denominations)[number];
    const narrowed = settingsNow(settings)(
      profile({ denominations: [...denominations.slice(2), other] }),
      wallNow,
    );
    expect(narrowed.denominations).toEqual([2_000, 5_000, 10_000, 20_000].map(tenge));
  });

  test('of another currency it says nothing about us', () => {
    const foreign = limited({ topUpMaxMinor: tenge(1), currency: 'USD' as 'KZT' });
    expect(settingsNow(settings)(foreign, wallNow)).toEqual(settings);
  });
});

describe('the last day of a kind of note', () => {
  const takes = (lastDay: string, wallMs: number): boolean =>
    settingsNow(settings)(ending(2_000, lastDay), wallMs).denominations.includes(tenge(2_000));
  // 24 June 2026 ends in Kazakhstan at 19:00 UTC.
  const midnight = Date.UTC(2026, 5, 24, 19);

  test('is a day on which it is taken, until midnight in Kazakhstan', () => {
    expect(takes('2026-06-24', midnight - 1)).toBe(true);
    expect(takes('2026-06-24', midnight)).toBe(false);
  });

  test('comes without a new profile', () => {
    const now = settingsNow(settings);
    const told = ending(2_000, '2026-06-24');
    expect(now(told, midnight - 1).denominations).toContain(tenge(2_000));
    expect(now(told, midnight).denominations).not.toContain(tenge(2_000));
  });

  test('of one series is not the last of the kind while another is money', () => {
    const { denominations } = ending(2_000, '2026-06-24');
    const newer = denominations.map((kind) => ({ ...kind, lastDay: undefined }));
    const both = profile({ denominations: [...denominations, ...newer] });
    expect(settingsNow(settings)(both, midnight).denominations).toContain(tenge(2_000));
  });
});
