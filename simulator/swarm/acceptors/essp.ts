import type { EsspSettings } from '../../devices/essp/settings.ts';
import { pick } from '../../random.ts';
import { oddHabits, type SwarmAcceptor } from './swarm-acceptor.ts';

export const esspInSwarm: SwarmAcceptor<EsspSettings> = {
  drawHabits: (random) =>
    oddHabits<EsspSettings>(random, {
      newestProtocol: () => pick([6, 7] as const, random),
      encryption: () => pick(['none', 'forced'] as const, random),
      knowsPollWithAck: () => false,
      onWrongKey: () => 'key-not-set',
      hostSilenceMs: () => 10_000,
      onNoNote: () => 'fail',
      onRejectMidway: () => 'returns-note',
      plainCreditPolls: () => pick([2, 4] as const, random),
      disabledTold: () => 'once',
      fullTold: () => 'once',
      ackClears: () => 'one',
      creditAfterPowerLoss: () => pick(['told-again', 'moved-to-cashbox'] as const, random),
      creditSurvivesNewKeys: () => false,
      powerUpNamesChannel: () => false,
      rejectingShows: () => 'while-moving',
      onCashboxBack: () => 'goes-on',
      onResetInEscrow: () => 'stacks-note',
    }),
  // A unit without POLL WITH ACK tells a credit in so many polls and then no more: the line loses those, and a note that
  // was let in does not come back. What is not understood is answered with the sequence bit of what was asked.
  lacks: ['state-repeated', 'credit-event-lost', 'note-back-after-stack', 'nak-storm'],
  habitsOf: {},
  failures: [0x01],
  refusal: undefined,
  // Enciphered: nobody reads along. The cassette, the books and the screen say whether the rules were kept.
  hostWord: () => undefined,
  deviceWord: () => undefined,
};
