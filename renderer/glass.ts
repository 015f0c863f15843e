import { useEffect, useState } from 'react';
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
  readonly pixelsPerMm: number;
}

const wideFromMm = 420;
const lowBelowMm = 230;
/** A window smaller than any panel of the field (a developer's) is shown smaller as a whole. */
const smallest = {
  portrait: { widthMm: 240, heightMm: 425 },
  landscape: { widthMm: 320, heightMm: 190 },
} as const;

export function glassOf(widthPx: number, heightPx: number, panel: ScreenView['frame']['panel']): Glass {
  const isPortrait = heightPx > widthPx;
  const least = isPortrait ? smallest.portrait : smallest.landscape;
  const pixelsPerMm = Math.min(panel.pixelsPerMm, widthPx / least.widthMm, heightPx / least.heightMm);
  const widthMm = widthPx / pixelsPerMm;
  const heightMm = heightPx / pixelsPerMm;
  const shape = isPortrait ? 'portrait' : widthMm >= wideFromMm ? 'wide' : 'landscape';
  return { shape, isLow: !isPortrait && heightMm < lowBelowMm, pixelsPerMm };
}

export function useGlass(panel: ScreenView['frame']['panel']): Glass {
  const [size, setSize] = useState(() => [window.innerWidth, window.innerHeight] as const);
  useEffect(() => {
    const measure = (): void => setSize([window.innerWidth, window.innerHeight]);
    window.addEventListener('resize', measure);
    // The window may have been sized between the first drawing and this.
    measure();
    return () => window.removeEventListener('resize', measure);
  }, []);
  return glassOf(size[0], size[1], panel);
}
