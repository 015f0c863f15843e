import { afterEach, describe, expect, test } from 'vitest';
import type { HttpExchange, HttpExchangeRequest, HttpExchangeResult } from '../../host/http-exchange.ts';
import { systemClock } from '../../host/system-clock.ts';
import { topUpCall } from '../../terminal/wallet/codec-top-up.ts';
import type { TopUpAnswer, TopUpRequest } from '../../terminal/wallet/messages.ts';
import { openVirtualWorld, openWorld, topUpOf, type World } from './world.ts';

/*
 * Somebody on the way changes one byte. Whatever the byte, the terminal must not take a final answer from it, and what
 * was changed on the way there must not be credited.
 */

type Answered = Extract<HttpExchangeResult, { kind: 'answered' }>;

let onRequest: (request: HttpExchangeRequest) => HttpExchangeRequest = (request) => request;
let onAnswer: (answer: Answered) => Answered = (answer) => answer;

function meddler(network: HttpExchange): HttpExchange {
  return {
    exchange: async (request, signal) => {
      const result = await network.exchange(onRequest(request), signal);
      return result.kind === 'answered' ? onAnswer(result) : result;
    },
  };
}

afterEach(() => {
  onRequest = (request) => request;
  onAnswer = (answer) => answer;
});

function flipText(text: string, at: number, bit: number): string {
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ bit) + text.slice(at + 1);
}

function flipByte(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ bit;
  return changed;
}

const guarded = ['signature', 'signature-input', 'content-digest'] as const;

async function send(world: World, request: TopUpRequest): Promise<TopUpAnswer> {
  return world.ask(topUpCall, request);
}

describe.each([1, 32])('bit %i of every byte', (bit) => {
  test('of the body of a request: not credited, no final answer', async () => {
    const world = openVirtualWorld({ between: meddler });
    const size = JSON.stringify(topUpCall.encode(topUpOf(world.clock)).body).length;
    for (let at = 0; at < size; at += 1) {
      onRequest = (request) => ({ ...request, body: flipByte(request.body, at, bit) });
      const request = topUpOf(world.clock);
      expect((await send(world, request)).kind, `byte ${at}`).toBe('unknown');
    }
    expect(world.backend.ledger.operations()).toEqual([]);
  });

  test.each(guarded)('of a request’s %s: not credited, no final answer', async (name) => {
    const world = openVirtualWorld({ between: meddler });
    let size = 1;
    for (let at = 0; at < size; at += 1) {
      onRequest = (request) => {
        size = request.headers[name]?.length ?? 0;
        return {
          ...request,
          headers: { ...request.headers, [name]: flipText(request.headers[name] ?? '', at, bit) },
        };
      };
      expect((await send(world, topUpOf(world.clock))).kind, `byte ${at}`).toBe('unknown');
    }
    expect(size).toBeGreaterThan(50);
    expect(world.backend.ledger.operations()).toEqual([]);
  });

  test('of the body of an answer: no final answer, and the same id later credits once', async () => {
    const world = openVirtualWorld({ between: meddler });
    const request = topUpOf(world.clock);
    let size = 1;
    for (let at = 0; at < size; at += 1) {
      onAnswer = (answer) => {
        size = answer.body.length;
        return { ...answer, body: flipByte(answer.body, at, bit) };
      };
      expect(await send(world, request), `byte ${at}`).toMatchObject({
        kind: 'unknown',
        reason: 'bad-digest',
      });
    }
    expect(size).toBeGreaterThan(100);
    onAnswer = (answer) => answer;
    expect((await send(world, request)).kind).toBe('credited');
    expect(world.backend.ledger.creditedMinor(request.operationId)).toBe(request.amountMinor);
  });

  test.each(guarded)('of an answer’s %s: no final answer', async (name) => {
    const world = openVirtualWorld({ between: meddler });
    const request = topUpOf(world.clock);
    let size = 1;
    for (let at = 0; at < size; at += 1) {
      onAnswer = (answer) => {
        const text = String(answer.headers[name]);
        size = text.length;
        return { ...answer, headers: { ...answer.headers, [name]: flipText(text, at, bit) } };
      };
      expect((await send(world, request)).kind, `byte ${at}`).toBe('unknown');
    }
    expect(size).toBeGreaterThan(50);
  });
});

describe('other meddling', () => {
  test('the method, the path and the host of a request', async () => {
    const world = openVirtualWorld({ between: meddler });
    const changes: ((request: HttpExchangeRequest) => Partial<HttpExchangeRequest>)[] = [
      () => ({ method: 'PUT' }),
      ({ url }) => ({ url: new URL('/v1/wallets/check', url) }),
      ({ url }) => ({ url: new URL(url.pathname, 'https://another.example.kz') }),
      ({ url }) => ({ url: new URL(`${url.pathname}?x=1`, url) }),
    ];
    for (const change of changes) {
      onRequest = (request) => ({ ...request, ...change(request) });
      expect((await send(world, topUpOf(world.clock))).kind).toBe('unknown');
    }
    expect(world.backend.ledger.operations()).toEqual([]);
  });

  test('the status of an answer', async () => {
    const world = openVirtualWorld({ between: meddler });
    onAnswer = (answer) => ({ ...answer, status: 202 });
    expect(await send(world, topUpOf(world.clock))).toMatchObject({
      kind: 'unknown',
      reason: 'bad-signature',
    });
  });

  test('an answer to an earlier try of the very same operation', async () => {
    const world = openVirtualWorld({ between: meddler });
    const request = topUpOf(world.clock);
    const heard: Answered[] = [];
    onAnswer = (answer) => {
      heard.push(answer);
      return heard[0] ?? answer;
    };
    expect((await send(world, request)).kind).toBe('credited');
    expect(await send(world, request)).toMatchObject({ kind: 'unknown', reason: 'bad-signature' });
  });

  test('a request whose signature was taken off', async () => {
    const world = openVirtualWorld({ between: meddler });
    onRequest = (request) => ({ ...request, headers: withoutSignature(request.headers) });
    expect(await send(world, topUpOf(world.clock))).toMatchObject({
      kind: 'unknown',
      reason: 'bad-signature',
    });
    expect(world.backend.ledger.operations()).toEqual([]);
  });

  test('a request sent twice is answered, then refused as replayed', async () => {
    const world = openVirtualWorld({ nonce: () => 'always-the-same-nonce' });
    expect((await send(world, topUpOf(world.clock))).kind).toBe('credited');
    expect(await send(world, topUpOf(world.clock))).toMatchObject({
      kind: 'unknown',
      problem: 'nonce-replayed',
    });
    expect(world.backend.ledger.operations()).toHaveLength(1);
  });
});

test('the same over real sockets', async () => {
  const world = await openWorld({ between: meddler });
  for (const name of guarded) {
    onRequest = (request) => ({
      ...request,
      headers: { ...request.headers, [name]: flipText(request.headers[name] ?? '', 20, 1) },
    });
    expect((await send(world, topUpOf(systemClock))).kind).toBe('unknown');
  }
  onRequest = (request) => ({ ...request, body: flipByte(request.body, 40, 1) });
  expect(await send(world, topUpOf(systemClock))).toMatchObject({
    kind: 'unknown',
    problem: 'digest-mismatch',
  });
  onRequest = (request) => request;
  onAnswer = (answer) => ({ ...answer, body: flipByte(answer.body, 40, 1) });
  expect(await send(world, topUpOf(systemClock))).toMatchObject({ kind: 'unknown', reason: 'bad-digest' });
  await world.close();
});

function withoutSignature(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { signature: _signature, 'signature-input': _input, ...rest } = headers;
  return rest;
}
