import { ask } from '../terminal/wallet/call.ts';
import { type PairAnswer, type PairRequest, pairCall } from '../terminal/wallet/pairing.ts';
import { type DeviceKey, type DeviceKeys, endorse } from './device-key.ts';
import type { WalletHttp } from './wallet-http.ts';

/*
 * How the backend comes to know this terminal's key. The queue is not touched: what waits is sent with the key that is
 * current when it is sent.
 */

const pairDeadlineMs = 15_000;

/** Registers the current key with a one-time code. A lost answer may be asked for again with the same code. */
export function pairWithCode(
  wallet: WalletHttp,
  keys: DeviceKeys,
  terminalNumber: string,
  code: string,
): Promise<PairAnswer> {
  return pair(wallet, keys.current(), terminalNumber, { kind: 'code', code });
}

/**
 * Registers a new key, endorsed by the one in use, and goes over to it once the backend has it. A rotation that broke
 * off goes on with the same new key.
 */
export async function rotateKey(
  wallet: WalletHttp,
  keys: DeviceKeys,
  terminalNumber: string,
): Promise<PairAnswer> {
  const current = keys.current();
  const next = keys.beginRotation();
  const signature = endorse(current, terminalNumber, next);
  const answer = await pair(wallet, next, terminalNumber, {
    kind: 'endorsement',
    keyId: current.keyId,
    signature,
  });
  if (answer.kind === 'paired') keys.finishRotation();
  return answer;
}

function pair(
  wallet: WalletHttp,
  key: DeviceKey,
  terminalNumber: string,
  right: PairRequest['right'],
): Promise<PairAnswer> {
  // A key signs its own registration: that proves that the terminal holds its private half.
  const signedWithKey = { send: wallet.sendSignedWith.bind(undefined, key) };
  return ask(signedWithKey, pairCall, { terminalNumber, publicKey: key.publicKey, right }, pairDeadlineMs);
}
