import { chooseAction } from '../note-path/choose.ts';
import { type Command, type DenominationMask, denominationCount } from './message.ts';
import type { DialogState } from './state.ts';

/** In the order in which a unit that waits after RESET is told (ID-003 §6); none of them lets a note in. */
const settings = [
  'set-denominations',
  'set-security',
  'set-direction',
  'set-options',
  'set-polled',
] as const satisfies readonly Command['kind'][];

export const settingsCount = settings.length;

/** The command other than a question about the state that is wanted and allowed at this moment. */
export function chooseCommand(state: DialogState, nowMonoMs: number): Command | undefined {
  const action = chooseAction(state, nowMonoMs);
  switch (action?.kind) {
    case undefined:
      return undefined;
    case 'read':
      return state.questionsAnswered === 0 ? { kind: 'version' } : { kind: 'currency-assign' };
    case 'configure':
      return settingCommand(state);
    case 'accept':
      return acceptCommand(state, action.kinds);
    case 'stack':
    case 'return':
    case 'reset':
      return { kind: action.kind };
  }
}

function settingCommand(state: DialogState): Command {
  const kind = settings[state.settingsMade] ?? 'set-polled';
  switch (kind) {
    case 'set-denominations':
      return { kind, taken: 0 };
    case 'set-security':
      return { kind, high: state.options.highSecurity };
    default:
      return { kind };
  }
}

/** The denominations first, while nothing is let in if the unit wants that; then the inhibit goes. */
function acceptCommand(state: DialogState, kinds: readonly number[]): Command {
  if (kinds.length === 0) return { kind: 'inhibit', on: true };
  const taken = maskOf(kinds);
  if (state.takenSet === taken) return { kind: 'inhibit', on: false };
  const isEnabled = state.view?.kind === 'idling';
  if (isEnabled && state.inhibitsFirst) return { kind: 'inhibit', on: true };
  return { kind: 'set-denominations', taken };
}

function maskOf(kinds: readonly number[]): DenominationMask {
  return kinds.reduce((mask, type) => mask | (1 << type), 0);
}

export function kindsOf(mask: DenominationMask): readonly number[] {
  return Array.from({ length: denominationCount }, (_, type) => type).filter(
    (type) => (mask & (1 << type)) !== 0,
  );
}

/** What is asked when a poll is due: IDLING is believed only of something that answers VERSION as no cable can. */
export function chooseQuestion(state: DialogState): Command {
  return state.proofWanted ? { kind: 'version' } : { kind: 'status' };
}
