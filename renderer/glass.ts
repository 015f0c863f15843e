import type { ScreenView } from '../terminal/contract/messages.ts';

/*
 * The glass in millimetres. CSS "mm" is not physical, so the layout counts in --mm, and its shape is chosen from the
 * real size of the panel, not from its pixels.
 */

/** One column; story beside action; the same with a rail. */
export type Shape = 'portrait' | 'landscape' | 'wide';

export interface Glass {
  readonly shape: Shape;
  /** A low panel, such as 15.6 inches: less air, no steps. */
  readonly isLow: boolean;
  /** In which the layout counts: less than the real one on small panels, more on large ones. */
  readonly pixelsPerMm: number;
  /** The real millimetre, by which fingers and eyes are measured. */
  readonly pixelsPerRealMm: number;
}

interface Extent {
  readonly widthMm: number;
  readonly heightMm: number;
}

const wideFromMm = 420;
const lowBelowMm = 230;
/** What the layout needs. A smaller panel is laid out smaller, but for what fingers must hit and eyes must read. */
const roomy = {
  portrait: { widthMm: 240, heightMm: 425 },
  landscape: { widthMm: 320, heightMm: 190 },
} as const;
/** What the layout fills. A larger panel is laid out larger: people stand further away from it. */
const full = {
  portrait: { widthMm: 300, heightMm: 535 },
  landscape: { widthMm: 530, heightMm: 300 },
} as const;
/** A window smaller than any panel of the field (a developer's) is shown smaller as a whole. */
const smallest = {
  portrait: { widthMm: 190, heightMm: 335 },
  landscape: { widthMm: 320, heightMm: 190 },
} as const;

export function glassOf(widthPx: number, heightPx: number, panel: ScreenView['frame']['panel']): Glass {
  const isPortrait = heightPx > widthPx;
  const shown = isPortrait ? 'portrait' : 'landscape';
  const holding = ({ widthMm, heightMm }: Extent): number => Math.min(widthPx / widthMm, heightPx / heightMm);
  const pixelsPerRealMm = Math.min(panel.pixelsPerMm, holding(smallest[shown]));
  const pixelsPerMm = Math.max(Math.min(panel.pixelsPerMm, holding(roomy[shown])), holding(full[shown]));
  const widthMm = widthPx / pixelsPerMm;
  const heightMm = heightPx / pixelsPerMm;
  const shape = isPortrait ? 'portrait' : widthMm >= wideFromMm ? 'wide' : 'landscape';
  return {
    shape,
    isLow: !isPortrait && heightMm < lowBelowMm,
    pixelsPerMm,
    pixelsPerRealMm,
  };
}
