import type { Random } from '../../../terminal/ports.ts';
import { pick } from '../../random.ts';
import { type CallName, callNames } from '../../wallet/call-names.ts';
import type { WalletFault } from '../../wallet/faults.ts';
import type { Strike, Strikes } from './strike.ts';

/* What the network and the backend do. */

export const networkStrikes: Strikes<
  | 'network-gone'
  | 'request-lost'
  | 'answer-lost'
  | 'backend-slow'
  | 'request-doubled'
  | 'answers-reordered'
  | 'half-open'
  | 'slow-body'
  | 'too-many-requests'
  | 'server-error'
  | 'gateway-error'
  | 'signature-bad'
  | 'signature-missing'
  | 'forged-answer'
  | 'answer-of-another'
  | 'wrong-id'
  | 'wrong-amount'
  | 'wrong-wallet'
  | 'top-up-refused'
  | 'credited-later'
  | 'key-forgotten'
  | 'backend-key-changed'
  | 'backend-restored'
  | 'backend-clock-off'
> = {
  'network-gone': ({ world }) => {
    world.network.plugged = false;
    return () => {
      world.network.plugged = true;
    };
  },
  'request-lost': any(() => ({ kind: 'drop-before' })),
  'answer-lost': any(() => ({ kind: 'drop-after' })),
  'backend-slow': any((chance) => ({ kind: 'slow', delayMs: 200 + chance.nextInt(30_000) })),
  'request-doubled': any(() => ({ kind: 'duplicate' })),
  'answers-reordered': any((chance) => ({ kind: 'reorder', delayMsMax: 1_000 + chance.nextInt(20_000) })),
  'half-open': any(() => ({ kind: 'stall' })),
  'slow-body': any((chance) => ({ kind: 'stall', forMs: 500 + chance.nextInt(40_000) })),
  'too-many-requests': any((chance) => ({ kind: 'too-many-requests', retryAfterS: chance.nextInt(300) })),
  'server-error': any(() => ({ kind: 'server-error' })),
  'gateway-error': any((chance) => ({
    kind: 'gateway-error',
    status: pick([400, 403, 404, 409, 422, 500, 502, 503, 504] as const, chance),
  })),
  'signature-bad': any(() => ({ kind: 'bad-signature' })),
  'signature-missing': any(() => ({ kind: 'unsigned' })),
  'forged-answer': money((chance) => ({ kind: 'forged', by: pick(['nobody', 'stranger'] as const, chance) })),
  'answer-of-another': money((chance) => ({
    kind: 'forged',
    by: 'backend',
    differs: pick(['operationId', 'amountMinor', 'wallet'] as const, chance),
  })),
  'wrong-id': money(() => ({ kind: 'wrong-id' })),
  'wrong-amount': money(() => ({ kind: 'wrong-amount' })),
  'wrong-wallet': money(() => ({ kind: 'wrong-wallet' })),
  'top-up-refused': money((chance) => ({
    kind: 'refuse',
    reason: pick(['wallet-blocked', 'limit-exceeded', 'wallet-closed'] as const, chance),
    retryable: chance.nextInt(2) === 0,
  })),
  'credited-later': money((chance) => ({
    kind: 'accept',
    creditAfterMs: 1_000 + chance.nextInt(300_000),
    promises: chance.nextInt(2) === 0,
  })),
  'key-forgotten': ({ world }) => {
    world.backend.forgetKeys();
    return () => void world.backend.enrol(world.settings.terminal.number, world.machine.deviceKey.publicKey);
  },
  'backend-key-changed': (stage) => {
    stage.world.backend.changeKey();
    // Somebody writes the new key into the settings, and starts the terminal with them.
    return () => stage.restart('new key of the backend');
  },
  'backend-restored': (stage, { lastsMs }) => {
    const { world } = stage;
    const backup = world.backend.takeBackup();
    world.clock.setTimer(lastsMs, () => stage.restoreBackend(backup));
    return undefined;
  },
  'backend-clock-off': any((chance) => {
    const offsetMs = 60_000 + chance.nextInt(6 * 3_600_000);
    return { kind: 'clock-skew', offsetMs: chance.nextInt(2) === 0 ? offsetMs : -offsetMs };
  }),
};

/** For all calls, or for one kind of them; for a while, or for so many requests. */
function any(faultOf: (chance: Random) => WalletFault): Strike {
  return struckCall(faultOf, (chance) => (chance.nextInt(2) === 0 ? undefined : pick(callNames, chance)));
}

/** Only where money is asked for. */
function money(faultOf: (chance: Random) => WalletFault): Strike {
  return struckCall(faultOf, (chance) => pick(['top-up', 'batch'] as const, chance));
}

function struckCall(
  faultOf: (chance: Random) => WalletFault,
  callOf: (chance: Random) => CallName | undefined,
): Strike {
  return ({ world }, { chance }) => {
    const call = callOf(chance);
    const times = chance.nextInt(2) === 0 ? 1 + chance.nextInt(4) : undefined;
    return world.backend.faults.add(faultOf(chance), {
      ...(call !== undefined && { call }),
      ...(times !== undefined && { times }),
    });
  };
}
