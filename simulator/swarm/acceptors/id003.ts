import { answer, command, status } from '../../devices/id003/codes.ts';
import { deviceFrame } from '../../devices/id003/frame.ts';
import type { Id003Settings } from '../../devices/id003/settings.ts';
import { pick } from '../../random.ts';
import { oddHabits, type SwarmAcceptor } from './swarm-acceptor.ts';

const isInhibited = 0x01;
/** From here up an answer is one to a setting or a question, not a status. */
const notStatusFrom = 0x80;

export const id003InSwarm: SwarmAcceptor<Id003Settings> = {
  drawHabits: (random) =>
    oddHabits<Id003Settings>(random, {
      strayZeros: () => random.nextInt(6),
      onBadFrame: () => 'silence',
      silentReturnShows: () => 'nothing',
      onSilentHost: () => pick(['inhibits', 'communication-error'] as const, random),
      vendValidNamesNote: () => true,
      stackedShownMs: () => pick([0, 50, 1_500] as const, random),
      deafAfterMs: () => 'never',
      onResetInVendValid: () => 'forgets',
      vendValidSurvivesPowerLoss: () => pick(['never', 'always'] as const, random),
      whileEjecting: () => pick(['initialize', 'rejecting'] as const, random),
      stacksFoundNote: () => 'at-reset',
      releasedBy: () => pick(['all', 'set-denominations', 'set-inhibit'] as const, random),
      afterReset: () => pick(['open', 'closed'] as const, random),
      settingsLegal: () => pick(['always', 'inhibited'] as const, random),
      readsLegal: () => pick(['always', 'initialized'] as const, random),
      sideSettings: () => 'invalid',
      onInhibitWithNote: () => 'returns-note',
      onResetInEscrow: () => 'stacks-note',
      rejectingShows: () => 'while-moving',
      onCassetteBack: () => pick(['initializes', 'powers-up'] as const, random),
    }),
  // A credit is told until it is acknowledged (§7), and a note that was stacked does not come back.
  lacks: ['state-repeated', 'credit-event-lost', 'note-back-after-stack'],
  habitsOf: {},
  failures: [0xa2, 0xa5, 0xab],
  refusal: deviceFrame(answer.communicationError),
  hostWord: (bytes) => {
    switch (bytes[2]) {
      case command.statusRequest:
        return 'ask';
      case command.reset:
        return 'reset';
      case command.setInhibit:
        return bytes[3] === isInhibited ? undefined : 'open';
      case command.stack1:
      case command.stack2:
        return 'stack';
      default:
        return undefined;
    }
  },
  deviceWord: (bytes) => {
    if (bytes.length < 5) return undefined;
    const payload = bytes.subarray(2, -2);
    if (Buffer.compare(Buffer.from(deviceFrame(payload)), bytes) !== 0) return undefined;
    const [told = 0] = payload;
    if (told >= notStatusFrom || told === answer.ack[0] || told === answer.invalidCommand[0])
      return undefined;
    if (told === status.idling) return 'idling';
    return told === status.escrow || told === status.holding ? 'escrow' : 'other';
  },
};
