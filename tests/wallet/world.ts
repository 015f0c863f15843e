import { type DeviceKey, makeDeviceKey } from '../../host/device-key.ts';
import { type HttpExchange, nodeHttpExchange } from '../../host/http-exchange.ts';
import { backendKeys } from '../../host/http-signature.ts';
import { systemClock } from '../../host/system-clock.ts';
import { type WalletHttp, walletHttp } from '../../host/wallet-http.ts';
import { seededRandom } from '../../simulator/random.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { type Backend, type BackendOptions, createBackend } from '../../simulator/wallet/backend.ts';
import { inProcessExchange, type NetworkCable } from '../../simulator/wallet/in-process.ts';
import { startWalletServer } from '../../simulator/wallet-server.ts';
import type { OperationId, WalletPhone } from '../../terminal/ids.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import type { Clock } from '../../terminal/ports.ts';
import { ask, type WalletCall } from '../../terminal/wallet/call.ts';
import type { TopUpRequest } from '../../terminal/wallet/messages.ts';
import { walletLimits } from '../../terminal/wallet/transport.ts';

/* A terminal's HTTP client and the embedded backend: joined over the loopback address, or in one process. */

export const terminalNumber = '10000001';

export interface World {
  readonly backend: Omit<Backend, 'close'>;
  readonly client: WalletHttp;
  readonly key: DeviceKey;
  ask<Request, Answer>(
    call: WalletCall<Request, Answer>,
    request: Request,
    deadlineMs?: number,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export interface WorldOptions extends Partial<Omit<BackendOptions, 'clock'>> {
  /** Stands between the client and the network. */
  readonly between?: (network: HttpExchange) => HttpExchange;
  readonly nonce?: () => string;
  readonly key?: DeviceKey;
  readonly enrolled?: boolean;
}

/** Real sockets, real time. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const server = await startWalletServer({ ...options, clock: systemClock });
  const network = nodeHttpExchange({ bodyBytesMax: walletLimits.answerBytesMax });
  return join(server, server.url, network, systemClock, options, async () => {
    network.close();
    await server.close();
  });
}

export interface VirtualWorld extends World {
  readonly clock: VirtualClock;
  readonly cable: NetworkCable;
}

/** No sockets, and time that passes when told to. */
export function openVirtualWorld(options: WorldOptions = {}): VirtualWorld {
  const clock = new VirtualClock();
  const backend = createBackend({ random: seededRandom(1), ...options, clock });
  const cable: NetworkCable = { plugged: true };
  const network = inProcessExchange(backend, clock, cable);
  const world = join(backend, 'https://wallet.example.kz', network, clock, options, async () =>
    backend.close(),
  );
  return { ...world, clock, cable };
}

function join(
  backend: Omit<Backend, 'close'>,
  baseUrl: string,
  network: HttpExchange,
  clock: Clock,
  options: WorldOptions,
  close: () => Promise<void>,
): World {
  const key = options.key ?? makeDeviceKey();
  if (options.enrolled !== false) backend.enrol(terminalNumber, key.publicKey);
  const client = walletHttp({
    baseUrl,
    backendKeys: backendKeys([backend.serverPublicKey()]),
    signingKey: () => key,
    exchange: options.between?.(network) ?? network,
    clock,
    ...(options.nonce !== undefined && { nonce: options.nonce }),
  });
  return {
    backend,
    client,
    key,
    ask: (call, request, deadlineMs = 5_000) => ask(client, call, request, deadlineMs),
    close,
  };
}

export const aigul = '+77010000001' as WalletPhone;
let operations = 0;

/** A new operation of one 2 000 ₸ note for Айгүл, closed a second ago. */
export function topUpOf(clock: Clock, changes: Partial<TopUpRequest> = {}): TopUpRequest {
  operations += 1;
  const nowMs = clock.wallMs();
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
