import type { PrintId } from '../ids.ts';

/** How far something is that staff have asked the printer for. */
export type SlipState =
  | { readonly kind: 'none' }
  | { readonly kind: 'printing'; readonly printId: PrintId }
  | { readonly kind: 'printed' }
  /** Surely no paper came out: the next one is still the original. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' };
