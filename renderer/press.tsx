import { createContext, type ReactNode, use, useRef, useState } from 'react';
import type { Offer, ScreenView, UpMessage } from '../terminal/contract/messages.ts';
import { createPressGuard, isOtherFace, isOtherScreen } from './press-guard.ts';
import { click } from './sound.ts';

export type Action = Offer['action'];

export interface Presses {
  isOffered(action: Action): boolean;
  press(action: Action, value?: string): void;
  /** A button that changes only what this page shows, such as a digit of an amount not yet said. */
  local(button: string, act: () => void): void;
  /** Counts screens: a new one starts its parts afresh. */
  readonly screenCount: number;
}

/** Struck fast in honest use: only the bounce of one touch counts once. */
const quickActions: ReadonlySet<Action> = new Set([
  ...(['digit', 'delete-digit'] as const),
  ...(['staff-digit', 'staff-delete', 'staff-knock'] as const),
]);

const PressContext = createContext<Presses | undefined>(undefined);

export function usePresses(): Presses {
  const presses = use(PressContext);
  if (presses === undefined) throw new Error('buttons stand on a stage');
  return presses;
}

const pressIdPrefix = crypto.getRandomValues(new Uint32Array(2)).join('-');
let pressCount = 0;

interface OffersProps {
  readonly view: ScreenView;
  readonly send: (message: UpMessage) => void;
  readonly children: (presses: Presses) => ReactNode;
}

/** Joins the buttons below to what the terminal offers now. */
export function Offers({ view, send, children }: OffersProps) {
  const [guard] = useState(createPressGuard);
  const last = useRef<{ view: ScreenView; screenCount: number }>(undefined);
  const before = last.current;
  if (before === undefined || before.view !== view) {
    const isOther = before !== undefined && isOtherScreen(before.view, view);
    const screenCount = (before?.screenCount ?? 0) + (isOther ? 1 : 0);
    if (before !== undefined && isOtherFace(before.view, view)) guard.onNewScreen(performance.now());
    last.current = { view, screenCount };
  }

  const offerOf = (action: Action): Offer | undefined => view.offers.find((offer) => offer.action === action);
  const admit = (button: string, isDigit: boolean): boolean =>
    guard.admits(button, isDigit && !view.frame.easyMode, performance.now());

  const presses: Presses = {
    isOffered: (action) => offerOf(action) !== undefined,
    press: (action, value) => {
      const offer = offerOf(action);
      const isDigit = quickActions.has(action);
      if (offer === undefined || !admit(`${action} ${value ?? ''}`, isDigit)) return;
      click();
      pressCount += 1;
      send({
        kind: 'press',
        pressId: `${pressIdPrefix}-${pressCount}`,
        offerId: offer.offerId,
        ...(value === undefined ? {} : { value }),
      });
    },
    local: (button, act) => {
      if (!admit(`local ${button}`, true)) return;
      click();
      act();
    },
    screenCount: last.current?.screenCount ?? 0,
  };
  return <PressContext value={presses}>{children(presses)}</PressContext>;
}
