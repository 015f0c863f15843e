import type { HandChanges } from '../../devices/printer/circumstances.ts';
import type { Stage } from '../stage.ts';
import { once, type Strike, type Strikes } from './strike.ts';

/* What happens to the printer and its paper. */

/** Cover open, old roll out, new roll in, cover shut. */
const rollChangeMs = 4_000;

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
  'paper-out': (stage) => {
    const { world } = stage;
    world.printer.change({ rollMm: 0 });
    return () => changeRoll(stage);
  },
  'paper-ends-in-slip': (stage, { chance }) => {
    const { world } = stage;
    world.printer.change({ rollMm: 1 + chance.nextInt(160) });
    return () => changeRoll(stage);
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
  'prints-nothing': (stage) => {
    const { world } = stage;
    world.printer.change({ rollMm: 0, doesPaperSensorLie: true });
    return () => {
      world.printer.change({ doesPaperSensorLie: false });
      return changeRoll(stage);
    };
  },
};

/** Nobody gets at the roll but through the cover, and a printer says so when it stands open. */
async function changeRoll(stage: Stage): Promise<void> {
  const { world } = stage;
  world.printer.change({ isCoverOpen: true });
  await stage.sleep(rollChangeMs);
  // Somebody else has shut it meanwhile: the roll is theirs, or out of reach again.
  if (!world.printer.circumstances.isCoverOpen) {
    if (world.printer.circumstances.rollMm === 0) await changeRoll(stage);
    return;
  }
  world.printer.putNewRoll();
  world.printer.change({ isCoverOpen: false });
}

function changed(to: HandChanges, back: HandChanges): Strike {
  return ({ world }) => {
    world.printer.change(to);
    return () => world.printer.change(back);
  };
}
