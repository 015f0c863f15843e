import type { Surroundings } from '../context.ts';
import type { Terminal } from '../core/terminal.ts';
import type { CashBlock } from '../health/state.ts';
import { blockOf } from '../session/visit.ts';
import type { Condition } from './condition.ts';
import type { RunState } from './run-state.ts';

export function conditionOf(terminal: Terminal, context: Surroundings, run: RunState): Condition {
  const { health, till } = terminal;
  const { connected, enabled, faults, identity } = health.acceptor;
  const { ready, paperLow, fault } = health.printer;
  const why = blockOf(terminal, context);
  return {
    ...run,
    state: stateOf(terminal, why),
    why,
    // A call for help stays secret: whoever forced somebody to sign in may stand behind a monitor too.
    alarms: health.alarms.filter(({ alarm }) => alarm !== 'staff-under-duress'),
    acceptor: {
      connected,
      enabled,
      faults,
      protocol: identity?.protocol,
      model: identity?.model,
      serialNumber: identity?.serialNumber,
      firmware: identity?.firmware,
    },
    printer: { ready, paperLow, fault },
    cassetteNumber: till.cassetteNumber,
  };
}

function stateOf({ session, serviceMode }: Terminal, why: CashBlock | undefined): Condition['state'] {
  if (serviceMode !== undefined) return 'in-service';
  const { kind } = session.step;
  if (kind === 'attract') return why === undefined ? 'free' : 'out-of-service';
  return kind === 'starting' ? 'out-of-service' : 'in-use';
}
