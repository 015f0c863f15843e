import { type DockCommand, type DockMessage, decodeDockMessage } from '../contract.ts';

/** The page's line to the simulated world. It comes back by itself as long as the world is there. */
export interface DockLine {
  command(command: DockCommand): void;
  onMessage(listener: (message: DockMessage) => void): void;
  onState(listener: (isOpen: boolean) => void): void;
  /** Where a slip's picture can be fetched. */
  pictureAddress(picture: string): string;
}

const reconnectAfterMs = 500;

export function openDockLine(location: Location): DockLine {
  const token = encodeURIComponent(new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  let tellMessage: (message: DockMessage) => void = () => undefined;
  let tellState: (isOpen: boolean) => void = () => undefined;
  let socket: WebSocket | undefined;

  const connect = (): void => {
    const next = new WebSocket(`ws://${location.host}/dock?token=${token}`);
    socket = next;
    next.onopen = () => tellState(true);
    next.onmessage = (event: MessageEvent<unknown>) => {
      const message = typeof event.data === 'string' ? decodeDockMessage(event.data) : undefined;
      if (message !== undefined) tellMessage(message);
    };
    next.onclose = () => {
      tellState(false);
      setTimeout(connect, reconnectAfterMs);
    };
  };
  connect();

  return {
    command: (command) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command));
    },
    onMessage: (listener) => {
      tellMessage = listener;
    },
    onState: (listener) => {
      tellState = listener;
    },
    pictureAddress: (picture) => `${picture}?token=${token}`,
  };
}
