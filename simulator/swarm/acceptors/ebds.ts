import { d0, hostBit, messageType, subtype } from '../../devices/ebds/codes.ts';
import { HostFrameReader } from '../../devices/ebds/frame.ts';
import type { EbdsSettings } from '../../devices/ebds/settings.ts';
import { pick } from '../../random.ts';
import { oddHabits, type SwarmAcceptor } from './swarm-acceptor.ts';

const configurationBytes = 3;

/** Frames are the same both ways. */
function payloadOf(bytes: Uint8Array): readonly number[] {
  return new HostFrameReader().push(bytes)[0] ?? [];
}

export const ebdsInSwarm: SwarmAcceptor<EbdsSettings> = {
  drawHabits: (random) =>
    oddHabits<EbdsSettings>(random, {
      replyDelayMs: () => pick([10, 35] as const, random),
      eventReplies: () => pick([1, 5] as const, random),
      onSameBit: () => 'acts',
      powerUpPollMsMax: () => 60_000,
      stackedTold: () => 'value',
      foundNoteTold: () => pick(['bare', 'nothing'] as const, random),
      onNoteInHead: () => pick(['holds', 'holds-until-reset'] as const, random),
      untoldCredit: () => 'told-again',
      gateInExtendedMode: () => 'ignored',
      onGateShutWithNote: () => 'returns-note',
      hostSilenceMs: () => 5_000,
      faultEnds: () => 'by-itself',
      onCassetteBack: () => pick(['goes-on', 'powers-up'] as const, random),
      enablesBytes: () => 19,
      settingAnswer: () => 'extended',
      sideMessages: () => pick(['invalid', 'unanswered'] as const, random),
      returningShows: () => 'while-moving',
      sendsEnq: () => true,
      onResetInEscrow: () => 'stacks-note',
      resetAnswer: () => 'power-up',
    }),
  // A credit is told for so many polls, and again to whoever has lost it; a note that was stacked does not come back; and
  // what is not understood has no answer of its own.
  lacks: ['state-repeated', 'credit-event-lost', 'note-back-after-stack', 'nak-storm'],
  habitsOf: {},
  failures: [0x01],
  refusal: undefined,
  hostWord: (bytes) => {
    const [control = 0, ...data] = payloadOf(bytes);
    const type = control >> 4;
    if (type === messageType.host) return ((data[1] ?? 0) & hostBit.stack) !== 0 ? 'stack' : 'ask';
    if (type === messageType.auxiliary) return data[0] === 0x7f ? 'reset' : undefined;
    // Every poll repeats that the gate is open: what opens the unit is the word which notes it may take.
    const isEnables = type === messageType.extended && data[0] === subtype.enables;
    return isEnables && data.slice(1 + configurationBytes).some((mask) => mask !== 0) ? 'open' : undefined;
  },
  // It idles with the gate open or shut: nothing says whether it takes notes.
  deviceWord: (bytes) => {
    const [control = 0, ...data] = payloadOf(bytes);
    const type = control >> 4;
    if (type !== messageType.device && type !== messageType.extended) return undefined;
    const first = data[type === messageType.extended ? 1 : 0] ?? 0;
    return (first & d0.escrowed) !== 0 ? 'escrow' : 'other';
  },
};
