import type { AcceptorProtocol } from '../../terminal/devices.ts';
import { command, rejectReason, state } from '../devices/ccnet/codes.ts';
import * as ebds from '../devices/ebds/codes.ts';
import * as essp from '../devices/essp/codes.ts';
import { encryptedPacket } from '../devices/essp/packet.ts';
import * as id003 from '../devices/id003/codes.ts';
import type { PassedBytes } from '../traced-device.ts';

/* What the bytes of a trace mean, for whoever does not know the protocols by heart; empty where nothing is known. */

export type WireWords = (passed: PassedBytes) => string;

const hostWords = wordsOf(command);
const deviceWords = new Map([
  ...wordsOf(state),
  [0x00, 'yes'],
  [0xff, 'not understood'],
  [0x30, 'no such command'],
]);
const reasons = wordsOf(rejectReason);

const frameStart = 0x02;
const payloadAt = 3;

/** CCNET §3: the first byte after length says which command or state it is. */
const ccnetWords: WireWords = ({ from, hex }) => {
  const bytes = bytesOf(hex);
  const code = bytes[payloadAt];
  if (bytes[0] !== frameStart || code === undefined) return '';
  if (from === 'host') return hostWords.get(code) ?? '';
  const word = deviceWords.get(code) ?? '';
  const detail = bytes[payloadAt + 1];
  if (code === state.rejecting && detail !== undefined) return `${word}: ${reasons.get(detail) ?? ''}`;
  const namesNote = code === state.escrow || code === state.stacked || code === state.returned;
  return namesNote && detail !== undefined ? `${word}, note of type ${detail}` : word;
};

const id003HostWords = wordsOf(id003.command);
const id003DeviceWords = new Map([
  // Settings are told back, and questions answered, under their own codes.
  ...wordsOf(id003.command),
  ...wordsOf(id003.status),
  [0x4a, 'not understood'],
  [0x4b, 'no such command'],
  [0x50, 'yes'],
]);
const id003Reasons = wordsOf(id003.rejectReason);
const id003FrameStart = 0xfc;
const id003CodeAt = 2;

/** ID-003 §2: the byte after the length says which command or status it is. */
const id003Words: WireWords = ({ from, hex }) => {
  const bytes = bytesOf(hex);
  const code = bytes[id003CodeAt];
  if (bytes[0] !== id003FrameStart || code === undefined) return '';
  if (from === 'host') return id003HostWords.get(code) ?? '';
  const word = id003DeviceWords.get(code) ?? '';
  const detail = bytes[id003CodeAt + 1];
  if (detail === undefined) return word;
  if (code === id003.status.rejecting) return `${word}: ${id003Reasons.get(detail) ?? ''}`;
  return code === id003.status.escrow ? `${word}, note of code ${detail.toString(16)}` : word;
};

const esspHostWords = wordsOf(essp.command);
const esspResponses = wordsOf(essp.response);
const esspEvents = wordsOf(essp.event);
const esspFrameStart = 0x7f;
const esspDataAt = 3;

/** eSSP §2: the first byte of the data; in a reply, what came of it, and the first of the events. */
const esspWords: WireWords = ({ from, hex }) => {
  const bytes = bytesOf(hex);
  const code = bytes[esspDataAt];
  if (bytes[0] !== esspFrameStart || code === undefined) return '';
  if (code === encryptedPacket) return 'encrypted';
  if (from === 'host') return esspHostWords.get(code) ?? '';
  const event = bytes[esspDataAt + 1];
  const isWhole = bytes.length > esspDataAt + 3;
  const first =
    code === essp.response.ok && isWhole && event !== undefined ? esspEvents.get(event) : undefined;
  const word = esspResponses.get(code) ?? '';
  return first === undefined ? word : `${word}, ${first}`;
};

const ebdsStates: readonly ReadonlyMap<number, string>[] = [ebds.d0, ebds.d1, ebds.d2].map(wordsOf);
const ebdsControlAt = 2;

/** EBDS §2 to §6: the high half of the control byte says what kind of message it is. */
const ebdsWords: WireWords = ({ from, hex }) => {
  const bytes = bytesOf(hex);
  const type = (bytes[ebdsControlAt] ?? 0) >> 4;
  if (bytes[0] !== frameStart || bytes.length <= ebdsControlAt) return '';
  if (from === 'host') return ebdsHostWord(type, bytes.slice(ebdsControlAt + 1));
  const { device, extended, auxiliary } = ebds.messageType;
  if (type === auxiliary) return 'answer';
  if (type !== device && type !== extended) return '';
  const status = bytes.slice(ebdsControlAt + (type === extended ? 2 : 1));
  const said = ebdsStates.flatMap((names, at) =>
    [...names].flatMap(([bit, name]) => (((status[at] ?? 0) & bit) !== 0 ? [name] : [])),
  );
  // Said all day long; that it is missing is what matters.
  return said.filter((name) => name !== 'cassette present').join(', ');
};

function ebdsHostWord(type: number, [first = 0, second = 0]: readonly number[]): string {
  const { host, extended, auxiliary } = ebds.messageType;
  if (type === extended) return wordsOf(ebds.subtype).get(first) ?? '';
  if (type === auxiliary) return first === 0 ? 'question' : 'reset';
  if (type !== host) return '';
  if ((second & ebds.hostBit.stack) !== 0) return 'stack';
  if ((second & ebds.hostBit.giveBack) !== 0) return 'return';
  return first === 0 ? 'poll, no note' : 'poll';
}

/** What passes an acceptor's cable, by what it speaks. */
export const acceptorWords: Readonly<Record<AcceptorProtocol, WireWords>> = {
  ccnet: ccnetWords,
  id003: id003Words,
  essp: esspWords,
  ebds: ebdsWords,
};

const printerCommands: readonly (readonly [string, string])[] = [
  ['10 04', 'how are you?'],
  ['10 05', 'recover'],
  ['10 14 08', 'clear buffers'],
  ['1B 40', 'start over'],
  ['1D 61', 'tell changes by yourself'],
  ['1D 49', 'who are you?'],
  ['1D 72', 'tell when you get here'],
  ['1D 28 48', 'tell when this is on paper'],
  ['1D 28 6B', 'square code'],
  ['1D 76 30', 'picture'],
  ['1D 56', 'cut'],
];

/** ESC/POS, by how what is sent begins. */
export const escposWords: WireWords = ({ from, hex }) => {
  if (from === 'device') return '';
  return printerCommands.find(([beginning]) => hex.startsWith(beginning))?.[1] ?? '';
};

/** `powerUpNoteInHead` read out: power up note in head. */
function wordsOf(codes: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  const readOut = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return new Map(Object.entries(codes).map(([name, code]) => [code, readOut(name)]));
}

function bytesOf(hex: string): readonly number[] {
  return hex.split(' ').map((pair) => Number.parseInt(pair, 16));
}
