import type { StaffPressed } from '../service-mode/event.ts';
import type { Pressed } from '../session/event.ts';
import { decodeUp } from './decode.ts';
import { contractLimits, type Offer } from './messages.ts';

/** Decides which words of a screen are presses. A screen may be broken, slow, or not ours at all. */
export interface PressGate {
  readonly recentPressIds: readonly string[];
  /** When the last presses came, on the monotonic clock; for the rate limit. */
  readonly recentTimesMonoMs: readonly number[];
}

export const closedGate: PressGate = { recentPressIds: [], recentTimesMonoMs: [] };

export type GateAnswer =
  | { readonly kind: 'pressed'; readonly pressed: Pressed | StaffPressed }
  | {
      readonly kind: 'refused';
      readonly why: 'too-long' | 'not-json' | 'not-in-contract' | 'too-fast' | 'told-twice' | 'not-offered';
    };

/** Lets one text through, or says why not. A press of a withdrawn offer and a press told twice are not errors. */
export function admit(
  gate: PressGate,
  text: string,
  offers: readonly Offer[],
  nowMonoMs: number,
): { readonly gate: PressGate; readonly answer: GateAnswer } {
  const lastSecond = gate.recentTimesMonoMs.filter((atMonoMs) => atMonoMs > nowMonoMs - 1_000);
  if (lastSecond.length >= contractLimits.pressesPerSecondMax) {
    return { gate: { ...gate, recentTimesMonoMs: lastSecond }, answer: { kind: 'refused', why: 'too-fast' } };
  }
  const counted: PressGate = { ...gate, recentTimesMonoMs: [...lastSecond, nowMonoMs] };
  const decoded = decodeUp(text);
  if (decoded.kind === 'refused') return { gate: counted, answer: decoded };
  const { pressId, offerId, value } = decoded.message;
  if (counted.recentPressIds.includes(pressId)) {
    return { gate: counted, answer: { kind: 'refused', why: 'told-twice' } };
  }
  const known: PressGate = {
    ...counted,
    recentPressIds: [...counted.recentPressIds, pressId].slice(-contractLimits.rememberedPressIds),
  };
  const offer = offers.find((candidate) => candidate.offerId === offerId);
  if (offer === undefined) return { gate: known, answer: { kind: 'refused', why: 'not-offered' } };
  const pressed = { kind: 'pressed', action: offer.action, value } as Pressed | StaffPressed;
  return { gate: known, answer: { kind: 'pressed', pressed } };
}
