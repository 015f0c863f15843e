import { acceptorUnit, escposUnit, type SimulatedUnit } from '../../simulated-protocols.ts';
import { VirtualClock } from '../../virtual-clock.ts';
import { createBackend } from '../../wallet/backend.ts';
import type { AcceptorNews } from '../acceptor-board.ts';
import { createDock, type Dock, type DockDevice } from '../dock.ts';
import type { PrinterNews } from '../printer-board.ts';

/** A dock on the real simulated devices and the real backend, with its cables and its terminal only noted down. */
export interface DockedWorld {
  readonly dock: Dock;
  readonly clock: VirtualClock;
  readonly backend: ReturnType<typeof createBackend>;
  /** What was done to the terminal and its wire. */
  readonly done: readonly string[];
  /** What the devices were told that means nothing to them. */
  readonly misunderstood: readonly string[];
}

export function openDockedWorld(): DockedWorld {
  const clock = new VirtualClock();
  const backend = createBackend({ clock });
  const done: string[] = [];
  const misunderstood: string[] = [];
  const note = (what: string) => (): Promise<void> => {
    done.push(what);
    return Promise.resolve();
  };
  const onMisunderstood = (words: string): void => void misunderstood.push(words);
  const acceptor = acceptorUnit('ccnet', { clock, isFast: true });
  const printer = escposUnit({ clock, isFast: true, printerModel: 'epson-tm-t88vi' });
  const dock = createDock({
    acceptorProtocol: 'ccnet',
    acceptor: handOn<AcceptorNews>(acceptor, onMisunderstood),
    printer: handOn<PrinterNews>(printer, onMisunderstood),
    backend,
    network: { plugIn: note('plug in'), unplug: note('unplug') },
    clock,
    terminal: {
      kill: () => void done.push('kill'),
      switchOffFor: (durationMs) => note(`off for ${durationMs}`)(),
      letCollectorSee: note('collector'),
      aheadMs: () => 0,
    },
    slipsFolder: 'slips',
  });
  acceptor.start();
  printer.start();
  return { dock, clock, backend, done, misunderstood };
}

/** The unit's console, with the plug answered for. */
function handOn<News>(unit: SimulatedUnit, onMisunderstood: (words: string) => void): DockDevice<News> {
  const listeners: ((news: News) => void)[] = [];
  const tell = (event: object): void => {
    for (const listener of listeners) listener(event as News);
  };
  unit.listen(tell);
  return {
    say: (words) => {
      if (words === 'unplug' || words === 'replug') tell({ kind: `${words}ged` });
      else if (!unit.perform(words.split(' '))) onMisunderstood(words);
    },
    listen: (listener) => void listeners.push(listener),
  };
}
