import { crc16, cutFrames, type Deframed, type FrameForm, type Head, sealCrc } from '../framing.ts';

/* CCNET §2, frames: SYNC, address, length, payload, CRC. */

const syncByte = 0x02;
/** The bill validator's address on the bus. */
const validatorAddress = 0x03;
/** SYNC, address, length, two bytes of CRC; a payload has at least one byte more. */
const overheadBytes = 5;
const frameBytesMin = overheadBytes + 1;
/** The bill table's reply: the longest frame a validator sends to what we ask. */
const frameBytesMax = 125;

/** Beside bytes outside any frame. */
type NoiseReason =
  | 'other-address' // a SYNC followed by an address that is not the validator's
  | 'long-form' // length 0: only firmware download needs it, and we never start one
  | 'bad-length' // shorter than any frame, or longer than any we ask for
  | 'bad-crc';

/** One frame of the host to the validator. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(payload.length + overheadBytes);
  frame[0] = syncByte;
  frame[1] = validatorAddress;
  frame[2] = frame.length;
  frame.set(payload, 3);
  return sealCrc(frame);
}

const form: FrameForm<NoiseReason> = { firstByte: syncByte, headBytes: 3, tailBytes: 2, readHead };

export function deframe(rest: Uint8Array, chunk: Uint8Array): Deframed<NoiseReason> {
  return cutFrames(form, rest, chunk);
}

function readHead(bytes: Uint8Array, at: number): Head<NoiseReason> {
  const address = bytes[at + 1];
  if (address === undefined) return { kind: 'incomplete' };
  if (address !== validatorAddress) return { kind: 'noise', reason: 'other-address', length: 1 };
  const length = bytes[at + 2];
  if (length === undefined) return { kind: 'incomplete' };
  if (length === 0) return { kind: 'noise', reason: 'long-form', length: 1 };
  if (length < frameBytesMin || length > frameBytesMax) {
    return { kind: 'noise', reason: 'bad-length', length: 1 };
  }
  if (at + length > bytes.length) return { kind: 'incomplete' };
  const sound = crc16(bytes, at, at + length) === 0;
  return sound ? { kind: 'frame', length } : { kind: 'noise', reason: 'bad-crc', length: 1 };
}
