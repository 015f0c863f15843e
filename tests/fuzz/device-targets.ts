import { readFileSync } from 'node:fs';
import { decodeBillTable, decodeIdentification } from '../../hardware/banknote/ccnet/bill-table.ts';
import { createCcnetDriver } from '../../hardware/banknote/ccnet/driver.ts';
import { deframe, encodeFrame } from '../../hardware/banknote/ccnet/frame.ts';
import { decodeActionAnswer, decodePollState } from '../../hardware/banknote/ccnet/message.ts';
import { deviceStateOf } from '../../hardware/banknote/ccnet/words.ts';
import * as esspCipher from '../../hardware/banknote/essp/cipher.ts';
import { createEsspDriver } from '../../hardware/banknote/essp/driver.ts';
import * as esspFrame from '../../hardware/banknote/essp/frame.ts';
import * as esspMessage from '../../hardware/banknote/essp/message.ts';
import { decodeSerialNumber, decodeSetup } from '../../hardware/banknote/essp/setup.ts';
import { decodeCurrencyAssign, decodeVersion } from '../../hardware/banknote/id003/currency.ts';
import { createId003Driver } from '../../hardware/banknote/id003/driver.ts';
import * as id003Frame from '../../hardware/banknote/id003/frame.ts';
import * as id003Message from '../../hardware/banknote/id003/message.ts';
import * as id003Words from '../../hardware/banknote/id003/words.ts';
import { motionOf } from '../../hardware/banknote/note-path/device-state.ts';
import type { NoteTable } from '../../hardware/banknote/note-path/state.ts';
import type { Link } from '../../hardware/link/link.ts';
import { parseHex } from '../../hardware/link/tap.ts';
import { createEscposDriver } from '../../hardware/printer/escpos/driver.ts';
import { soundHealth, withReply } from '../../hardware/printer/escpos/health.ts';
import { escposProfiles, type StatusDialect } from '../../hardware/printer/escpos/profile.ts';
import { parseReplies } from '../../hardware/printer/escpos/status.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { AcceptorDriver } from '../../terminal/devices.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import type { Clock, IdSource } from '../../terminal/ports.ts';
import { framer } from './framer.ts';
import { type Decoder, type FuzzTarget, promise } from './target.ts';

/* What comes in from devices: frames, what is in them, and whole drivers on a line that says anything. */

const ccnetFrames = deviceFrames('ccnet');
const id003Frames = deviceFrames('id003');
const esspFrames = deviceFrames('essp');
const escpos = vectors('escpos') as {
  readonly states: readonly { readonly realTime: readonly string[]; readonly automatic: string }[];
  readonly customFullStatus: readonly { readonly bytes: string }[];
  readonly answers: readonly { readonly bytes: string }[];
};
const escposReplies = [
  ...escpos.states.flatMap(({ realTime, automatic }) => [...realTime, automatic]),
  ...[...escpos.customFullStatus, ...escpos.answers].map(({ bytes }) => bytes),
].map((hex) => Buffer.from(hex, 'hex'));

/** An acceptor's protocol takes three lines here: its frames, what is in them, and its driver. */
export const deviceTargets: readonly FuzzTarget[] = [
  {
    name: 'ccnet-frames',
    share: 40,
    open: () => framer({ deframe, encodeFrame, frameBytesMax: 125, samples: ccnetFrames }),
  },
  { name: 'ccnet-messages', share: 60, open: ccnetMessages },
  {
    name: 'ccnet-driver',
    share: 0.2,
    open: () => acceptorDriver(createCcnetDriver, encodeFrame, ccnetFrames),
  },
  {
    name: 'id003-frames',
    share: 40,
    open: () => framer({ ...id003Frame, frameBytesMax: 255, samples: id003Frames }),
  },
  { name: 'id003-messages', share: 60, open: id003Messages },
  {
    name: 'id003-driver',
    share: 0.2,
    open: () => acceptorDriver(createId003Driver, id003Frame.encodeFrame, id003Frames),
  },
  {
    name: 'essp-frames',
    share: 40,
    open: () => framer({ ...esspFrame, frameBytesMax: 520, samples: esspFrames }),
  },
  { name: 'essp-messages', share: 60, open: esspMessages },
  {
    name: 'essp-driver',
    share: 0.2,
    open: () => acceptorDriver(createEsspDriver, esspFrame.encodeFrame, [...esspFrames, esspSession()]),
  },
  { name: 'escpos-status', share: 20, open: () => escposStatus('real-time') },
  { name: 'escpos-full-status', share: 12, open: () => escposStatus('full') },
  { name: 'escpos-driver', share: 0.2, open: escposDriver },
];

function vectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'));
}

function deviceFrames(protocol: string): readonly Uint8Array[] {
  const frames = vectors(protocol) as { readonly deviceFrames: readonly { readonly bytes: string }[] };
  return frames.deviceFrames.map(({ bytes }) => parseHex(bytes));
}

/**
 * A unit without encryption begins a session and draws a note in: each answer stands where the babbling line, in pieces of
 * 1, 2, 4, 8, 16 and then 8 and 16 bytes by turns, sends it as one.
 */
function esspSession(): Uint8Array {
  const line = new Uint8Array(63);
  const answers: readonly (readonly [at: number, sequence: number, ...data: number[]])[] = [
    [7, 0x80, 0xf0],
    [15, 0x00, 0xf2],
    [31, 0x80, 0xf0],
    [39, 0x00, 0xf5],
    [55, 0x80, 0xf0, 0xef, 0x00],
  ];
  for (const [at, ...payload] of answers) line.set(esspFrame.encodeFrame(Uint8Array.from(payload)), at);
  return line;
}

function promiseValues(table: NoteTable): void {
  for (const kind of table) {
    promise(
      kind === undefined || (Number.isSafeInteger(kind.valueMinor) && kind.valueMinor > 0),
      'a note is worth something',
    );
  }
}

function id003Messages(): Decoder {
  return {
    shape: 'bytes',
    samples: id003Frames.map((frame) => frame.subarray(2, -2)),
    read: (payload) => {
      const status = id003Message.decodeStatus(payload);
      if (status !== undefined) motionOf(id003Words.deviceStateOf(status, payload.length === 2));
      id003Message.decodeActionAnswer({ kind: 'inhibit', on: true }, payload);
      const table = decodeCurrencyAssign(payload);
      if (table.kind === 'table') promiseValues(table.table);
      const isVersion = decodeVersion(payload) !== undefined;
      return status !== undefined || table.kind === 'table' || isVersion ? 'taken' : 'refused';
    },
  };
}

function esspMessages(): Decoder {
  const key = esspCipher.sessionKey(1n);
  return {
    shape: 'bytes',
    samples: esspFrames.map((frame) => frame.subarray(3, -2)),
    read: (data) => {
      const packet = esspCipher.unseal(key, data);
      promise(packet === undefined || packet.data.length < data.length, 'a packet holds less than it is');
      const answer = esspMessage.decodeAnswer(data);
      if (answer?.kind !== 'ok') return 'refused';
      decodeSerialNumber(answer.data);
      const setup = decodeSetup(answer.data);
      if (setup.kind === 'setup') promiseValues(setup.table);
      const list = esspMessage.decodeEvents(answer.data);
      const told = list?.events.length ?? 0;
      promise(told <= answer.data.length, 'each event has a byte of its own');
      return setup.kind === 'setup' || told > 0 ? 'taken' : 'refused';
    },
  };
}

function ccnetMessages(): Decoder {
  return {
    shape: 'bytes',
    samples: ccnetFrames.map((frame) => frame.subarray(3, -2)),
    read: (payload) => {
      const state = decodePollState(payload);
      if (state !== undefined) motionOf(deviceStateOf(state));
      decodeActionAnswer(payload);
      const table = decodeBillTable(payload);
      if (table.kind === 'table') promiseValues(table.table);
      const isPlate = decodeIdentification(payload) !== undefined;
      return state !== undefined || table.kind === 'table' || isPlate ? 'taken' : 'refused';
    },
  };
}

