import { join } from 'node:path';
import { unreachable } from '../../terminal/assert.ts';
import type { AcceptorProtocol } from '../../terminal/devices.ts';
import type { Clock } from '../../terminal/ports.ts';
import {
  type AcceptorNews,
  acceptorAfter,
  acceptorAtStart,
  acceptorHappening,
  acceptorRepairs,
} from './acceptor-board.ts';
import { type Books, type DockBackend, newsOfBooks, readBooks } from './books.ts';
import {
  type DockCommand,
  dockLimits,
  type HandNote,
  type Happening,
  type PrinterAction,
  type SlipState,
  type World,
  type WorldLines,
} from './contract.ts';
import type { NetworkCable } from './network-cable.ts';
import {
  type PrinterNews,
  printerActionHappening,
  printerAfterAction,
  printerAtStart,
  printerHappening,
  printerRepairs,
  slipPictured,
  slipsAfter,
} from './printer-board.ts';
import { createTraceLines } from './trace-lines.ts';
import { acceptorWords, escposWords } from './wire-words.ts';

/* The simulated world around one terminal, as a person beside it sees it and can lay hands on it. */

/** A simulated device in a process of its own, told what to do in the words of its console. */
export interface DockDevice<News> {
  say(words: string): void;
  listen(onNews: (news: News) => void): void;
}

export interface DockParts {
  readonly acceptorProtocol: AcceptorProtocol;
  readonly acceptor: DockDevice<AcceptorNews>;
  readonly printer: DockDevice<PrinterNews>;
  readonly backend: DockBackend;
  readonly network: Pick<NetworkCable, 'plugIn' | 'unplug'>;
  readonly clock: Clock;
  readonly terminal: TerminalSwitch;
  /** Where the printer's process puts its pictures. */
  readonly slipsFolder: string;
}

/** What can be done to the terminal's process from outside. */
export interface TerminalSwitch {
  /** Ends it in the middle of whatever it does; whoever supervises it starts another. */
  kill(): void;
  /** Switches it off, lets the world's clock run ahead and switches it on again. */
  switchOffFor(durationMs: number): Promise<void>;
  /** Switches it off, has a collector answer for a pulled cassette and switches it on again. */
  letCollectorSee(): Promise<void>;
  /** How far the world's clock is ahead of the machine's. */
  aheadMs(): number;
}

export interface Dock {
  world(): World;
  lines(): WorldLines;
  /** Looks into the wallet backend's books. */
  lookAtBooks(): void;
  obey(command: DockCommand): Promise<void>;
  /** The terminal's process serves its screen at this address. */
  terminalServed(screenUrl: string): void;
  terminalEnded(willRestart: boolean): void;
  terminalLogged(line: string): void;
}

type Where = Happening['where'];

