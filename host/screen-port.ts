import type { ScreenLink } from '../terminal/contract/link.ts';
import type { DownMessage, ScreenView } from '../terminal/contract/messages.ts';

/** Where the one screen of a terminal is plugged in. A new valid line takes the place of the old one. */
export interface ScreenPort {
  /** The terminal has another view; whoever is plugged in gets it whole. */
  show(view: ScreenView): void;
  plugIn(link: ScreenLink): void;
}

/** `hear` takes the screen's words to the terminal. */
export function createScreenPort(hear: (text: string) => void): ScreenPort {
  let current: ScreenLink | undefined;
  let latest: ScreenView | undefined;
  let revision = 0;

  const send = (): void => {
    if (current === undefined || latest === undefined) return;
    revision += 1;
    const message: DownMessage = { kind: 'view', revision, view: latest };
    current.send(JSON.stringify(message));
  };

  return {
    show: (view) => {
      latest = view;
      send();
    },
    plugIn: (link) => {
      const old = current;
      current = link;
      revision = 0;
      old?.close();
      link.onText((text) => {
        if (current === link) hear(text);
      });
      link.onClosed(() => {
        if (current === link) current = undefined;
      });
      send();
    },
  };
}