/** A printer's reply is never longer than this; what waits for its end neither. */
const escposRestMax = 96;

function escposStatus(dialect: StatusDialect): Decoder {
  const feed = (input: Uint8Array, chunkBytes: number): string => {
    const replies: unknown[] = [];
    let health = soundHealth;
    let rest: Uint8Array = new Uint8Array(0);
    for (let at = 0; at < input.length; at += chunkBytes) {
      const step = parseReplies(rest, input.subarray(at, at + chunkBytes), dialect);
      for (const reply of step.replies) {
        health = withReply(health, reply);
        // XON and XOFF are lifted out of whatever they fell into: their place among the others may move.
        if (reply.kind !== 'flow') replies.push(reply);
      }
      rest = step.rest;
      promise(rest.length < escposRestMax, `a rest of ${rest.length} bytes waits`);
    }
    return input.length > 2_000 ? '' : JSON.stringify([replies, [...rest]]);
  };
  return {
    shape: 'bytes',
    samples: escposReplies,
    read: (input) => {
      const whole = feed(input, Math.max(1, input.length));
      const cut = feed(input, input.length < 64 ? 1 : 1 + (input.length % 61));
      promise(whole === cut, 'cut otherwise, other replies were found');
      return whole.includes('"noise"') ? 'refused' : 'taken';
    },
  };
}

// ---------------------------------------------------------------- drivers

const ids: IdSource = { uuidV7: () => '0192a000-0000-7000-8000-000000000001' };
/** Long enough for what a driver waits for after a line has gone wrong. */
const driverMs = 4_000;
const chunkBytesMax = 24;

/** A line on which every write of the host is answered with the next piece of the input. */
function babblingLink(input: Uint8Array, clock: Clock): Link {
  let at = 0;
  return {
    description: 'babble',
    open: ({ onBytes }) =>
      Promise.resolve({
        write: () => {
          const piece = input.subarray(at, at + 1 + (at % chunkBytesMax));
          at += piece.length;
          if (piece.length > 0) clock.setTimer(5, () => onBytes(piece));
        },
        close: () => Promise.resolve(),
      }),
  };
}

function acceptorDriver(
  create: (parts: { readonly link: Link; readonly clock: Clock; readonly ids: IdSource }) => AcceptorDriver,
  dress: (payload: Uint8Array) => Uint8Array,
  samples: readonly Uint8Array[],
): Decoder {
  return {
    shape: 'bytes',
    samples,
    dress,
    read: async (input) => {
      const clock = new VirtualClock();
      const driver = create({ link: babblingLink(input, clock), clock, ids });
      let reports = 0;
      driver.start((report) => {
        reports += 1;
        if (report.kind === 'note-escrowed') driver.stack(report.escrowId);
      });
      driver.renewLease({ untilMonoMs: driverMs / 2, denominations: [minorFromTenge(1_000)] });
      await clock.advance(driverMs);
      let hasStopped = false;
      void driver.stop().then(() => {
        hasStopped = true;
      });
      await clock.advanceUntil(() => hasStopped, 60_000, 'the end of the driver', 500);
      return reports > 0 ? 'taken' : 'refused';
    },
  };
}

function escposDriver(): Decoder {
  return {
    shape: 'bytes',
    samples: escposReplies,
    read: async (input) => {
      const clock = new VirtualClock();
      const driver = createEscposDriver({
        link: babblingLink(input, clock),
        clock,
        profile: escposProfiles['epson-tm-t88vi'],
      });
      let reports = 0;
      driver.start(() => {
        reports += 1;
      });
      await clock.advance(driverMs);
      let hasEnded = false;
      void driver.print({ lines: [] }).then(() => {
        hasEnded = true;
      });
      await clock.advanceUntil(() => hasEnded, 300_000, 'the end of a slip', 500);
      await driver.stop();
      return reports > 0 ? 'taken' : 'refused';
    },
  };
}
