/** The line between the terminal and one screen, whatever carries it. */
export interface ScreenLink {
  send(text: string): void;
  onText(listener: (text: string) => void): void;
  onState(listener: (state: 'open' | 'closed') => void): void;
}
