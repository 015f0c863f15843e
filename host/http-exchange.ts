import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { unreachable } from '../terminal/assert.ts';
import type { NoAnswerReason } from '../terminal/wallet/transport.ts';

/*
 * One HTTP exchange in bytes, below signatures and meaning. The real one is here; a simulated terminal has one that
 * calls the backend in the same process.
 */

export interface HttpExchange {
  /**
   * Resolves once, never rejects. When `signal` aborts, the exchange ends at once and its result is of no interest.
   */
  exchange(request: HttpExchangeRequest, signal: AbortSignal): Promise<HttpExchangeResult>;
}

export interface HttpExchangeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type HttpExchangeResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly body: Uint8Array;
    }
  | {
      readonly kind: 'failed';
      readonly why: Extract<
        NoAnswerReason,
        'deadline' | 'no-such-name' | 'refused-connection' | 'tls' | 'connection-lost' | 'too-large'
      >;
      readonly sentMaybe: boolean;
      /** A kept connection turned out to be dead: a fresh one may do. */
      readonly staleConnection: boolean;
    };

export interface ClientCertificate {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: string;
}

export interface NodeHttpExchangeOptions {
  readonly bodyBytesMax: number;
  /** PEM of the authorities to trust instead of the system's. */
  readonly authorities?: string;
  readonly clientCertificate?: ClientCertificate;
}

/** HTTP over the network, with connections kept between calls. Redirects are handed up, never followed. */
export function nodeHttpExchange(options: NodeHttpExchangeOptions): HttpExchange & { close(): void } {
  const keep = { keepAlive: true, maxSockets: 4 };
  const http = new HttpAgent(keep);
  const https = new HttpsAgent({
    ...keep,
    ...(options.authorities !== undefined && { ca: options.authorities }),
    ...(options.clientCertificate !== undefined && {
      cert: options.clientCertificate.certificate,
      key: options.clientCertificate.privateKey,
    }),
  });
  return {
    exchange: ({ method, url, headers, body }, signal) =>
      new Promise((resolve) => {
        const settings = {
          method,
          headers: { ...headers, 'content-length': String(body.byteLength) },
          signal,
        };
        const request =
          url.protocol === 'https:'
            ? requestHttps(url, { ...settings, agent: https })
            : requestHttp(url, { ...settings, agent: http });
        follow(request, options.bodyBytesMax, resolve);
        request.end(body);
      }),
    close: () => {
      http.destroy();
      https.destroy();
    },
  };
}

function follow(
  request: ClientRequest,
  bodyBytesMax: number,
  resolve: (result: HttpExchangeResult) => void,
): void {
  let line: Line = 'connecting';
  let answered = false;
  request.on('socket', (socket) => {
    if (request.reusedSocket) {
      line = 'open';
      return;
    }
    socket.once('connect', () => {
      line = 'encrypted' in socket ? 'shaking-hands' : 'open';
    });
    socket.once('secureConnect', () => {
      line = 'open';
    });
  });
  const fail = (error: Error): void => {
    resolve({
      kind: 'failed',
      why: reasonOf(error, line),
      sentMaybe: line === 'open',
      staleConnection: request.reusedSocket && !answered,
    });
  };
  request.on('error', fail);
  request.on('response', (response) => {
    answered = true;
    collect(response, bodyBytesMax, resolve, fail);
  });
}

function collect(
  response: IncomingMessage,
  bodyBytesMax: number,
  resolve: (result: HttpExchangeResult) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes <= bodyBytesMax) {
      chunks.push(chunk);
      return;
    }
    resolve({ kind: 'failed', why: 'too-large', sentMaybe: true, staleConnection: false });
    response.destroy();
  });
  response.on('error', fail);
  response.on('end', () => {
    resolve({
      kind: 'answered',
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: Buffer.concat(chunks),
    });
  });
}

/** Over TLS nothing of the request is sent before the hand-shake is done. */
type Line = 'connecting' | 'shaking-hands' | 'open';

/** The name of the backend could not be turned into an address; the resolver's own fault codes. */
const nameFaults: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']);

function reasonOf(
  error: Error & { readonly code?: unknown },
  line: Line,
): 'deadline' | 'no-such-name' | 'refused-connection' | 'tls' | 'connection-lost' {
  if (error.name === 'AbortError') return 'deadline';
  if (line === 'connecting' && nameFaults.has(error.code)) return 'no-such-name';
  switch (line) {
    case 'connecting':
      return 'refused-connection';
    case 'shaking-hands':
      return 'tls';
    case 'open':
      return 'connection-lost';
    default:
      return unreachable(line);
  }
}
