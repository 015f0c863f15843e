/** How a page's line to its terminal is doing. */
export type LineState =
  | 'open'
  /** Ended; the next one may come at once. */
  | 'closed'
  /** Ended because nothing came any more: what hangs at the other end will not be back at once. */
  | 'silent';

/**
 * What the Electron preload puts on the page as `window.qyzyl`: the page's whole way out, and all of it is text. The port
 * itself stays with the preload.
 */
export interface ScreenBridge {
  /** Sends one message up; lost while no line is open, because a late press would hit another screen. */
  send(text: string): void;
  /** Hears every message that comes down. The first listener opens the line. */
  onText(listener: (text: string) => void): void;
  /** Hears every change of the line's state. */
  onState(listener: (state: LineState) => void): void;
}
