import { encodeFrame as ccnetFrame, deframe as deframeCcnet } from '../../hardware/banknote/ccnet/frame.ts';
import { decodePollState } from '../../hardware/banknote/ccnet/message.ts';
import { parseReplies } from '../../hardware/printer/escpos/status.ts';
import { seededRandom } from '../../simulator/random.ts';
import { assert } from '../../terminal/assert.ts';
import type { Measurement, Row } from './report.ts';
import { grouped, median } from './statistics.ts';

const rounds = 9;
const framesPerRound = 100_000;
const chunkBytesMax = 16;

export const codecs: Measurement = {
  name: 'codecs',
  title: 'Codecs: what devices say, decoded',
  how:
    `${rounds} rounds of ${grouped(framesPerRound)} answers as devices give them most, cut into chunks of 1 to ${chunkBytesMax} ` +
    `bytes; median of the rounds. Beside it, how many of the shortest answers fill the line.`,
  run: async () => table.map(measureCodec),
};

interface Codec {
  readonly name: string;
  readonly answers: readonly Uint8Array[];
  /** Cut off from the stream, checked and understood: how many, and what is left over. */
  readonly decode: (
    rest: Uint8Array,
    chunk: Uint8Array,
  ) => { readonly decoded: number; readonly rest: Uint8Array };
  readonly lineBytesPerSecond: number;
}

/** A codec is one entry here. */
const table: readonly Codec[] = [
  {
    name: 'CCNET answers to POLL',
    // Disabled, idling, accepting, in escrow, stacking, stacked.
    answers: [[0x19], [0x14], [0x15], [0x80, 4], [0x17], [0x81, 4]].map((payload) =>
      ccnetFrame(Uint8Array.from(payload)),
    ),
    decode: (before, chunk) => {
      const { found, rest } = deframeCcnet(before, chunk);
      const states = found.filter(
        (part) => part.kind === 'frame' && decodePollState(part.payload) !== undefined,
      );
      return { decoded: states.length, rest };
    },
    lineBytesPerSecond: 960,
  },
  {
    name: 'ESC/POS status replies',
    // Ready in real time and by itself, proof of printing, paper near its end.
    answers: ['12', '1000000f', '37226162636400', '1000030f'].map((hex) => Buffer.from(hex, 'hex')),
    decode: (before, chunk) => {
      const { replies, rest } = parseReplies(before, chunk, 'real-time');
      return { decoded: replies.length, rest };
    },
    lineBytesPerSecond: 11_520,
  },
];

function measureCodec({ name, answers, decode, lineBytesPerSecond }: Codec): Row {
  const chunks = chunksOf(lineOf(answers));
  const perSecond = Array.from({ length: rounds }, () => {
    const startedMs = performance.now();
    let rest: Uint8Array = new Uint8Array(0);
    let total = 0;
    for (const chunk of chunks) {
      const step = decode(rest, chunk);
      rest = step.rest;
      total += step.decoded;
    }
    assert(total === framesPerRound, 'every answer is decoded');
    return (framesPerRound * 1_000) / (performance.now() - startedMs);
  });
  const shortest = Math.min(...answers.map(({ length }) => length));
  return {
    what: `${name}, decoded`,
    bar: '',
    measured: `${grouped(median(perSecond))} /s (the line carries ${grouped(lineBytesPerSecond / shortest)} /s)`,
  };
}

function lineOf(answers: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    Array.from({ length: framesPerRound }, (_, at) => answers[at % answers.length] ?? new Uint8Array(0)),
  );
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
