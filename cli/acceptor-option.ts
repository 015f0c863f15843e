import { type AcceptorProtocol, acceptorProtocols, isAcceptorProtocol } from '../terminal/devices.ts';

/** The protocol that `--acceptor` names. */
export function acceptorNamed(name: string): AcceptorProtocol {
  if (isAcceptorProtocol(name)) return name;
  console.error(`--acceptor: no protocol "${name}"; known: ${acceptorProtocols.join(', ')}`);
  process.exit(2);
}
