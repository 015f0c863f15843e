import type { AcceptorProtocol } from '../../../terminal/devices.ts';
import type { AcceptorHabits } from '../../acceptor-faces.ts';
import { ccnetInSwarm } from './ccnet.ts';
import { ebdsInSwarm } from './ebds.ts';
import { esspInSwarm } from './essp.ts';
import { id003InSwarm } from './id003.ts';
import type { SwarmAcceptor } from './swarm-acceptor.ts';

const acceptors: { readonly [Protocol in AcceptorProtocol]: SwarmAcceptor<AcceptorHabits[Protocol]> } = {
  ccnet: ccnetInSwarm,
  id003: id003InSwarm,
  essp: esspInSwarm,
  ebds: ebdsInSwarm,
};

export type AnyHabits = AcceptorHabits[AcceptorProtocol];

/** What the swarm knows of that protocol. */
export function acceptorInSwarm(protocol: AcceptorProtocol): SwarmAcceptor<AnyHabits> {
  return acceptors[protocol] as SwarmAcceptor<AnyHabits>;
}
