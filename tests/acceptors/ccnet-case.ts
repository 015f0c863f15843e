import { type AcceptorFacts, eachFrame, type HostWord } from './acceptor-facts.ts';
import { pick } from './pick.ts';

const words: ReadonlyMap<number, HostWord> = new Map([
  [0x35, 'stack'],
  [0x36, 'return'],
  [0x30, 'reset'],
  [0x34, 'accept'],
]);

export const ccnetCase: AcceptorFacts<'ccnet'> = {
  listen: eachFrame((frame) => words.get(frame[3] ?? -1) ?? 'other'),
  tellsJamPlace: true,
  tellsPause: true,
  failure: { code: 0x50, detail: 'state 47 50: stacker motor' },
  model: 'SM-KZ1126',
  foreignMoney: 'type 0 is money of "RUS"',
  drawHabits: (random) => ({
    onNak: pick(random, ['repeats-reply', 'waits-for-command'] as const),
    setSecurity: pick(random, ['accepts', 'always-illegal'] as const),
    settingsLegal: pick(random, ['at-rest', 'initialized', 'always'] as const),
    onDisableWithNote: pick(random, ['keeps-note', 'returns-note'] as const),
    onResetInEscrow: pick(random, ['returns-note', 'stacks-note'] as const),
    whileEjecting: pick(random, ['only-13', 'returning', 'returned'] as const),
    onCassetteBack: pick(random, ['initializes', 'waits-for-reset'] as const),
    busyAfterResetMs: pick(random, [0, 700]),
    holdsReportsUntilAck: random.nextInt(4) > 0,
    recoveredCreditSurvivesPowerLoss: random.nextInt(4) > 0,
    onSilentHost: pick(random, ['keeps-accepting', 'stops-accepting'] as const),
  }),
  repeatsCredits: (habits) => habits.holdsReportsUntilAck !== false,
};
