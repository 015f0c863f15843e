import { cutFrames, type Deframed, type FrameForm, type Head } from '../framing.ts';

/* EBDS §2, frames: STX, length, control byte and data, ETX, check byte. Nothing is escaped: STX and ETX may stand inside. */

const startByte = 0x02;
const endByte = 0x03;
/** Start, length, end and check byte; a payload is at least the control byte and one more. */
const overheadBytes = 4;
const frameBytesMin = overheadBytes + 2;
/** Seven data bits: no byte of a frame is larger. */
const byteMax = 0x7f;

/** Beside bytes outside any frame, such as a stray ENQ of interrupt mode (§9). */
type NoiseReason = 'bad-length' | 'bad-end' | 'bad-check';

export function encodeFrame(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(payload.length + overheadBytes);
  frame[0] = startByte;
  frame[1] = frame.length;
  frame.set(payload, 2);
  frame[frame.length - 2] = endByte;
  frame[frame.length - 1] = checkOf(frame, 0, frame.length);
  return frame;
}

/** What a whole frame carries. */
export function payloadOf(frame: Uint8Array): Uint8Array {
  return frame.slice(2, frame.length - 2);
}

const form: FrameForm<NoiseReason> = { firstByte: startByte, headBytes: 2, tailBytes: 2, readHead };

export function deframe(rest: Uint8Array, chunk: Uint8Array): Deframed<NoiseReason> {
  return cutFrames(form, rest, chunk);
}

function readHead(bytes: Uint8Array, at: number): Head<NoiseReason> {
  const length = bytes[at + 1];
  if (length === undefined) return { kind: 'incomplete' };
  if (length < frameBytesMin || length > byteMax) return { kind: 'noise', reason: 'bad-length', length: 1 };
  const end = at + length;
  if (end > bytes.length) return { kind: 'incomplete' };
  if (bytes[end - 2] !== endByte) return { kind: 'noise', reason: 'bad-end', length: 1 };
  const isSound =
    bytes[end - 1] === checkOf(bytes, at, end) && bytes.subarray(at, end).every((byte) => byte <= byteMax);
  return isSound ? { kind: 'frame', length } : { kind: 'noise', reason: 'bad-check', length: 1 };
}

/** XOR from the length to the last byte before ETX. */
function checkOf(bytes: Uint8Array, from: number, to: number): number {
  let check = 0;
  for (let at = from + 1; at < to - 2; at += 1) check ^= bytes[at] ?? 0;
  return check;
}
