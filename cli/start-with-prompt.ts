import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { superviseTerminal } from '../host/supervisor.ts';
import { decodeDown } from '../terminal/contract/decode.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import { handsHelp, layHands } from './hands.ts';
import { clockEnvironment, type Surroundings } from './surroundings.ts';
import { describeView } from './view-as-text.ts';

export interface RunningShape {
  stop(): Promise<void>;
}

export interface ShapeOptions {
  readonly logTo: 'inherit' | 'ignore';
  /** Asked to end everything, with the process's exit code. */
  readonly onEnd: (code: number) => void;
}

const help = `  start ru | digit 7010000001 | next | pay …    touch a button, with its value if it has one
${handsHelp}
  quit`;

/** The prompt stands in for the screen: it prints what is on it, and a word touches a button. */
export function startWithPrompt(surroundings: Surroundings, { logTo, onEnd }: ShapeOptions): RunningShape {
  let view: ScreenView | undefined;
  const supervisor = superviseTerminal({
    shape: 'headless',
    args: ['--settings', surroundings.settingsPath],
    environment: clockEnvironment(surroundings.clock),
    logTo,
    onMessage: (text) => {
      const decoded = decodeDown(String(text));
      if (decoded.kind === 'refused') return;
      view = decoded.message.view;
      console.log(describeView(view));
    },
    onExit: (code, willRestart) => {
      view = undefined;
      if (willRestart) console.log(`The terminal process ended (exit ${code}); starting it again.`);
      else if (code !== 0) onEnd(code ?? 1);
    },
  });
  /** A number is typed digit by digit, as a finger would. */
  const press = (action: string, value: string): void => {
    const offer = view?.offers.find((candidate) => candidate.action === action);
    if (offer === undefined) {
      console.log(`"${action}" is no button here and nothing that hands can do. Type "help".`);
      return;
    }
    for (const one of action === 'digit' ? [...value] : [value]) {
      const chosen = one === '' ? {} : { value: one };
      supervisor.send(
        JSON.stringify({ kind: 'press', pressId: randomUUID(), offerId: offer.offerId, ...chosen }),
      );
    }
  };
  const obey = (line: string): void => {
    const [word = '', ...rest] = line.split(/\s+/);
    const others = rest.join(' ');
    if (word === '') return;
    if (word === 'quit') onEnd(0);
    else if (word === 'help') console.log(help);
    else if (!layHands(surroundings, word, others)) press(word, others);
  };

  console.log(
    `Qyzyl on simulated devices. Its files: ${surroundings.folder}. Type "help" for what your hands can do.`,
  );
  const prompt = createInterface({ input: process.stdin });
  prompt.on('line', (line) => obey(line.trim()));
  // Without a keyboard the terminal runs until it is told to stop.
  prompt.once('close', () => process.stdin.isTTY && onEnd(0));
  return {
    stop: async () => {
      prompt.close();
      await supervisor.stop();
    },
  };
}
