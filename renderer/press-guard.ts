import type { ScreenView } from '../terminal/contract/messages.ts';

/*
 * What a finger must not do by accident. The terminal guards itself as well; here the same rules keep the screen from
 * clicking at presses that will not count.
 */

export const pressTimes = {
  /** A press this soon was meant for the screen before. */
  newScreenMs: 500,
  /** The same button struck again within this is one strike of a shaking hand. */
  doubleStrikeMs: 500,
  /** Digits repeat fast in honest typing (77): only the bounce of one touch counts once. Easy mode waits longer. */
  digitBounceMs: 120,
} as const;

export interface PressGuard {
  onNewScreen(nowMs: number): void;
  admits(button: string, isDigit: boolean, nowMs: number): boolean;
}

export function createPressGuard(): PressGuard {
  let deafUntilMs = 0;
  let lastButton = '';
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let admittedAtMs = Number.NEGATIVE_INFINITY;
  return {
    onNewScreen: (nowMs) => {
      deafUntilMs = nowMs + pressTimes.newScreenMs;
      lastButton = '';
    },
    admits: (button, isDigit, nowMs) => {
      if (nowMs < deafUntilMs) return false;
      const quietMs = isDigit ? pressTimes.digitBounceMs : pressTimes.doubleStrikeMs;
      const isStriking = button === lastButton && nowMs - lastAtMs < quietMs;
      // Somebody who goes on striking means it: their first touch may have been lost with the line.
      const isDouble = isStriking && nowMs - admittedAtMs < 2 * quietMs;
      lastButton = button;
      lastAtMs = nowMs;
      if (!isDouble) admittedAtMs = nowMs;
      return !isDouble;
    },
  };
}

/** Another screen, even one of the same kind: its buttons carry other offers. */
export function isOtherScreen(before: ScreenView, after: ScreenView): boolean {
  if (before.screen.kind !== after.screen.kind) return true;
  return after.offers.some((offer) => {
    const old = before.offers.find((candidate) => candidate.action === offer.action);
    return old !== undefined && old.offerId !== offer.offerId;
  });
}

/** Another face over the screen: its buttons lie where others lay a moment ago. */
export function isOtherFace(before: ScreenView, after: ScreenView): boolean {
  return (
    isOtherScreen(before, after) ||
    before.overlay !== after.overlay ||
    (before.question === undefined) !== (after.question === undefined)
  );
}
