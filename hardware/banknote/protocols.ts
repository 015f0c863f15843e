import type { AcceptorDriver, AcceptorProtocol } from '../../terminal/devices.ts';
import type { SerialSettings } from '../link/serial.ts';
import { createCcnetDriver } from './ccnet/driver.ts';
import { ccnetSerialSettings } from './ccnet/options.ts';
import { createEbdsDriver } from './ebds/driver.ts';
import { ebdsSerialSettings } from './ebds/options.ts';
import { createEsspDriver } from './essp/driver.ts';
import { esspSerialSettings } from './essp/options.ts';
import { createId003Driver } from './id003/driver.ts';
import { id003SerialSettings } from './id003/options.ts';
import type { AcceptorParts } from './note-path/driver.ts';

/** What a host must know of an acceptor's protocol to put a driver on its line. */
export interface AcceptorProtocolParts {
  /** As technicians call it. */
  readonly name: string;
  readonly serial: SerialSettings;
  readonly createDriver: (parts: AcceptorParts) => AcceptorDriver;
}

const protocols: Readonly<Record<AcceptorProtocol, AcceptorProtocolParts>> = {
  ccnet: { name: 'CCNET', serial: ccnetSerialSettings, createDriver: createCcnetDriver },
  id003: { name: 'ID-003', serial: id003SerialSettings, createDriver: createId003Driver },
  essp: { name: 'eSSP', serial: esspSerialSettings, createDriver: createEsspDriver },
  ebds: { name: 'EBDS', serial: ebdsSerialSettings, createDriver: createEbdsDriver },
};

export function acceptorProtocol(protocol: AcceptorProtocol): AcceptorProtocolParts {
  return protocols[protocol];
}
