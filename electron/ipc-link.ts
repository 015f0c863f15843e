import type { MessagePortMain } from 'electron';
import { keepAliveEveryMs, keepAliveText } from '../terminal/contract/keep-alive.ts';
import type { ScreenLink } from '../terminal/contract/link.ts';

/** The terminal's line to its screen over Electron's message port. Anything but text is not heard. */
export function portLink(port: MessagePortMain): ScreenLink {
  const beat = setInterval(() => port.postMessage(keepAliveText), keepAliveEveryMs);
  port.on('close', () => clearInterval(beat));
  return {
    send: (text) => port.postMessage(text),
    onText: (listener) => {
      port.on('message', ({ data }: { data: unknown }) => {
        if (typeof data === 'string') listener(data);
      });
      port.start();
    },
    onClosed: (listener) => void port.once('close', listener),
    close: () => {
      clearInterval(beat);
      port.close();
    },
  };
}
