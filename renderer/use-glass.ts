import { useEffect, useState } from 'react';
import type { ScreenView } from '../terminal/contract/messages.ts';
import { type Glass, glassOf } from './glass.ts';

/** The glass of the window as it is now. */
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
