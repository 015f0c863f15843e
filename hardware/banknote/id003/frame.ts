import { crc16, cutFrames, type Deframed, type FrameForm, type Head, sealCrc } from '../framing.ts';

/* ID-003 §2, frames: SYNC, length, code and data, CRC. FC is not escaped and may stand inside a frame. */

const syncByte = 0xfc;
/** SYNC, length, two bytes of CRC; a payload is at least the code. */
const overheadBytes = 4;
const frameBytesMin = overheadBytes + 1;

/** Beside bytes outside any frame, such as the stray zeros of a unit that has just been switched on. */
type NoiseReason = 'bad-length' | 'bad-crc';

export function encodeFrame(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(payload.length + overheadBytes);
  frame[0] = syncByte;
  frame[1] = frame.length;
  frame.set(payload, 2);
  return sealCrc(frame);
}

const form: FrameForm<NoiseReason> = { firstByte: syncByte, headBytes: 2, tailBytes: 2, readHead };

export function deframe(rest: Uint8Array, chunk: Uint8Array): Deframed<NoiseReason> {
  return cutFrames(form, rest, chunk);
}

function readHead(bytes: Uint8Array, at: number): Head<NoiseReason> {
  const length = bytes[at + 1];
  if (length === undefined) return { kind: 'incomplete' };
  if (length < frameBytesMin) return { kind: 'noise', reason: 'bad-length', length: 1 };
  if (at + length > bytes.length) return { kind: 'incomplete' };
  const sound = crc16(bytes, at, at + length) === 0;
  return sound ? { kind: 'frame', length } : { kind: 'noise', reason: 'bad-crc', length: 1 };
}