export function createDock(parts: DockParts): Dock {
  const { backend, clock } = parts;
  const acceptorTrace = createTraceLines(acceptorWords[parts.acceptorProtocol]);
  const printerTrace = createTraceLines(escposWords);
  let acceptor = acceptorAtStart;
  let printer = printerAtStart;
  let slips: readonly SlipState[] = [];
  let books: Books = readBooks(backend);
  let happenings: readonly Happening[] = [];
  let happeningsSeen = 0;
  let log: readonly string[] = [];
  let host: World['host'] = 'starting';
  let hostStarts = 0;
  let screenUrl = '';
  let networkPlugged = true;

  const tell = (where: Where, text: string | undefined): void => {
    if (text === undefined) return;
    happeningsSeen += 1;
    const latest = { id: happeningsSeen, atMs: clock.wallMs(), where, text };
    happenings = [latest, ...happenings].slice(0, dockLimits.happeningsMax);
  };

  parts.acceptor.listen((news) => {
    if (news.kind === 'bytes') acceptorTrace.add(news);
    acceptor = acceptorAfter(acceptor, news);
    tell('acceptor', acceptorHappening(news));
  });
  parts.printer.listen((news) => {
    if (news.kind === 'bytes') printerTrace.add(news);
    slips = slipsAfter(slips, news, clock.wallMs());
    tell('printer', printerHappening(news));
    // The device's process draws the last slip; which one that was it says when the picture is there.
    if (news.kind === 'printed' || news.kind === 'torn') {
      parts.printer.say(`png ${join(parts.slipsFolder, `${news.number}.png`)}`);
    }
    if (news.kind === 'picture') slips = slipPictured(slips, news.number, `/slips/${news.number}.png`);
  });

  const handlePrinter = (action: PrinterAction): void => {
    parts.printer.say(action);
    printer = printerAfterAction(printer, action);
    tell('printer', printerActionHappening(action));
  };
  const setNetwork = async (plugged: boolean): Promise<void> => {
    await (plugged ? parts.network.plugIn() : parts.network.unplug());
    networkPlugged = plugged;
    tell('network', plugged ? 'Network cable plugged in' : 'Network cable pulled out');
  };
  const mendAll = async (): Promise<void> => {
    for (const action of acceptorRepairs(acceptor)) parts.acceptor.say(action);
    for (const action of printerRepairs(printer)) handlePrinter(action);
    backend.faults.clear();
    if (!networkPlugged) await setNetwork(true);
  };
  const whileOff = async (why: string, work: () => Promise<void>): Promise<void> => {
    // A second touch while it is off would only switch it off again.
    if (host === 'away') return;
    host = 'away';
    tell('terminal', why);
    await work();
  };

  return {
    world: () => ({
      ...books,
      screenUrl,
      host,
      hostStarts,
      aheadMs: parts.terminal.aheadMs(),
      acceptor,
      printer,
      networkPlugged,
      faults: backend.faults.active(),
      slips: [...slips],
      happenings: [...happenings],
    }),
    lines: () => ({
      acceptorTrace: acceptorTrace.lines(),
      printerTrace: printerTrace.lines(),
      log: [...log],
    }),
    lookAtBooks: () => {
      const latest = readBooks(backend);
      for (const news of newsOfBooks(books, latest)) tell('wallet', news);
      books = latest;
    },
    obey: async (command) => {
      switch (command.kind) {
        case 'insert':
          return parts.acceptor.say(`insert ${wordsFor(command.note)}`);
        case 'acceptor':
          return parts.acceptor.say(command.action);
        case 'printer':
          return handlePrinter(command.action);
        case 'fault-on': {
          const { fault, ...scope } = command.plan;
          backend.faults.clear(fault.kind);
          return void backend.faults.add(fault, scope);
        }
        case 'fault-off':
          return backend.faults.clear(command.fault);
        case 'network':
          return setNetwork(command.plugged);
        case 'mend-all':
          return mendAll();
        case 'kill-host':
          return parts.terminal.kill();
        case 'cassette-seen':
          return whileOff('A collector sees to the cassette, by name', parts.terminal.letCollectorSee);
        case 'away':
          return whileOff(`Terminal switched off for ${command.minutes} minutes`, () =>
            parts.terminal.switchOffFor(command.minutes * 60_000),
          );
        default:
          return unreachable(command);
      }
    },
    terminalServed: (url) => {
      screenUrl = url;
      host = 'running';
      hostStarts += 1;
      tell('terminal', hostStarts === 1 ? 'The terminal runs' : 'The terminal is back');
    },
    terminalEnded: (willRestart) => {
      if (host === 'away') return;
      host = willRestart ? 'starting' : 'ended';
      tell(
        'terminal',
        willRestart ? 'The terminal’s process died; another one starts' : 'The terminal has ended',
      );
    },
    terminalLogged: (line) => {
      log = [...log, line].slice(-dockLimits.logLinesMax);
    },
  };
}

function wordsFor(note: HandNote): string {
  if (note.kind === 'foreign') return 'foreign';
  return note.condition === 'good' ? String(note.tenge) : `${note.tenge} ${note.condition}`;
}
