import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';
import { type WebSocket, WebSocketServer } from 'ws';
import { type DockMessage, decodeCommand, dockLimits } from './contract.ts';
import type { Dock } from './dock.ts';

/*
 * The dock's page and its one kind of line, on the loopback address alone and for whoever has the token of this start:
 * another page in the same browser must not be able to insert money, even if it is only simulated.
 */

export interface DockServer {
  /** The origin the page is served from: the one that may frame the screen. */
  readonly origin: string;
  /** What a person opens; the token stands in the fragment. */
  readonly url: string;
  /** Lets pages in; until then nobody is answered. */
  attach(dock: Dock): void;
  close(): Promise<void>;
}

export interface DockServerOptions {
  /** The built page. */
  readonly pageFolder: string;
  /** The pictures of slips. */
  readonly slipsFolder: string;
  /** Where the screen in the frame comes from. */
  readonly screenOrigin: string;
}

const linePath = '/dock';
const slipsPath = '/slips/';
/** Faster than an eye sees a button answer late. */
const lookIntervalMs = 100;
/** Books and byte traces are for reading: twice a second is enough. */
const slowLookEvery = 5;

export async function startDockServer(options: DockServerOptions): Promise<DockServer> {
  const token = randomBytes(32).toString('base64url');
  const servePage = sirv(options.pageFolder, { etag: false, dev: false });
  const serveSlip = sirv(options.slipsFolder, { etag: false, dev: true });
  const headers = Object.entries(pageHeaders(options.screenOrigin));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', origin());
    if (request.headers.host !== new URL(origin()).host) return void response.writeHead(421).end();
    for (const [name, value] of headers) response.setHeader(name, value);
    const nothing = (): void => void response.writeHead(404).end();
    if (!url.pathname.startsWith(slipsPath)) return servePage(request, response, nothing);
    if (!isToken(url.searchParams.get('token'), token)) return void response.writeHead(403).end();
    request.url = url.pathname.slice(slipsPath.length - 1);
    serveSlip(request, response, nothing);
  });
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: dockLimits.commandTextMax * 4 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  let looks: NodeJS.Timeout | undefined;
  return {
    origin: origin(),
    url: `${origin()}/#token=${token}`,
    attach: (dock) => {
      server.on('upgrade', (request, socket, head) => {
        if (mayEnter(request, origin(), token)) {
          sockets.handleUpgrade(request, socket, head, (line) => welcome(line, dock));
        } else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      });
      looks = keepLooking(dock, sockets);
    },
    close: async () => {
      clearInterval(looks);
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pageHeaders(screenOrigin: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src ${screenOrigin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}

function mayEnter(request: IncomingMessage, origin: string, token: string): boolean {
  const url = new URL(request.url ?? '/', origin);
  const isOurs = request.headers.origin === origin && `http://${request.headers.host}` === origin;
  return isOurs && url.pathname === linePath && isToken(url.searchParams.get('token'), token);
}

function isToken(given: string | null, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

function welcome(line: WebSocket, dock: Dock): void {
  line.on('error', () => line.terminate());
  line.on('message', (data, isBinary) => {
    const command = isBinary ? undefined : decodeCommand(String(data));
    // What is no command is nothing that hands can do.
    if (command !== undefined) void dock.obey(command);
  });
  say(line, { kind: 'world', world: dock.world() });
  say(line, { kind: 'lines', lines: dock.lines() });
}

function say(line: WebSocket, message: DockMessage): void {
  line.send(JSON.stringify(message));
}

/** Tells every page what has changed since the last look. */
function keepLooking(dock: Dock, sockets: WebSocketServer): NodeJS.Timeout {
  let looksTaken = 0;
  const told = { world: '', lines: '' };
  const tellIfNew = (kind: keyof typeof told, message: DockMessage): void => {
    const text = JSON.stringify(message);
    if (text === told[kind]) return;
    told[kind] = text;
    for (const line of sockets.clients) if (line.readyState === line.OPEN) line.send(text);
  };
  return setInterval(() => {
    looksTaken += 1;
    const isSlowLook = looksTaken % slowLookEvery === 0;
    if (isSlowLook) dock.lookAtBooks();
    if (sockets.clients.size === 0) return;
    tellIfNew('world', { kind: 'world', world: dock.world() });
    if (isSlowLook) tellIfNew('lines', { kind: 'lines', lines: dock.lines() });
  }, lookIntervalMs);
}
