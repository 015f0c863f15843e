/* Answers that are problem details (RFC 9457), as docs/wallet-api.md lists them. */

export interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterS?: number;
}

/** Status and title of each problem. Terminals go by the type alone; these are for proxies and people. */
const problems = {
  'wallet-unknown': [404, 'There is no such wallet'],
  'wallet-blocked': [403, 'The wallet is blocked'],
  'wallet-closed': [403, 'The wallet is closed'],
  'wallet-exhausted': [403, 'The wallet can take no more for now'],
  'limit-exceeded': [403, 'The amount is above what the wallet may take'],
  'currency-not-accepted': [422, 'The wallet has another currency'],
  'operation-too-old': [422, 'The operation is too old to be credited'],
  'supplement-not-accepted': [422, 'The supplement does not fit its operation'],
  'operation-not-seen': [404, 'No operation with this id has been seen'],
  'operation-expired': [410, 'Operations of that age are no longer kept'],
  'operation-of-another-terminal': [403, 'The operation belongs to another terminal'],
  'pairing-code-invalid': [403, 'The pairing code is wrong, used or too old'],
  'chain-forked': [409, 'Another journal has been seen from this terminal'],
  'clock-skew': [401, 'The signature was made at another time'],
  'nonce-replayed': [401, 'The nonce has been used before'],
  'signature-missing': [401, 'The request is not signed'],
  'signature-invalid': [401, 'The signature does not fit the request'],
  'digest-mismatch': [400, 'The digest does not fit the body'],
  'key-unknown': [401, 'The key is not registered'],
  'terminal-mismatch': [403, 'The key belongs to another terminal'],
  'request-invalid': [400, 'The request is not well formed'],
  'not-found': [404, 'There is no such call'],
  'too-many-requests': [429, 'Too many requests'],
  unavailable: [503, 'Not available for now'],
  'internal-error': [500, 'Something went wrong inside'],
} as const satisfies Record<string, readonly [number, string]>;

export type Problem = keyof typeof problems;

export function isProblem(name: string): name is Problem {
  return Object.hasOwn(problems, name);
}

export function problem(name: Problem, more: Readonly<Record<string, unknown>> = {}): Reply {
  const [status, title] = problems[name];
  return { status, body: { type: `urn:qyzyl:problem:${name}`, title, status, ...more } };
}
