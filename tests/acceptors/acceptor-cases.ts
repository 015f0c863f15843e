import { acceptorProtocol } from '../../hardware/banknote/protocols.ts';
import { type AcceptorProtocol, acceptorProtocols } from '../../terminal/devices.ts';
import type { AcceptorFacts } from './acceptor-facts.ts';
import { ccnetCase } from './ccnet-case.ts';
import { ebdsCase } from './ebds-case.ts';
import { esspCase } from './essp-case.ts';
import { id003Case } from './id003-case.ts';

/** One acceptor that every test here is about in its turn. */
export interface AcceptorCase extends AcceptorFacts {
  readonly protocol: AcceptorProtocol;
  readonly name: string;
}

const facts: { readonly [Protocol in AcceptorProtocol]: AcceptorFacts<Protocol> } = {
  ccnet: ccnetCase,
  id003: id003Case,
  essp: esspCase,
  ebds: ebdsCase,
};

export const acceptorCases: readonly AcceptorCase[] = acceptorProtocols.map((protocol) => ({
  ...(facts[protocol] as AcceptorFacts),
  protocol,
  name: acceptorProtocol(protocol).name,
}));
