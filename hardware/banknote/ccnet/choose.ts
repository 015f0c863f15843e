import { chooseAction } from '../note-path/choose.ts';
import { type Command, type TypeMask, typeCount } from './message.ts';
import type { DialogState } from './state.ts';

/** The command other than a poll that is wanted and allowed at this moment (CCNET §5). */
export function chooseCommand(state: DialogState, nowMonoMs: number): Command | undefined {
  const action = chooseAction(state, nowMonoMs);
  switch (action?.kind) {
    case undefined:
      return undefined;
    case 'read':
      return state.questionsAnswered === 0 ? { kind: 'identification' } : { kind: 'get-bill-table' };
    case 'configure':
      return { kind: 'set-security', high: state.options.highSecurityTypes };
    case 'accept':
      return { kind: 'enable', types: maskOf(action.kinds) };
    case 'stack':
    case 'return':
    case 'reset':
      return { kind: action.kind };
  }
}

function maskOf(kinds: readonly number[]): TypeMask {
  return kinds.reduce((mask, type) => mask | (1 << type), 0);
}

export function typesOf(mask: TypeMask): readonly number[] {
  return Array.from({ length: typeCount }, (_, type) => type).filter((type) => (mask & (1 << type)) !== 0);
}
