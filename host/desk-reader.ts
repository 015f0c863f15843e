import type { Clock, Desk, Timer } from '../terminal/ports.ts';
import type { StoreOptions } from './store-messages.ts';
import { openStoreReader, type StoreReader } from './store-reader.ts';

/** A reading thread costs memory: it goes when nobody has asked for a while. */
const keptForMs = 60_000;

/** Answers service mode's questions from a thread of its own, which lives as long as somebody asks. */
export function deskReader(options: StoreOptions, clock: Clock): Desk {
  let opening: Promise<StoreReader> | undefined;
  let goes: Timer | undefined;
  const close = (): void => {
    const reader = opening;
    opening = undefined;
    void reader?.then((open) => open.close()).catch(() => undefined);
  };
  return {
    read: async (query) => {
      goes?.cancel();
      opening ??= openStoreReader(options);
      try {
        return await (await opening).desk(query);
      } catch {
        // The data is not doubted here: that is the daily check's work. The next question begins afresh.
        close();
        return { kind: 'unreadable' };
      } finally {
        goes = clock.setTimer(keptForMs, close);
      }
    },
  };
}
