/**
 * What the Electron preload puts on the page as `window.qyzyl`: the page's whole way out, and all of it is text. The port
 * itself stays with the preload.
 */
export interface ScreenBridge {
  /** Sends one message up; lost while no line is open, because a late press would hit another screen. */
  send(text: string): void;
  /** Hears every message that comes down. The first listener opens the line. */
  onText(listener: (text: string) => void): void;
  /** Hears when the line opens and when it has closed or fallen silent. */
  onState(listener: (state: 'open' | 'closed') => void): void;
}
