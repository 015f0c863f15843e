import { type DeviceKey, makeDeviceKey } from '../../host/device-key.ts';
import { type HttpExchange, nodeHttpExchange } from '../../host/http-exchange.ts';
import { backendKeys } from '../../host/http-signature.ts';
import { systemClock } from '../../host/system-clock.ts';
import { type WalletHttp, walletHttp } from '../../host/wallet-http.ts';
import type { BackendOptions } from '../../simulator/wallet/backend.ts';
import { startWalletServer, type WalletServer } from '../../simulator/wallet-server.ts';
import type { OperationId, WalletPhone } from '../../terminal/ids.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import { ask, type WalletCall } from '../../terminal/wallet/call.ts';
import type { TopUpRequest } from '../../terminal/wallet/messages.ts';
import { walletLimits } from '../../terminal/wallet/transport.ts';

/* A terminal's HTTP client and the embedded backend, joined over the loopback address. */

export const terminalNumber = '10000001';

export interface World {
  readonly server: WalletServer;
  readonly client: WalletHttp;
  readonly key: DeviceKey;
  ask<Request, Answer>(
    call: WalletCall<Request, Answer>,
    request: Request,
    deadlineMs?: number,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export interface WorldOptions extends Partial<BackendOptions> {
  /** Stands between the client and the network. */
  readonly between?: (network: HttpExchange) => HttpExchange;
  readonly nonce?: () => string;
  readonly enrolled?: boolean;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const clock = options.clock ?? systemClock;
  const server = await startWalletServer({ ...options, clock });
  const key = makeDeviceKey();
  if (options.enrolled !== false) server.enrol(terminalNumber, key.publicKey);
  const network = nodeHttpExchange({ bodyBytesMax: walletLimits.answerBytesMax });
  const client = walletHttp({
    baseUrl: server.url,
    backendKeys: backendKeys([server.serverPublicKey()]),
    signingKey: () => key,
    exchange: options.between?.(network) ?? network,
    clock: systemClock,
    ...(options.nonce !== undefined && { nonce: options.nonce }),
  });
  return {
    server,
    client,
    key,
    ask: (call, request, deadlineMs = 5_000) => ask(client, call, request, deadlineMs),
    close: async () => {
      network.close();
      await server.close();
    },
  };
}

export const aigul = '+77010000001' as WalletPhone;
let operations = 0;

/** A new operation of one 2 000 ₸ note for Айгүл, closed a second ago. */
export function topUpOf(changes: Partial<TopUpRequest> = {}): TopUpRequest {
  operations += 1;
  const nowMs = systemClock.wallMs();
  return {
    operationId: operationIdAt(nowMs, operations),
    wallet: aigul,
    amountMinor: minorFromTenge(2_000),
    currency: 'KZT',
    terminalNumber,
    operationNumber: String(operations).padStart(10, '0'),
    openedAtMs: nowMs - 60_000,
    closedAtMs: nowMs - 1_000,
    notes: [{ denominationMinor: minorFromTenge(2_000), count: 1 }],
    ...changes,
  };
}

export function operationIdAt(wallMs: number, ordinal: number): OperationId {
  const time = wallMs.toString(16).padStart(12, '0');
  const tail = ordinal.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${tail}` as OperationId;
}
