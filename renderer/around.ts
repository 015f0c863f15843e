import { createContext, use } from 'react';
import type { ScreenView } from '../terminal/contract/messages.ts';
import type { Glass } from './glass.ts';
import type { Words } from './i18n.ts';

export interface Around {
  readonly words: Words;
  readonly frame: ScreenView['frame'];
  readonly glass: Glass;
}

export const AroundContext = createContext<Around | undefined>(undefined);

/** What every part may ask: the words of the visit, the frame, the glass. */
export function useAround(): Around {
  const around = use(AroundContext);
  if (around === undefined) throw new Error('parts stand on a stage');
  return around;
}
