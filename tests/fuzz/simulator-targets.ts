import { encodeFrame } from '../../hardware/banknote/ccnet/frame.ts';
import * as ebdsFrame from '../../hardware/banknote/ebds/frame.ts';
import * as esspFrame from '../../hardware/banknote/essp/frame.ts';
import * as id003Frame from '../../hardware/banknote/id003/frame.ts';
import type { LineDevice } from '../../hardware/link/memory.ts';
import { AcceptorMechanics } from '../../simulator/devices/acceptor/mechanics.ts';
import { realTimings } from '../../simulator/devices/acceptor/timings.ts';
import { CcnetAcceptor } from '../../simulator/devices/ccnet/acceptor.ts';
import { EbdsAcceptor } from '../../simulator/devices/ebds/acceptor.ts';
import { EsspAcceptor } from '../../simulator/devices/essp/acceptor.ts';
import { Id003Acceptor } from '../../simulator/devices/id003/acceptor.ts';
import { EscPosPrinter } from '../../simulator/devices/printer/escpos-printer.ts';
import { printerModels } from '../../simulator/devices/printer/models.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import type { Decoder, FuzzTarget } from './target.ts';

/* The simulated devices: a host that says anything must not end them either. */

export const simulatorTargets: readonly FuzzTarget[] = [
  {
    name: 'simulated-ccnet',
    share: 0.4,
    open: () => ({ ...device(ccnetDevice, ccnetCommands), dress: encodeFrame }),
  },
  {
    name: 'simulated-id003',
    share: 0.4,
    open: () => ({ ...device(id003Device, id003Commands), dress: id003Frame.encodeFrame }),
  },
  {
    name: 'simulated-essp',
    share: 0.4,
    open: () => ({ ...device(esspDevice, esspCommands), dress: esspFrame.encodeFrame }),
  },
  {
    name: 'simulated-ebds',
    share: 0.4,
    open: () => ({ ...device(ebdsDevice, ebdsCommands), dress: ebdsFrame.encodeFrame }),
  },
  { name: 'simulated-printer', share: 0.4, open: () => device(printerDevice, printerCommands) },
];

/** Longer than any of them takes to start. */
const bootMs = 10_000;

const ccnetCommands = [
  '0203063041b3',
  '02030633da81',
  '020306374fd1',
  '02030c34fffffffffffffef7',
  '020306 35ece4',
];
const id003Commands = [
  'fc05402b15',
  'fc05112756',
  'fc05886f5f',
  'fc07c000002db5',
  'fc06c30004d6',
  'fc05423936',
  'fc0550aa05',
];
const esspCommands = [
  '7f8001116582',
  '7f000206083c14',
  '7f8001051d82',
  '7f0003027f7f002d9a',
  '7f80010a3f82',
  '7f0001071188',
  '7f8001185382',
  '7f00094c064003000000000008 9e',
];
const ebdsCommands = [
  '020811001c140311',
  '0208107f3c14034f',
  '0208107f5c14032f',
  '021170 03001c147f00000000000000 0315',
  '020a7002001c14070377',
  '020b7004001c141e000369',
  '0208607f7f7f0317',
  '02086000000b0363',
];
const printerCommands = [
  ...[
    '1b40',
    '1004011004021004031004 04',
    '1d6101',
    '1d72 01',
    '1d2848060030303031',
    '1b6102',
    '1d21111b4501414243 0a',
  ],
  ...[
    '1d763000020002 00ffff',
    '1d286b0300315031',
    '1d6b4904 41424344',
    '1d5642 00',
    '1b2a2101 00ffffff0a',
    '1c70 0100',
  ],
];

function ccnetDevice(clock: VirtualClock): LineDevice {
  const mechanics = new AcceptorMechanics(clock, realTimings);
  const acceptor = new CcnetAcceptor(clock, mechanics);
  mechanics.powerOn();
  return acceptor;
}

function id003Device(clock: VirtualClock): LineDevice {
  const mechanics = new AcceptorMechanics(clock, realTimings);
  const acceptor = new Id003Acceptor(clock, mechanics);
  mechanics.powerOn();
  return acceptor;
}

function esspDevice(clock: VirtualClock): LineDevice {
  const mechanics = new AcceptorMechanics(clock, realTimings);
  const acceptor = new EsspAcceptor(clock, mechanics);
  mechanics.powerOn();
  return acceptor;
}

function ebdsDevice(clock: VirtualClock): LineDevice {
  const mechanics = new AcceptorMechanics(clock, realTimings);
  const acceptor = new EbdsAcceptor(clock, mechanics);
  mechanics.powerOn();
  return acceptor;
}

function printerDevice(clock: VirtualClock): LineDevice {
  return new EscPosPrinter({ model: printerModels['epson-tm-t88vi'], clock, flow: 'wire' });
}

function device(make: (clock: VirtualClock) => LineDevice, commands: readonly string[]): Decoder {
  return {
    shape: 'bytes',
    samples: commands.map((hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex')),
    read: async (input) => {
      const clock = new VirtualClock();
      const line = make(clock);
      await clock.advance(bootMs);
      let answered = 0;
      line.connect((bytes) => {
        answered += bytes.length;
      });
      line.receive(input);
      await clock.advance(2_000);
      line.connect(undefined);
      return answered > 0 ? 'taken' : 'refused';
    },
  };
}
