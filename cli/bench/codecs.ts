import { deframe, encodeFrame } from '../../hardware/banknote/ccnet/frame.ts';
import { decodePollState } from '../../hardware/banknote/ccnet/message.ts';
import { seededRandom } from '../../simulator/random.ts';
import { assert } from '../../terminal/assert.ts';
import type { Measurement, Row } from './report.ts';
import { grouped, median } from './statistics.ts';

const rounds = 9;
const framesPerRound = 200_000;
const chunkBytesMax = 16;
/** 9 600 bit/s with a start and a stop bit is 960 bytes a second: frames of six bytes at most. */
const framesPerSecondOnLine = 160;

/** What a validator answers to POLL most: disabled, idling, accepting, in escrow, stacking, stacked. */
const payloads: readonly (readonly number[])[] = [[0x19], [0x14], [0x15], [0x80, 4], [0x17], [0x81, 4]];

export const ccnetCodec: Measurement = {
  name: 'ccnet-codec',
  title: 'CCNET codec: frames decoded',
  how: `${rounds} rounds of ${grouped(framesPerRound)} answers to POLL, cut into chunks of 1 to ${chunkBytesMax} bytes; median of the rounds.`,
  run: async () => decodeFrames(),
};

function decodeFrames(): readonly Row[] {
  const chunks = chunksOf(lineOf(framesPerRound));
  const perSecond = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    const decoded = decodeAll(chunks);
    assert(decoded === framesPerRound, 'every frame is decoded');
    return (framesPerRound * 1_000) / (performance.now() - startedMs);
  });
  return [
    {
      what: 'answers deframed, checked and understood',
      bar: `${framesPerSecondOnLine} /s fill a line of 9 600 bit/s`,
      measured: `${grouped(median(perSecond))} /s`,
    },
  ];
}

function lineOf(frameCount: number): Uint8Array {
  const frames = payloads.map((payload) => encodeFrame(Uint8Array.from(payload)));
  const bytes: number[] = [];
  for (let at = 0; at < frameCount; at += 1) bytes.push(...(frames[at % frames.length] ?? []));
  return Uint8Array.from(bytes);
}

function chunksOf(bytes: Uint8Array): readonly Uint8Array[] {
  const random = seededRandom(1);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.nextInt(chunkBytesMax);
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

function decodeAll(chunks: readonly Uint8Array[]): number {
  let rest: Uint8Array = new Uint8Array(0);
  let decoded = 0;
  for (const chunk of chunks) {
    const deframed = deframe(rest, chunk);
    rest = deframed.rest;
    for (const item of deframed.found) {
      if (item.kind === 'frame' && decodePollState(item.payload) !== undefined) decoded += 1;
    }
  }
  return decoded;
}
