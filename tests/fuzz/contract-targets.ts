import { isHostOrder, isHostReport } from '../../electron/channels.ts';
import { samples, viewOfSample } from '../../renderer/preview/samples.ts';
import {
  acceptorActions,
  commandSchema,
  decodeCommand,
  decodeDockMessage,
} from '../../simulator/dock/contract.ts';
import { decodeDown, decodeUp } from '../../terminal/contract/decode.ts';
import { serviceModeSchema } from '../../terminal/contract/service-mode.ts';
import { parseOperationNumber } from '../../terminal/operation-number.ts';
import { walletPhoneOf } from '../../terminal/phone.ts';
import { jsonDecoder, jsonValue } from './json-decoder.ts';
import { type Decoder, type FuzzTarget, promise } from './target.ts';

/* What passes between the terminal, its screen, its shell and the dock, and what people type. */

export const contractTargets: readonly FuzzTarget[] = [
  { name: 'screen-presses', share: 20, open: () => message(decodeUp, presses) },
  { name: 'screen-views', share: 5, open: () => message(decodeDown, views()) },
  { name: 'service-pages', share: 8, open: servicePages },
  { name: 'shell-channels', share: 12, open: shellChannels },
  { name: 'dock-commands', share: 10, open: dockCommands },
  { name: 'dock-messages', share: 3, open: dockMessages },
  { name: 'typed-numbers', share: 15, open: typedNumbers },
];

const presses = [
  { kind: 'press', pressId: 'p1', offerId: '3.pay' },
  { kind: 'press', pressId: 'b7d1', offerId: '3.digit', value: '7' },
  { kind: 'press', pressId: '12', offerId: 'number.language', value: 'kk' },
];

function views(): readonly unknown[] {
  const dress = { language: 'kk', panel: 'portrait-23', easyMode: false, simulated: true } as const;
  return samples.map((sample, at) => ({ kind: 'view', revision: at, view: viewOfSample(sample, dress) }));
}

/** What is read twice must say the same: the second reader is the other end of the line. */
function message(
  decode: (
    text: string,
  ) => { readonly kind: 'message'; readonly message: unknown } | { readonly kind: 'refused' },
  good: readonly unknown[],
): Decoder {
  return jsonDecoder(good, (text) => {
    const decoded = decode(text);
    if (decoded.kind === 'refused') return 'refused';
    const again = decode(JSON.stringify(decoded.message));
    promise(again.kind === 'message', 'what was read cannot be read again');
    promise(
      JSON.stringify(again.message) === JSON.stringify(decoded.message),
      'read again, it says something else',
    );
    return 'taken';
  });
}

function servicePages(): Decoder {
  const pages = samples.flatMap(({ screen }) => (screen.kind === 'service-mode' ? [screen.page] : []));
  return jsonDecoder(pages, (text) => {
    const value = jsonValue(text);
    return serviceModeSchema.safeParse(value).success ? 'taken' : 'refused';
  });
}

function shellChannels(): Decoder {
  const words = [
    { kind: 'plug-in' },
    { kind: 'stop' },
    { kind: 'ready' },
    { kind: 'alive' },
    null,
    'stop',
    [1],
  ];
  return jsonDecoder(words, (text) => {
    const value = jsonValue(text);
    return [isHostOrder(value), isHostReport(value)].includes(true) ? 'taken' : 'refused';
  });
}

function dockCommands(): Decoder {
  const commands = [
    { kind: 'insert', note: { kind: 'tenge', tenge: 20_000, condition: 'doubtful' } },
    { kind: 'insert', note: { kind: 'foreign' } },
    { kind: 'acceptor', action: acceptorActions[0] },
    { kind: 'printer', action: 'paper out' },
    { kind: 'fault-on', plan: { fault: { kind: 'slow', delayMs: 3_000 }, times: 3, call: 'top-up' } },
    { kind: 'fault-off', fault: 'stall' },
    { kind: 'network', plugged: false },
    { kind: 'away', minutes: 60 },
    { kind: 'kill-host' },
  ];
  return jsonDecoder(commands, (text) => {
    const command = decodeCommand(text);
    if (command === undefined) return 'refused';
    promise(commandSchema.safeParse(command).success, 'what was taken for a command is none');
    return 'taken';
  });
}

function dockMessages(): Decoder {
  const lines = {
    acceptorTrace: [{ id: 1, from: 'host', hex: '02 03 06 33 DA 81', words: 'POLL', count: 3, times: 1 }],
    printerTrace: [],
    log: ['{"level":30,"msg":"terminal-started"}'],
  };
  const world = {
    screenUrl: 'http://127.0.0.1:8080/',
    host: 'running',
    hostStarts: 1,
    aheadMs: 0,
    acceptor: {
      ...{
        powered: true,
        plugged: true,
        cassette: 'in',
        cassetteNotes: 3,
        jam: 'none',
        inside: '',
        inMouth: '',
      },
    },
    printer: {
      ...{ powered: true, plugged: true, paper: 'plenty', paperStuck: false, coverOpen: false },
      ...{ cutterStuck: false, headHot: false },
    },
    networkPlugged: true,
    faults: [{ fault: { kind: 'stall', forMs: 5 }, times: 1 }],
    wallets: [{ phone: '+77010000001', holderName: 'Айгүл С.', state: 'open', balanceMinor: -1 }],
    topUps: [{ operationId: 'o1', wallet: '+77010000001', amountMinor: 100, state: 'credited' }],
    entries: [{ cause: 'o1', account: 'wallet', amountMinor: -100, postedMs: 1 }],
    claims: 0,
    slips: [{ number: 1, picture: '/slips/1.png', atMs: 5, where: 'hanging' }],
    happenings: [{ id: 1, atMs: 5, where: 'acceptor', text: 'a note' }],
  };
  return jsonDecoder(
    [
      { kind: 'lines', lines },
      { kind: 'world', world },
    ],
    (text) => (decodeDockMessage(text) === undefined ? 'refused' : 'taken'),
  );
}

function typedNumbers(): Decoder {
  const decoder = new TextDecoder();
  const typed = ['7010000001', '0027 344 118', '0000005713', '7 (701) 000-00-01', '0000000018'];
  return {
    shape: 'bytes',
    samples: typed.map((text) => new TextEncoder().encode(text)),
    read: (input) => {
      const text = decoder.decode(input);
      const phone = walletPhoneOf(text);
      promise(phone === undefined || /^\+7\d{10}$/.test(phone), `${phone} is no wallet`);
      const number = parseOperationNumber(text);
      promise(number === undefined || /^\d{10}$/.test(number), `${number} is no operation number`);
      return phone === undefined && number === undefined ? 'refused' : 'taken';
    },
  };
}
