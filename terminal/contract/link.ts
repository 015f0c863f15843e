/** The line between the terminal and one screen, whatever carries it: Electron's port or the loopback WebSocket. */
export interface ScreenLink {
  send(text: string): void;
  onText(listener: (text: string) => void): void;
  onClosed(listener: () => void): void;
  /** Ends the line: another screen has taken its place. */
  close(): void;
}
