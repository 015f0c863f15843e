import { keepAliveText, lineSilenceMs, lookAtLineEveryMs } from '../../terminal/contract/keep-alive.ts';
import type { LineState } from '../../terminal/contract/screen-bridge.ts';
import type { PageLink } from './link.ts';

/** Sent by the host when another page has taken this one's place: coming back would only throw that one out. */
const replacedCode = 4000;
const reconnectAfterMs = 500;

/** The line of the browser shape. It comes back by itself whenever the host does. */
export function socketLink(address: string): PageLink {
  const texts: ((text: string) => void)[] = [];
  const states: ((state: LineState) => void)[] = [];
  let socket: WebSocket | undefined;
  let lastHeardMs = 0;

  const connect = (): void => {
    const next = new WebSocket(address);
    socket = next;
    lastHeardMs = performance.now();
    next.onopen = () => {
      for (const tell of states) tell('open');
    };
    next.onmessage = (event: MessageEvent<unknown>) => {
      lastHeardMs = performance.now();
      if (typeof event.data !== 'string' || event.data === keepAliveText) return;
      for (const tell of texts) tell(event.data);
    };
    next.onclose = ({ code }) => ended('closed', code !== replacedCode);
  };
  const ended = (how: 'closed' | 'silent', comesBack: boolean): void => {
    socket = undefined;
    for (const tell of states) tell(how);
    if (comesBack) setTimeout(connect, reconnectAfterMs);
  };
  /** A host that hangs closes nothing, and answers no farewell: nobody waits for it. */
  const look = (): void => {
    if (socket === undefined || performance.now() - lastHeardMs <= lineSilenceMs) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
    ended('silent', true);
  };

  return {
    // A press that finds no line is lost on purpose: replayed later it would hit another screen.
    send: (text) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(text);
    },
    // Nobody calls before somebody listens: the first view comes with the line itself.
    onText: (listener) => {
      if (texts.push(listener) > 1) return;
      connect();
      setInterval(look, lookAtLineEveryMs);
    },
    onState: (listener) => void states.push(listener),
  };
}

/** The token of this start stands in the fragment, which no server ever sees. */
export function socketAddress(location: Location): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return `${scheme}://${location.host}/screen?token=${encodeURIComponent(token)}`;
}
