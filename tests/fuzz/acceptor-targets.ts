import { decodeBillTable, decodeIdentification } from '../../hardware/banknote/ccnet/bill-table.ts';
import { createCcnetDriver } from '../../hardware/banknote/ccnet/driver.ts';
import { deframe, encodeFrame } from '../../hardware/banknote/ccnet/frame.ts';
import { decodeActionAnswer, decodePollState } from '../../hardware/banknote/ccnet/message.ts';
import { deviceStateOf } from '../../hardware/banknote/ccnet/words.ts';
import { createEbdsDriver } from '../../hardware/banknote/ebds/driver.ts';
import * as ebdsFrame from '../../hardware/banknote/ebds/frame.ts';
import * as ebdsReply from '../../hardware/banknote/ebds/reply.ts';
import * as ebdsWords from '../../hardware/banknote/ebds/words.ts';
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
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { AcceptorDriver } from '../../terminal/devices.ts';
import { minorFromTenge } from '../../terminal/money.ts';
import type { Clock, IdSource } from '../../terminal/ports.ts';
import { babblingLink, driverMs, vectors } from './babbling-line.ts';
import { framer } from './framer.ts';
import { type Decoder, type FuzzTarget, promise } from './target.ts';

/* What comes in from acceptors: frames, what is in them, and whole drivers on a line that says anything. */

const ccnetFrames = deviceFrames('ccnet');
const id003Frames = deviceFrames('id003');
const esspFrames = deviceFrames('essp');
const ebdsFrames = deviceFrames('ebds');
/** An acceptor's protocol takes three lines here: its frames, what is in them, and its driver. */
export const acceptorTargets: readonly FuzzTarget[] = [
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
  {
    name: 'ebds-frames',
    share: 40,
    open: () => framer({ ...ebdsFrame, frameBytesMax: 127, samples: ebdsFrames }),
  },
  { name: 'ebds-messages', share: 60, open: ebdsMessages },
  {
    name: 'ebds-driver',
    share: 0.2,
    open: () => acceptorDriver(createEbdsDriver, ebdsFrame.encodeFrame, [...ebdsFrames, ebdsAnswer()]),
  },
];

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

/** A unit that draws a note in: its answer stands where the babbling line sends it as one, with the bit of the first message. */
function ebdsAnswer(): Uint8Array {
  const line = new Uint8Array(31);
  line.set(ebdsFrame.encodeFrame(parseHex('20 02 10 00 10 54 2A')), 15);
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

function ebdsMessages(): Decoder {
  return {
    shape: 'bytes',
    samples: ebdsFrames.map((frame) => frame.subarray(2, -2)),
    read: (payload) => {
      const data = payload.subarray(1);
      const isText = ebdsReply.decodeSerialNumber(data) !== undefined;
      const isCount = ebdsReply.decodeCounters(data) !== undefined;
      const reply = ebdsReply.decodeReply(payload);
      if (reply?.kind !== 'status') return isText || isCount ? 'taken' : 'refused';
      const kind = reply.note === undefined ? undefined : ebdsWords.kindOf(reply.note);
      const state = ebdsWords.stateOf(reply.status, kind, payload.length % 2 === 0);
      if (state !== undefined) motionOf(state);
      promiseValues([ebdsWords.denominationOf(kind)]);
      return 'taken';
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

// ---------------------------------------------------------------- drivers

const ids: IdSource = { uuidV7: () => '0192a000-0000-7000-8000-000000000001' };
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
