import type { HealthStep } from '../health/decide.ts';
import { type Decision, decided } from './decision.ts';
import type { Terminal } from './terminal.ts';

/** Takes over what came of a report about the machine. */
export function fromHealth(terminal: Terminal, step: HealthStep): Decision {
  const { resetAcceptorAfterMs } = step;
  return decided(
    { ...terminal, health: step.health },
    {
      facts: step.facts,
      effects:
        resetAcceptorAfterMs === undefined
          ? []
          : [{ kind: 'start-timer', timer: 'acceptor-reset', delayMs: resetAcceptorAfterMs }],
    },
  );
}
