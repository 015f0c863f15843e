import type { TapRecord } from '../../hardware/link/tap.ts';
import type { AcceptorFacts, HostWord } from './acceptor-facts.ts';
import { pick } from './pick.ts';

const omnibus = 1;
const auxiliary = 6;
const extended = 7;
const noteEnables = 0x03;
const stackBit = 0x20;
const returnBit = 0x40;

/** Every poll says whether notes are let in: only a change is a word of its own. */
function listen(): (record: TapRecord) => HostWord | undefined {
  let isOpen = false;
  return (record) => {
    if (record.kind !== 'to-device') return undefined;
    const [, , control = 0, first = 0, second = 0] = record.bytes;
    const type = control >> 4;
    if (type === auxiliary) return first === 0x7f ? 'reset' : 'other';
    if (type === extended) return first === noteEnables ? 'accept' : 'other';
    if (type !== omnibus) return 'other';
    if ((second & stackBit) !== 0) return 'stack';
    if ((second & returnBit) !== 0) return 'return';
    const wasOpen = isOpen;
    isOpen = first !== 0;
    return isOpen === wasOpen ? 'other' : 'accept';
  };
}

export const ebdsCase: AcceptorFacts<'ebds'> = {
  listen,
  failure: { code: 0x01, detail: 'the unit says that it has failed' },
  tellsPause: true,
  tellsJamPlace: false,
  model: 'Cashflow SC66',
  foreignMoney: 'note 1 is money of "RUB"',
  drawHabits: (random) => ({
    eventReplies: pick(random, [1, 2, 5]),
    onSameBit: pick(random, ['repeats', 'repeats', 'acts'] as const),
    stackedTold: pick(random, ['block', 'block', 'value', 'bare'] as const),
    foundNoteTold: pick(random, ['block', 'bare', 'nothing'] as const),
    onNoteInHead: pick(random, ['returns', 'holds', 'holds-until-reset'] as const),
    untoldCredit: pick(random, ['forgotten', 'told-again'] as const),
    gateInExtendedMode: pick(random, ['heeded', 'ignored'] as const),
    onGateShutWithNote: pick(random, ['keeps-note', 'returns-note'] as const),
    hostSilenceMs: pick(random, ['never', 5_000] as const),
    faultEnds: pick(random, ['at-reset', 'by-itself'] as const),
    onCassetteBack: pick(random, ['waits-for-reset', 'goes-on', 'powers-up'] as const),
    enablesBytes: pick(random, [8, 19] as const),
    settingAnswer: pick(random, ['omnibus', 'extended'] as const),
    sideMessages: pick(random, ['known', 'invalid', 'unanswered'] as const),
    returningShows: pick(random, ['until-taken', 'while-moving'] as const),
    sendsEnq: pick(random, [true, false]),
    onResetInEscrow: pick(random, ['returns-note', 'stacks-note'] as const),
    resetAnswer: pick(random, ['none', 'power-up'] as const),
    powerUpPollMsMax: pick(random, [450, 60_000]),
    replyDelayMs: pick(random, [4, 10, 35]),
  }),
  repeatsCredits: () => true,
};
