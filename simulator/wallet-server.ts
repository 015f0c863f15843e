import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Clock } from '../terminal/ports.ts';
import { type Backend, type BackendOptions, createBackend } from './wallet/backend.ts';
import type { RawRequest } from './wallet/messages.ts';
import { routes } from './wallet/routes.ts';

export interface WalletServer extends Omit<Backend, 'close'> {
  /** `http://127.0.0.1:…` */
  readonly url: string;
  close(): Promise<void>;
}

export interface WalletServerOptions extends BackendOptions {
  /** Any free port unless told. */
  readonly port?: number;
}

const bodyBytesMax = 2 * 1024 * 1024;

/** Starts the embedded wallet backend as a real HTTP server on the loopback address. */
export async function startWalletServer(options: WalletServerOptions): Promise<WalletServer> {
  const backend = createBackend(options);
  const server = fastify({ bodyLimit: bodyBytesMax, forceCloseConnections: true });
  // Bodies stay bytes: the digest is over what came, not over what it means.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const handle = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    pass(backend, options.clock, request, reply);
  for (const route of routes) {
    server.route({ method: route.method, url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'), handler: handle });
  }
  server.setNotFoundHandler(handle);
  const url = await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    ...backend,
    url,
    close: async () => {
      await server.close();
      backend.close();
    },
  };
}

async function pass(
  backend: Backend,
  clock: Clock,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const delivery = await backend.deliver(rawRequest(request));
  switch (delivery.kind) {
    case 'whole': {
      const { status, headers, body } = delivery.answer;
      return reply.code(status).headers(headers).send(body);
    }
    case 'dropped':
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    case 'stalled': {
      const { status, headers, body } = delivery.answer;
      const half = Math.floor(body.byteLength / 2);
      reply.hijack();
      reply.raw.writeHead(status, { ...headers, 'content-length': body.byteLength });
      reply.raw.write(body.subarray(0, half));
      if (delivery.forMs !== undefined) {
        clock.setTimer(delivery.forMs, () => reply.raw.end(body.subarray(half)));
      }
      return reply;
    }
  }
}

function rawRequest(request: FastifyRequest): RawRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: request.method,
    url: new URL(request.raw.url ?? '/', `http://${request.headers.host ?? 'unknown'}`),
    headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
}
