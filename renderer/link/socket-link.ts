import type { PageLink } from './link.ts';

/** Sent by the host when another page has taken this one's place: coming back would only throw that one out. */
const replacedCode = 4000;
const reconnectAfterMs = 500;

/** The line of the browser shape. It comes back by itself whenever the host does. */
export function socketLink(address: string): PageLink {
  const texts: ((text: string) => void)[] = [];
  const states: ((state: 'open' | 'closed') => void)[] = [];
  let socket: WebSocket | undefined;

  const connect = (): void => {
    const next = new WebSocket(address);
    socket = next;
    next.onopen = () => {
      for (const tell of states) tell('open');
    };
    next.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data !== 'string') return;
      for (const tell of texts) tell(event.data);
    };
    next.onclose = (event) => {
      for (const tell of states) tell('closed');
      if (event.code !== replacedCode) setTimeout(connect, reconnectAfterMs);
    };
  };

  return {
    // A press that finds no line is lost on purpose: replayed later it would hit another screen.
    send: (text) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(text);
    },
    // Nobody calls before somebody listens: the first view comes with the line itself.
    onText: (listener) => {
      texts.push(listener);
      if (socket === undefined) connect();
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
