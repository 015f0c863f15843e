/*
 * The wallet backend as the terminal sees it: one signed request, one answer whose signature has been checked. What an
 * answer means is the codec's business; how it travels is the transport's.
 */

/** What the codec asks to be sent. The path never has a query: only the path is signed. */
export interface WalletHttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Sent as JSON; absent for GET. */
  readonly body?: unknown;
}

/** Sends one request and brings back a proven answer or says that there is none. */
export interface WalletTransport {
  /**
   * Resolves once, always, at the latest when `deadlineMs` has passed (the whole exchange, the last byte of the body
   * included). It never rejects: all that can go wrong on the way is a `no-answer`.
   */
  send(request: WalletHttpRequest, deadlineMs: number): Promise<TransportAnswer>;
}

export type TransportAnswer = SignedAnswer | NoAnswer;

/** An answer whose signature, digest and bond to this very request have been verified. */
export interface SignedAnswer {
  readonly kind: 'answer';
  /** For logs only: meaning comes from the body (money rule M9). */
  readonly status: number;
  /** Parsed JSON, not looked at yet. */
  readonly body: unknown;
  /** The backend's clock when it signed, to the second. */
  readonly backendWallMs: number;
  /** The backend asks for this much rest; never more than {@link walletLimits.retryAfterMsMax}. */
  readonly retryAfterMs?: number;
}

export interface NoAnswer {
  readonly kind: 'no-answer';
  readonly why: NoAnswerReason;
  /** False only if it is certain that no byte of the request reached the backend. */
  readonly sentMaybe: boolean;
  readonly retryAfterMs?: number;
}

export type NoAnswerReason =
  | 'deadline'
  | 'no-such-name'
  | 'refused-connection' // nobody listens, no route
  | 'tls' // the backend's certificate, or ours, was refused
  | 'connection-lost' // it broke off midway
  | 'not-signed'
  | 'bad-signature' // wrong key, wrong request, changed on the way
  | 'bad-digest'
  | 'too-large'
  | 'redirect'
  | 'encoded' // compressed although identity was asked for
  | 'not-json';

/** Bounds both sides of the contract can rely on. */
export const walletLimits = {
  answerBytesMax: 2 * 1024 * 1024,
  requestBytesMax: 2 * 1024 * 1024,
  retryAfterMsMax: 15 * 60_000,
  /** How far a request's `created` may lie from the backend's clock. */
  clockSkewMsMax: 5 * 60_000,
  eventsPerCallMax: 500,
  registerItemsMax: 20_000,
} as const;
