import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinKeeper } from '../terminal/ports.ts';
import type { PinVerdict } from '../terminal/service-mode/event.ts';
import { pinBehindDuress } from '../terminal/staff/staff.ts';
import { type EnrolmentFile, enrolmentFile } from './enrolment-file.ts';

/**
 * Memory and time that one try costs (RFC 7914): 32 MiB and about a tenth of a second. A million PINs then take a thief of
 * the disk more than a day each; the number of tries at the screen is limited by the lock-out.
 */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } satisfies ScryptOptions;
const saltBytes = 16;
const keyBytes = 32;

/** The slow work on PINs, on Node's own thread pool. */
export function pinKeeper(enrolmentPath: string): PinKeeper {
  const enrolment = enrolmentFile(enrolmentPath);
  return {
    check: checkPin,
    make: makeVerifier,
    checkEnrolment: (code) => checkEnrolment(enrolment, code),
    endEnrolment: async () => enrolment.remove(),
  };
}

/** `scrypt$<salt>$<key>`, both base64url; the cost belongs to the name. */
export async function makeVerifier(secret: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(secret, salt);
  return `scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Both PINs are tried whatever the first one says: how long it takes tells nothing. */
async function checkPin(pin: string, verifier: string | undefined): Promise<PinVerdict> {
  const against = verifier ?? nobodysVerifier;
  const [fits, isDuress] = [await matches(pin, against), await matches(pinBehindDuress(pin), against)];
  if (verifier === undefined) return 'differs';
  if (fits) return 'fits';
  return isDuress ? 'duress' : 'differs';
}

/** For an id that nobody has: tried as any other. */
const nobodysVerifier = `scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`;

async function checkEnrolment(enrolment: EnrolmentFile, code: string): Promise<boolean> {
  const verifier = enrolment.verifier();
  return verifier !== undefined && (await matches(code, verifier));
}

async function matches(secret: string, verifier: string): Promise<boolean> {
  const [name, salt = '', key = ''] = verifier.split('$');
  if (name !== 'scrypt') return false;
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(secret, Buffer.from(salt, 'base64url'));
  return expected.byteLength === actual.byteLength && timingSafeEqual(expected, actual);
}

function derive(secret: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, keyBytes, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
