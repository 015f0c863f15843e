import type { Clock } from '../../terminal/ports.ts';
import type { SimulatedDevice } from './simulated-device.ts';

/** A cable whose ends are joined: every byte comes straight back. */
export function loopedBackCable(clock: Clock): SimulatedDevice {
  return answering(clock, (bytes) => bytes);
}

/** A modem on the acceptor's port: it answers whatever it hears with its own text. */
export function modem(clock: Clock): SimulatedDevice {
  const error = new TextEncoder().encode('\r\nERROR\r\n');
  return answering(clock, () => error);
}

const answerDelayMs = 3;

function answering(clock: Clock, answerTo: (bytes: Uint8Array) => Uint8Array): SimulatedDevice {
  let sendToHost: ((bytes: Uint8Array) => void) | undefined;
  return {
    receive: (bytes) => {
      const answer = answerTo(Uint8Array.from(bytes));
      clock.setTimer(answerDelayMs, () => sendToHost?.(answer));
    },
    connect: (send) => {
      sendToHost = send;
    },
  };
}
