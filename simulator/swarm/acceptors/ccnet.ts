import { deviceFrame } from '../../devices/ccnet/frame.ts';
import { type CcnetSettings, usualCcnetSettings } from '../../devices/ccnet/settings.ts';
import { pick } from '../../random.ts';
import { oddHabits, type SwarmAcceptor } from './swarm-acceptor.ts';

const code = { reset: 0x30, poll: 0x33, enable: 0x34, stack: 0x35 } as const;
const state = { acknowledged: 0x00, idling: 0x14, escrow: 0x80, refused: 0xff } as const;

export const ccnetInSwarm: SwarmAcceptor<CcnetSettings> = {
  drawHabits: (random) =>
    oddHabits<CcnetSettings>(random, {
      onNak: () => 'waits-for-command',
      onSilentHost: () => 'stops-accepting',
      onDisableWithNote: () => 'returns-note',
      whileEjecting: () => pick(['returning', 'returned'] as const, random),
      onCassetteBack: () => 'initializes',
      settingsLegal: () => pick(['at-rest', 'always'] as const, random),
      setSecurity: () => 'always-illegal',
      recoveredCreditSurvivesPowerLoss: () => false,
      busyAfterResetMs: () => random.nextInt(3_000),
    }),
  lacks: [],
  habitsOf: {
    'state-repeated': { hearsAck: false },
    'credit-event-lost': { holdsReportsUntilAck: false },
    'note-back-after-stack': { onStack: 'returns-note' },
  },
  failures: [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x5f],
  // CCNET §2: NAK.
  refusal: Uint8Array.of(0x02, 0x03, 0x06, 0xff, 0xba, 0x8d),
  hostWord: (bytes) => {
    switch (bytes[3]) {
      case code.poll:
        return 'ask';
      case code.reset:
        return 'reset';
      case code.enable:
        return bytes.subarray(4, 7).some((mask) => mask !== 0) ? 'open' : undefined;
      case code.stack:
        return 'stack';
      default:
        return undefined;
    }
  },
  deviceWord: (bytes) => {
    if (bytes.length < 6) return undefined;
    const payload = bytes.subarray(3, -2);
    const whole = deviceFrame(usualCcnetSettings.address, payload);
    if (Buffer.compare(Buffer.from(whole), bytes) !== 0) return undefined;
    switch (payload[0]) {
      case state.acknowledged:
      case state.refused:
        return undefined;
      case state.idling:
        return 'idling';
      case state.escrow:
        return 'escrow';
      default:
        return 'other';
    }
  },
};
