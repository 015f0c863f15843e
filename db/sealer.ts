import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Signs what a later start may rely on without walking the whole chain again. */
export interface Sealer {
  seal(message: Uint8Array): Uint8Array;
  isSeal(message: Uint8Array, seal: Uint8Array): boolean;
}

/**
 * Seals with an Ed25519 private key. After a change of key the public halves of earlier ones stay valid until the
 * next checkpoint is sealed.
 */
export function ed25519Sealer(privateKey: KeyObject, earlierPublicKeys: readonly KeyObject[] = []): Sealer {
  const publicKeys = [createPublicKey(privateKey), ...earlierPublicKeys];
  return {
    seal: (message) => sign(null, message, privateKey),
    isSeal: (message, seal) => publicKeys.some((key) => verify(null, message, key, seal)),
  };
}
