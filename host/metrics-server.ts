import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Condition } from '../terminal/fleet/condition.ts';
import { metricsContentType, metricsText } from './metrics-text.ts';

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `/metrics` to a monitor on this machine: on the loopback address alone, read only. */
export async function startMetricsServer(port: number, condition: () => Condition): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const { port: ownPort } = server.address() as AddressInfo;
    // A name that somebody else's DNS points at this machine is not this machine (DNS rebinding).
    const isThisMachine = ['127.0.0.1', 'localhost'].some(
      (name) => request.headers.host === `${name}:${ownPort}`,
    );
    if (!isThisMachine) return void response.writeHead(421).end();
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    response.writeHead(200, { 'content-type': metricsContentType, 'cache-control': 'no-store' });
    response.end(metricsText(condition()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
