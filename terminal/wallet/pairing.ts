import * as z from 'zod';
import { mismatch, noAnswer, trouble, type WalletCall } from './call.ts';
import type { UnknownAnswer } from './messages.ts';
import { problemOf } from './problem.ts';
import { wireTime } from './wire.ts';

/**
 * Registers the key that signs this very request. The right to do so is a one-time code from the backend's staff, or
 * the endorsement of a key that is still valid (rotation; the older key then stays valid for an overlap).
 */
export interface PairRequest {
  readonly terminalNumber: string;
  /** Raw Ed25519 public key, base64url. */
  readonly publicKey: string;
  readonly right:
    | { readonly kind: 'code'; readonly code: string }
    | { readonly kind: 'endorsement'; readonly keyId: string; readonly signature: string };
}

export type PairAnswer =
  | { readonly kind: 'paired'; readonly keyId: string; readonly olderKeysValidUntilMs: number | undefined }
  | { readonly kind: 'code-invalid' }
  | UnknownAnswer;

const pairedSchema = z.object({
  terminalNumber: z.string(),
  keyId: z.string().min(1),
  olderKeysValidUntil: wireTime.optional(),
});

export const pairCall: WalletCall<PairRequest, PairAnswer> = {
  encode: (request) => ({ method: 'POST', path: '/v1/terminals/pair', body: request }),
  decode: (request, answer) => {
    if (answer.kind === 'no-answer') return noAnswer(answer);
    if (problemOf(answer.body) === 'pairing-code-invalid') return { kind: 'code-invalid' };
    const parsed = pairedSchema.safeParse(answer.body);
    if (!parsed.success) return trouble(answer);
    const { terminalNumber, keyId, olderKeysValidUntil } = parsed.data;
    if (terminalNumber !== request.terminalNumber) return mismatch('terminalNumber');
    return { kind: 'paired', keyId, olderKeysValidUntilMs: olderKeysValidUntil };
  },
};
