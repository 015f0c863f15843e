import type { HandChanges } from '../../devices/printer/circumstances.ts';
import { once, type Strike, type Strikes } from './strike.ts';

/* What happens to the printer and its paper. */

export const printerStrikes: Strikes<
  | 'paper-out'
  | 'paper-ends-in-slip'
  | 'cover-open'
  | 'printer-power-cut'
  | 'power-cut-in-slip'
  | 'printer-hangs'
  | 'cutter-stuck'
  | 'paper-stuck'
  | 'head-hot'
  | 'proof-lost'
  | 'prints-nothing'
> = {
  'paper-out': ({ world }) => {
    world.printer.change({ rollMm: 0 });
    return () => world.printer.putNewRoll();
  },
  'paper-ends-in-slip': ({ world }, { chance }) => {
    world.printer.change({ rollMm: 1 + chance.nextInt(160) });
    return () => world.printer.putNewRoll();
  },
  'cover-open': changed({ isCoverOpen: true }, { isCoverOpen: false }),
  'printer-power-cut': ({ world }) => {
    world.printer.powerOff();
    return () => world.printer.powerOn();
  },
  'power-cut-in-slip': ({ world }, { chance }) => {
    world.printer.powerOffAfterBytes(1 + chance.nextInt(6_000));
    return () => world.printer.powerOn();
  },
  'printer-hangs': changed({ isHung: true }, { isHung: false }),
  'cutter-stuck': changed({ isCutterStuck: true }, { isCutterStuck: false }),
  'paper-stuck': changed({ isPaperStuck: true }, { isPaperStuck: false }),
  'head-hot': changed({ isHeadHot: true }, { isHeadHot: false }),
  'proof-lost': once(({ world }, { chance }) => {
    for (let lost = chance.nextInt(8); lost >= 0; lost -= 1) world.printerCable.order('to-host', 'lose');
  }),
  'prints-nothing': ({ world }) => {
    world.printer.change({ rollMm: 0, doesPaperSensorLie: true });
    return () => {
      world.printer.change({ doesPaperSensorLie: false });
      world.printer.putNewRoll();
    };
  },
};

function changed(to: HandChanges, back: HandChanges): Strike {
  return ({ world }) => {
    world.printer.change(to);
    return () => world.printer.change(back);
  };
}
