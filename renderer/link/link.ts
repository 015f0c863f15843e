import type { ScreenBridge } from '../../terminal/contract/screen-bridge.ts';

/** The page's end of its line to the terminal, whatever carries it. */
export type PageLink = ScreenBridge;

declare global {
  interface Window {
    /** Put there by Electron's preload script; a browser has none. */
    readonly qyzyl?: PageLink;
  }
}
