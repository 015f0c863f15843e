import type { Link } from '../hardware/link/link.ts';
import type { ScreenView } from '../terminal/contract/messages.ts';
import type { Log } from '../terminal/log.ts';
import type { Clock } from '../terminal/ports.ts';
import type { Store } from '../terminal/store.ts';

/** What a process tells the world around it. */
export interface LifeHooks {
  readonly log: Log;
  readonly onView: (view: ScreenView) => void;
  readonly onFatal: (reason: unknown) => void;
}

/**
 * The life of one simulated process. All that it holds of the world is held through this, so that its end is what a power
 * cut makes of a real one: no object of it acts any more, and none hears anything.
 */
export interface Life {
  /** No timer fires after the end. */
  readonly clock: Clock;
  /** Nothing leaves the line or reaches it after the end; the port is free again. */
  link(link: Link): Link;
  /** After the end nothing is asked, and nothing that was asked is answered. */
  store(store: Store): Store;
  hooks(hooks: LifeHooks): LifeHooks;
  end(): void;
}

export function mortalLife(clock: Clock): Life {
  let alive = true;
  const atEnd = new Set<() => void>();
  const whileAlive =
    <Input extends readonly unknown[]>(act: (...input: Input) => void) =>
    (...input: Input): void => {
      if (alive) act(...input);
    };
  return {
    clock: {
      wallMs: () => clock.wallMs(),
      monoMs: () => clock.monoMs(),
      setTimer: (delayMs, onTime) => clock.setTimer(delayMs, whileAlive(onTime)),
    },
    link: (link) => ({
      description: link.description,
      open: async (events) => {
        const connection = await link.open({
          onBytes: whileAlive(events.onBytes),
          onClosed: whileAlive(events.onClosed),
        });
        const drop = (): void => void connection.close();
        atEnd.add(drop);
        if (!alive) drop();
        return {
          write: whileAlive((bytes) => connection.write(bytes)),
          close: () => {
            atEnd.delete(drop);
            return connection.close();
          },
        };
      },
    }),
    store: (store) => mortalStore(store, () => alive),
    hooks: ({ log, onView, onFatal }) => ({
      log: whileAlive(log),
      onView: whileAlive(onView),
      onFatal: whileAlive(onFatal),
    }),
    end: () => {
      alive = false;
      for (const drop of atEnd) drop();
    },
  };
}

function mortalStore(store: Store, isAlive: () => boolean): Store {
  const asked = <Result>(ask: () => Promise<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (!isAlive()) return;
      ask().then(
        (result) => {
          if (isAlive()) resolve(result);
        },
        (reason: unknown) => {
          if (isAlive()) reject(reason);
        },
      );
    });
  return {
    commit: (facts, wallMs) => asked(() => store.commit(facts, wallMs)),
    load: () => asked(() => store.load()),
    dueTopUps: (atMs, limit) => asked(() => store.dueTopUps(atMs, limit)),
    dueMessages: (atMs, limit) => asked(() => store.dueMessages(atMs, limit)),
    registerRows: (fromMs, toMs) => asked(() => store.registerRows(fromMs, toMs)),
    containsAnchor: (anchor) => asked(() => store.containsAnchor(anchor)),
    pinVerifier: (staffId) => asked(() => store.pinVerifier(staffId)),
    figures: () => asked(() => store.figures()),
    checkpoint: () => asked(() => store.checkpoint()),
    close: () => asked(() => store.close()),
  };
}
