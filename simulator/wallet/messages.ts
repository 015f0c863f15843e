/* HTTP as the backend handles it, whichever way it came: over a socket or from the same process. */

export interface RawRequest {
  readonly method: string;
  /** Scheme, authority and path as the client meant them. */
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** How an answer leaves: whole, not at all, or half of it with the rest late or never. */
export type Delivery =
  | { readonly kind: 'whole'; readonly answer: RawAnswer }
  | { readonly kind: 'dropped' }
  | { readonly kind: 'stalled'; readonly answer: RawAnswer; readonly forMs: number | undefined };
