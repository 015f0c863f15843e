import type { Clock } from '../../terminal/ports.ts';
import type { Backend } from './backend.ts';
import type { RawRequest } from './messages.ts';

/*
 * The way to a backend in the same process: no sockets, so a run under the virtual clock repeats exactly. What the
 * terminal's HTTP client does above this (signing, proving, deadlines) stays the real thing.
 */

export interface InProcessExchange {
  exchange(request: RawRequest, signal: AbortSignal): Promise<InProcessResult>;
}

export type InProcessResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
    }
  | {
      readonly kind: 'failed';
      readonly why: 'deadline' | 'refused-connection' | 'connection-lost';
      readonly sentMaybe: boolean;
      readonly staleConnection: boolean;
    };

export interface NetworkCable {
  /** Unplugged: no request arrives and no answer on its way gets through. */
  plugged: boolean;
}

/** Joins a client to `backend`. Cut the cable to have no network at all. */
export function inProcessExchange(backend: Backend, clock: Clock, cable: NetworkCable): InProcessExchange {
  return {
    exchange: async (request, signal) => {
      if (!cable.plugged) return failed('refused-connection', false);
      const result = carry(backend, clock, cable, { ...request, headers: lowerCase(request) });
      return Promise.race([result, whenAborted(signal)]);
    },
  };
}

async function carry(
  backend: Backend,
  clock: Clock,
  cable: NetworkCable,
  request: RawRequest,
): Promise<InProcessResult> {
  const delivery = await backend.deliver(request);
  if (!cable.plugged || delivery.kind === 'dropped') return failed('connection-lost', true);
  if (delivery.kind === 'stalled') {
    const { forMs } = delivery;
    await new Promise<void>((resolve) => {
      if (forMs !== undefined) clock.setTimer(forMs, resolve);
    });
  }
  return { kind: 'answered', ...delivery.answer };
}

function whenAborted(signal: AbortSignal): Promise<InProcessResult> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(failed('deadline', true)), { once: true });
  });
}

function failed(
  why: 'deadline' | 'refused-connection' | 'connection-lost',
  sentMaybe: boolean,
): InProcessResult {
  return { kind: 'failed', why, sentMaybe, staleConnection: false };
}

function lowerCase(request: RawRequest): Record<string, string> {
  const named = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.fromEntries(named);
}
