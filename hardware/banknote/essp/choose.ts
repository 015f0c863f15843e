import { chooseAction } from '../note-path/choose.ts';
import { hostSecret, powerModulo } from './cipher.ts';
import { type ChannelMask, type Command, channelsMax } from './message.ts';
import type { DialogState, Session } from './state.ts';

/** The command that is wanted and allowed at this moment, besides asking how things stand. */
export function chooseCommand(state: DialogState, nowMonoMs: number): Command | undefined {
  if (state.session.kind === 'none') return undefined;
  if (state.session.kind === 'opening') return openingCommand(state, state.session);
  // Somebody else's note may lie in escrow, and every other question would let it in (§10).
  if (state.escrowTold === 'unknown') return { kind: 'reject' };
  if (state.rejection === 'wanted') return { kind: 'last-reject' };
  if (state.ackWanted && (state.credit === undefined || state.credit.confirmed)) return { kind: 'event-ack' };
  const action = chooseAction(state, nowMonoMs);
  switch (action?.kind) {
    case 'read':
      return state.questionsAnswered === 0 ? { kind: 'setup' } : { kind: 'serial-number' };
    case 'configure':
      return { kind: 'inhibits', taken: 0 };
    case 'accept':
      return acceptCommand(state, action.kinds);
    case 'stack':
      // The credit event of the note before is still told: it could not be told from this one's.
      return state.credit === undefined ? { kind: 'poll', acked: asksAcked(state), stacks: true } : undefined;
    case 'return':
      return { kind: 'reject' };
    case 'reset':
      // A lost unit is never reset: what it would lose may be a credit.
      return state.phase.kind === 'seeking' ? undefined : { kind: 'reset' };
    case undefined:
      return undefined;
  }
}

/** What is asked when nothing else is wanted: no poll while a note lies in escrow. */
export function chooseQuestion(state: DialogState): Command {
  if (state.session.kind === 'none') return { kind: 'sync' };
  return state.escrowTold === 'told'
    ? { kind: 'hold' }
    : { kind: 'poll', acked: asksAcked(state), stacks: false };
}

export function questionDueMonoMs(state: DialogState): number {
  const isHeld = state.session.kind === 'open' && state.escrowTold === 'told' && state.view !== undefined;
  return isHeld ? state.holdDueMonoMs : state.pollDueMonoMs;
}

/** Encryption is what EVENT ACK needs (§4). */
function asksAcked({ keys, knowsAck }: DialogState): boolean {
  return keys !== undefined && knowsAck;
}

function openingCommand(state: DialogState, session: Extract<Session, { kind: 'opening' }>): Command {
  const { generator, modulus } = state.options;
  switch (session.step) {
    case 'generator':
      return { kind: 'set-generator', value: generator };
    case 'modulus':
      return { kind: 'set-modulus', value: modulus };
    case 'exchange': {
      const secret = hostSecret(state.keySeed, state.exchangesMade);
      return { kind: 'key-exchange', value: powerModulo(generator, secret, modulus) };
    }
    case 'protocol':
      return { kind: 'protocol', version: session.version };
  }
}

function acceptCommand(state: DialogState, kinds: readonly number[]): Command {
  if (kinds.length === 0) return { kind: 'disable' };
  const taken = maskOf(kinds);
  return state.takenSet === taken ? { kind: 'enable' } : { kind: 'inhibits', taken };
}

function maskOf(channels: readonly number[]): ChannelMask {
  return channels.reduce((mask, channel) => mask | (1 << (channel - 1)), 0);
}

export function channelsOf(mask: ChannelMask): readonly number[] {
  return Array.from({ length: channelsMax }, (_, index) => index + 1).filter(
    (channel) => (mask & (1 << (channel - 1))) !== 0,
  );
}
