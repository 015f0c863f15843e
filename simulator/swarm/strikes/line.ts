import type { SimulatedDevice } from '../../devices/simulated-device.ts';
import { loopedBackCable, modem } from '../../devices/strangers.ts';
import type { FaultyLine, LineFault, LineFaultRates } from '../../faulty-line.ts';
import type { Stage } from '../stage.ts';
import type { Strike, Strikes } from './strike.ts';

/* What happens to bytes on their way, and to plugs. */

export const lineStrikes: Strikes<
  | 'line-lose'
  | 'line-truncate'
  | 'line-flip'
  | 'line-split'
  | 'line-delay'
  | 'line-duplicate'
  | 'line-noise'
  | 'line-stale'
  | 'printer-line-noise'
  | 'nak-storm'
  | 'line-looped-back'
  | 'line-wrong-device'
  | 'acceptor-unplugged'
  | 'wire-broken'
  | 'printer-unplugged'
> = {
  'line-lose': badLine('lose'),
  'line-truncate': badLine('truncate'),
  'line-flip': badLine('flip'),
  'line-split': badLine('split'),
  'line-delay': badLine('delay'),
  'line-duplicate': badLine('duplicate'),
  'line-noise': badLine('noise'),
  'line-stale': badLine('stale'),
  'printer-line-noise': (stage, { chance }) => {
    const rates: LineFaultRates = { lose: 60, truncate: 60, split: 200, delay: 200, duplicate: 60 };
    return makeWorse(stage.world.printerCable, chance.nextInt(2) === 0 ? rates : { lose: 400 });
  },
  'nak-storm': plugIn((stage) => answersNak(stage)),
  'line-looped-back': plugIn(({ world }) => loopedBackCable(world.clock)),
  'line-wrong-device': plugIn(({ world }) => modem(world.clock)),
  'acceptor-unplugged': ({ world }) => {
    world.acceptorLine.unplug();
    return () => world.acceptorLine.plug();
  },
  'wire-broken': ({ world }) => {
    world.acceptorCable.unplug();
    return () => world.acceptorCable.replug();
  },
  'printer-unplugged': ({ world }) => {
    world.printerLine.unplug();
    return () => world.printerLine.plug();
  },
};

/** How often a fault of the line may strike, in thousandths of the chunks. */
const lineRates = [20, 80, 250, 600] as const;

function badLine(fault: LineFault): Strike {
  return ({ world }, { chance }) => {
    const rate = lineRates[chance.nextInt(lineRates.length)] ?? 80;
    return makeWorse(world.acceptorCable, { [fault]: rate });
  };
}

/** Adds rates to those of other troubles, and takes exactly them away again. */
function makeWorse(cable: FaultyLine, rates: LineFaultRates): () => void {
  const add = (sign: 1 | -1): void => {
    const sum: Partial<Record<LineFault, number>> = { ...cable.rates };
    for (const [fault, rate] of Object.entries(rates)) {
      sum[fault as LineFault] = (sum[fault as LineFault] ?? 0) + sign * rate;
    }
    cable.rates = sum;
  };
  add(1);
  return () => add(-1);
}

function plugIn(stranger: (stage: Stage) => SimulatedDevice): Strike {
  return (stage) => {
    const { acceptorPort, acceptor } = stage.world;
    acceptorPort.swap(stranger(stage));
    return () => acceptorPort.swap(acceptor);
  };
}

const nakDelayMs = 4;

/** Understands nothing. */
function answersNak({ world, acceptor }: Stage): SimulatedDevice {
  const nak = acceptor.refusal ?? new Uint8Array(0);
  let sendToHost: ((bytes: Uint8Array) => void) | undefined;
  return {
    receive: () => void world.clock.setTimer(nakDelayMs, () => sendToHost?.(nak)),
    connect: (send) => {
      sendToHost = send;
    },
  };
}
