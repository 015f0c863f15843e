import { type AcceptorFacts, eachFrame, type HostWord } from './acceptor-facts.ts';
import { pick } from './pick.ts';

const words: ReadonlyMap<number, HostWord> = new Map([
  [0x42, 'stack'],
  [0x43, 'return'],
  [0x40, 'reset'],
  [0xc0, 'accept'],
  [0xc3, 'accept'],
]);

export const id003Case: AcceptorFacts<'id003'> = {
  listen: eachFrame((frame) => words.get(frame[2] ?? -1) ?? 'other'),
  tellsJamPlace: true,
  tellsPause: true,
  failure: { code: 0xa2, detail: 'state 49 A2: stacker motor' },
  model: 'U(KAZ)-07-SS2',
  foreignMoney: 'code 61 is money of country 27 (RUB)',
  drawHabits: (random) => ({
    strayZeros: pick(random, [0, 1, 5]),
    onBadFrame: pick(random, ['communication-error', 'silence'] as const),
    silentReturnShows: pick(random, ['returning', 'nothing'] as const),
    onSilentHost: pick(random, ['nothing', 'inhibits', 'communication-error'] as const),
    vendValidNamesNote: pick(random, [true, false]),
    stackedShownMs: pick(random, [0, 50, 300, 1_500]),
    deafAfterMs: pick(random, ['never', 60_000] as const),
    onResetInVendValid: pick(random, ['forgets', 'repeats'] as const),
    vendValidSurvivesPowerLoss: pick(random, ['never', 'if-recovered', 'always'] as const),
    whileEjecting: pick(random, ['initialize', 'returning', 'rejecting'] as const),
    stacksFoundNote: pick(random, ['at-reset', 'after-settings'] as const),
    releasedBy: pick(random, ['all', 'set-denominations', 'set-inhibit'] as const),
    afterReset: pick(random, ['open', 'closed'] as const),
    settingsLegal: pick(random, ['always', 'inhibited'] as const),
    readsLegal: pick(random, ['always', 'initialized'] as const),
    sideSettings: pick(random, ['known', 'invalid'] as const),
    onInhibitWithNote: pick(random, ['keeps-note', 'returns-note'] as const),
    onResetInEscrow: pick(random, ['returns-note', 'stacks-note'] as const),
    rejectingShows: pick(random, ['until-taken', 'while-moving'] as const),
    onCassetteBack: pick(random, ['waits-for-reset', 'initializes', 'powers-up'] as const),
  }),
  repeatsCredits: () => true,
};
