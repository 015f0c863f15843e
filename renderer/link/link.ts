/** The page's end of its line to the terminal, whatever carries it. */
export interface PageLink {
  send(text: string): void;
  onText(listener: (text: string) => void): void;
  onState(listener: (state: 'open' | 'closed') => void): void;
}

declare global {
  interface Window {
    /** Put there by Electron's preload script; a browser has none. */
    readonly qyzyl?: PageLink;
  }
}
