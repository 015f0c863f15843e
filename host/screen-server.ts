import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { type WebSocket, WebSocketServer } from 'ws';
import { keepAliveEveryMs, keepAliveText } from '../terminal/contract/keep-alive.ts';
import type { ScreenLink } from '../terminal/contract/link.ts';
import { contractLimits } from '../terminal/contract/messages.ts';

/*
 * The browser shape's way to its screen: the page and one WebSocket, on the loopback address alone. A line counts only
 * with the token of this start and from the page's own origin: another program or page on the machine gets nothing.
 */

export interface ScreenServer {
  /** What a kiosk browser opens; the token stands in the fragment, which is never sent to a server. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ScreenServerOptions {
  /** The built page. */
  readonly pageFolder: string;
  /** Any free port unless told. */
  readonly port?: number;
  /** Made anew unless whoever started both page and terminal keeps one for them. */
  readonly token?: string;
  /** The origin of the one page that may show this one in a frame; without it no page may. */
  readonly framedBy?: string;
  readonly onLink: (link: ScreenLink) => void;
  readonly onRefused: (why: RefusedLink) => void;
}

export type RefusedLink = 'origin' | 'token' | 'path';

const screenPath = '/screen';

function pageHeaders(framedBy = "'none'"): Readonly<Record<string, string>> {
  return {
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${framedBy}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}

export function makeScreenToken(): string {
  return randomBytes(32).toString('base64url');
}

export async function startScreenServer(options: ScreenServerOptions): Promise<ScreenServer> {
  const token = options.token ?? makeScreenToken();
  const headers = Object.entries(pageHeaders(options.framedBy));
  const serveFile = sirv(options.pageFolder, { etag: false, dev: false });
  const server = createServer((request, response) => {
    // A name that somebody else's DNS points at this machine is not this machine (DNS rebinding).
    if (request.headers.host !== hostOf(server.address())) {
      response.writeHead(421).end();
      return;
    }
    for (const [name, value] of headers) response.setHeader(name, value);
    serveFile(request, response, () => void response.writeHead(404).end());
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: contractLimits.pressTextMax * 4 });
  server.on('upgrade', (request, socket, head) => {
    // From here on nobody else listens for its errors: a caller that hangs up would end the whole terminal.
    socket.on('error', () => socket.destroy());
    const refused = refusalOf(request, token, hostOf(server.address()));
    if (refused !== undefined) {
      options.onRefused(refused);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => options.onLink(linkOf(webSocket)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: `http://${hostOf(server.address())}/#token=${token}`,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hostOf(address: AddressInfo | string | null): string {
  return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
}

function refusalOf(request: IncomingMessage, token: string, host: string): RefusedLink | undefined {
  // What a caller asks for need not be an address at all (`//`).
  const asked = URL.parse(request.url ?? '/', `http://${host}`);
  if (asked?.pathname !== screenPath) return 'path';
  if (request.headers.origin !== `http://${host}` || request.headers.host !== host) return 'origin';
  return isToken(asked.searchParams.get('token') ?? '', token) ? undefined : 'token';
}

function isToken(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

function linkOf(socket: WebSocket): ScreenLink {
  // A broken line ends as a closed one; the error adds nothing that anybody could act on.
  socket.on('error', () => socket.terminate());
  const send = (text: string): void => {
    if (socket.readyState === socket.OPEN) socket.send(text);
  };
  const beat = setInterval(() => send(keepAliveText), keepAliveEveryMs);
  socket.once('close', () => clearInterval(beat));
  return {
    send,
    onText: (listener) =>
      socket.on('message', (data, isBinary) => {
        if (!isBinary) listener(String(data));
      }),
    onClosed: (listener) => socket.on('close', listener),
    close: () => socket.close(4000, 'another screen has taken this place'),
  };
}
