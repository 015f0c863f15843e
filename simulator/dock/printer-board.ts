import type { ConsoleRemark } from '../device-console.ts';
import type { ConsoleEvent } from '../devices/printer/hand-commands.ts';
import type { PassedBytes } from '../traced-device.ts';
import { dockLimits, type PrinterAction, type PrinterState, type SlipState } from './contract.ts';

/** All that a simulated printer's process tells. */
export type PrinterNews = ConsoleEvent | ConsoleRemark | PassedBytes;

export const printerAtStart: PrinterState = {
  powered: true,
  plugged: true,
  paper: 'plenty',
  paperStuck: false,
  coverOpen: false,
  cutterStuck: false,
  headHot: false,
};

/** What each action of a hand leaves behind; the printer tells nothing of most of them. */
const traces: Readonly<Record<PrinterAction, Partial<PrinterState>>> = {
  'paper out': { paper: 'out' },
  'paper low': { paper: 'low' },
  'paper in': { paper: 'plenty' },
  'paper jam': { paperStuck: true },
  'paper clear': { paperStuck: false },
  'cover open': { coverOpen: true },
  'cover close': { coverOpen: false },
  'cutter jam': { cutterStuck: true },
  'cutter clear': { cutterStuck: false },
  'head hot': { headHot: true },
  'head cool': { headHot: false },
  take: {},
  'power off': { powered: false },
  'power on': { powered: true },
  unplug: { plugged: false },
  replug: { plugged: true },
};

export function printerAfterAction(state: PrinterState, action: PrinterAction): PrinterState {
  // A roll that has run out is not made low by hands.
  if (action === 'paper low' && state.paper === 'out') return state;
  return { ...state, ...traces[action] };
}

/** What a technician would do to a printer found like this. */
export function printerRepairs(state: PrinterState): readonly PrinterAction[] {
  const needed: readonly (readonly [boolean, PrinterAction])[] = [
    [!state.plugged, 'replug'],
    [!state.powered, 'power on'],
    [state.paper !== 'plenty', 'paper in'],
    [state.paperStuck, 'paper clear'],
    [state.cutterStuck, 'cutter clear'],
    [state.headHot, 'head cool'],
    [state.coverOpen, 'cover close'],
  ];
  return needed.filter(([isNeeded]) => isNeeded).map(([, action]) => action);
}

const actionWords: Partial<Readonly<Record<PrinterAction, string>>> = {
  'paper low': 'The roll is nearly at its end',
  'paper in': 'New roll of paper',
  'paper jam': 'Paper stuck in the printer',
  'paper clear': 'Stuck paper freed',
  'cover open': 'Printer’s cover opened',
  'cover close': 'Printer’s cover closed',
  'cutter jam': 'The knife is stuck',
  'cutter clear': 'The knife is free again',
  'head hot': 'The print head is too hot',
  'head cool': 'The print head has cooled',
  'power off': 'Printer switched off',
  'power on': 'Printer switched on',
  unplug: 'Printer’s cable pulled out',
  replug: 'Printer’s cable back in',
};

export function printerActionHappening(action: PrinterAction): string | undefined {
  return actionWords[action];
}

export function printerHappening(event: PrinterNews): string | undefined {
  switch (event.kind) {
    case 'printed':
      return `Slip ${event.number} printed`;
    case 'torn':
      return `Slip ${event.number} torn off, not cut`;
    case 'ticket-taken':
      return `You took slip ${event.number}`;
    case 'ticket-retracted':
      return `Slip ${event.number} drawn back in`;
    case 'paper-ended':
      return 'The paper has run out';
    default:
      return undefined;
  }
}

/** The latest slips, newest first. */
export function slipsAfter(
  slips: readonly SlipState[],
  event: PrinterNews,
  nowMs: number,
): readonly SlipState[] {
  switch (event.kind) {
    case 'printed':
    case 'torn': {
      const where = event.kind === 'torn' ? 'taken' : 'hanging';
      return [{ number: event.number, atMs: nowMs, where } as const, ...slips].slice(0, dockLimits.slipsMax);
    }
    case 'ticket-taken':
      return moved(slips, event.number, 'taken');
    case 'ticket-retracted':
      return moved(slips, event.number, 'swallowed');
    case 'ticket-ejected':
      return moved(slips, event.number, 'dropped');
    default:
      return slips;
  }
}

export function slipPictured(
  slips: readonly SlipState[],
  number: number,
  picture: string,
): readonly SlipState[] {
  return slips.map((slip) => (slip.number === number ? { ...slip, picture } : slip));
}

function moved(slips: readonly SlipState[], number: number, where: SlipState['where']): readonly SlipState[] {
  return slips.map((slip) => (slip.number === number ? { ...slip, where } : slip));
}
