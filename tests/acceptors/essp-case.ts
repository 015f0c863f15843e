import {
  hostSecret,
  powerModulo,
  sealedMark,
  sessionKey,
  unseal,
} from '../../hardware/banknote/essp/cipher.ts';
import { deframe } from '../../hardware/banknote/essp/frame.ts';
import { decodeEvents } from '../../hardware/banknote/essp/message.ts';
import type { AcceptorFacts, HostWord } from './acceptor-facts.ts';
import { pick } from './pick.ts';

const words: ReadonlyMap<number, HostWord> = new Map([
  [0x08, 'return'],
  [0x01, 'reset'],
  [0x02, 'accept'],
  [0x0a, 'accept'],
  [0x09, 'accept'],
]);
const polls: readonly number[] = [0x07, 0x56];
const startsMax = 10;
const exchangesMax = 200;

/** Listens on the line with the secrets of the hosts of these tests, and knows when a poll is the stack byte. */
class Wiretap {
  #generator = 0n;
  #modulus = 0n;
  #hostKey = 0n;
  #key: Uint8Array | undefined;
  #sequence = 0;
  #asked: number | undefined;
  #isEscrowTold = false;
  #rest: Uint8Array = new Uint8Array(0);

  toDevice(frame: Uint8Array): HostWord {
    const [sequence = 0, ...data] = payloadOf(frame);
    const [code = 0, ...args] = this.#open(Uint8Array.from(data));
    this.#asked = code;
    this.#sequence = sequence;
    const value = (): bigint => Buffer.from(args).readBigUInt64LE();
    if (code === 0x4a) this.#generator = value();
    if (code === 0x4b) this.#modulus = value();
    if (code === 0x4c) this.#hostKey = value();
    if (!polls.includes(code)) return words.get(code) ?? 'other';
    return this.#isEscrowTold ? 'stack' : 'other';
  }

  fromDevice(chunk: Uint8Array): void {
    const { found, rest } = deframe(this.#rest, chunk);
    this.#rest = rest;
    for (const item of found) {
      // A late copy of an earlier answer has the other sequence bit.
      if (item.kind === 'frame' && item.payload[0] === this.#sequence)
        this.#answer(this.#open(item.payload.subarray(1)));
    }
  }

  #answer(data: Uint8Array): void {
    const asked = this.#asked ?? 0;
    if (data[0] !== 0xf0) return;
    if (asked === 0x08) this.#isEscrowTold = false;
    if (asked === 0x4c && data.length === 9) this.#agree(Buffer.from(data.subarray(1)).readBigUInt64LE());
    if (!polls.includes(asked)) return;
    const list = decodeEvents(data.subarray(1));
    this.#isEscrowTold = list?.events.some(({ code, channel }) => code === 0xef && channel !== 0) ?? false;
  }

  #agree(theirs: bigint): void {
    for (let start = 1; start <= startsMax; start += 1) {
      for (let made = 0; made < exchangesMax; made += 1) {
        const secret = hostSecret(`start${start}`, made);
        if (powerModulo(this.#generator, secret, this.#modulus) !== this.#hostKey) continue;
        this.#key = sessionKey(powerModulo(theirs, secret, this.#modulus));
        return;
      }
    }
    throw new Error('the host uses a secret of its own');
  }

  #open(data: Uint8Array): Uint8Array {
    if (data[0] !== sealedMark || this.#key === undefined) return data;
    return unseal(this.#key, data)?.data ?? data;
  }
}

function payloadOf(frame: Uint8Array): Uint8Array {
  const [item] = deframe(new Uint8Array(0), frame).found;
  return item?.kind === 'frame' ? item.payload : frame;
}

export const esspCase: AcceptorFacts<'essp'> = {
  listen: () => {
    const tap = new Wiretap();
    return (record) => {
      if (record.kind === 'from-device') tap.fromDevice(record.bytes);
      return record.kind === 'to-device' ? tap.toDevice(record.bytes) : undefined;
    };
  },
  failure: { code: 0x01, detail: 'the unit answers software-error' },
  tellsJamPlace: true,
  tellsPause: false,
  model: 'banknote validator',
  foreignMoney: 'channel 1 is money of "RUB"',
  drawHabits: (random) => ({
    newestProtocol: pick(random, [6, 7, 8] as const),
    encryption: pick(random, ['none', 'known', 'forced'] as const),
    knowsPollWithAck: random.nextInt(4) > 0,
    onWrongKey: pick(random, ['silence', 'key-not-set'] as const),
    hostSilenceMs: pick(random, [5_000, 10_000]),
    onNoNote: pick(random, ['cannot-process', 'fail'] as const),
    onRejectMidway: pick(random, ['refuses', 'returns-note'] as const),
    plainCreditPolls: pick(random, [1, 2, 4]),
    disabledTold: pick(random, ['always', 'once'] as const),
    fullTold: pick(random, ['always', 'once'] as const),
    ackClears: pick(random, ['one', 'list'] as const),
    creditAfterPowerLoss: pick(random, ['forgotten', 'told-again', 'moved-to-cashbox'] as const),
    creditSurvivesNewKeys: pick(random, [true, false]),
    powerUpNamesChannel: pick(random, [true, false]),
    rejectingShows: pick(random, ['until-taken', 'while-moving'] as const),
    onCashboxBack: pick(random, ['goes-on', 'waits-for-reset'] as const),
    onResetInEscrow: pick(random, ['returns-note', 'stacks-note'] as const),
  }),
  repeatsCredits: ({ encryption, knowsPollWithAck, creditSurvivesNewKeys, creditAfterPowerLoss }) =>
    encryption !== 'none' &&
    knowsPollWithAck !== false &&
    creditSurvivesNewKeys !== false &&
    (creditAfterPowerLoss ?? 'forgotten') !== 'forgotten',
};
