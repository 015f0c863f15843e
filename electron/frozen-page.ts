import { pageTimes } from './times.ts';

/*
 * Notices a page that no longer paints, answers or shows anything, and brings it back: a fresh renderer first, then a
 * fresh window, then a fresh shell. Together with the page's own start this stays below five seconds.
 */

export type Remedy = 'reload' | 'new-window' | 'restart';

const remedies: readonly Remedy[] = ['reload', 'new-window', 'new-window', 'restart'];

export interface WatchedPage {
  /** Asks the page to paint and to say so. */
  probe(number: number): void;
  apply(remedy: Remedy): void;
}

export interface PageWatch {
  /** The page has painted since it was asked, and says whether anything is on it. */
  answered(number: number, isAnythingShown: boolean): void;
  /** The renderer is known to be gone or hung; nobody needs to wait for an answer. */
  broken(): void;
  stop(): void;
}

export function watchPage(page: WatchedPage): PageWatch {
  let lastProbe = 0;
  let oldestValid = 1;
  let troubles = 0;
  let state: 'loading' | 'blank' | 'shown' = 'loading';
  let lastTroubleMs = performance.now();
  let deadline: NodeJS.Timeout | undefined;

  const expectAnswerWithin = (limitMs: number): void => {
    clearTimeout(deadline);
    deadline = setTimeout(remedy, limitMs);
  };
  const remedy = (): void => {
    const nowMs = performance.now();
    if (nowMs - lastTroubleMs > pageTimes.soundAfterMs) troubles = 0;
    lastTroubleMs = nowMs;
    const next = remedies[Math.min(troubles, remedies.length - 1)] ?? 'restart';
    troubles += 1;
    state = 'loading';
    // Answers of the page before count for nothing.
    oldestValid = lastProbe + 1;
    expectAnswerWithin(pageTimes.loadWithinMs);
    page.apply(next);
  };
  const probing = setInterval(() => {
    lastProbe += 1;
    page.probe(lastProbe);
  }, pageTimes.probeEveryMs);
  expectAnswerWithin(pageTimes.firstLoadWithinMs);

  return {
    answered: (number, isAnythingShown) => {
      if (number < oldestValid || number > lastProbe) return;
      if (isAnythingShown) {
        state = 'shown';
        expectAnswerWithin(pageTimes.answerWithinMs);
      } else if (state === 'loading') {
        state = 'blank';
        expectAnswerWithin(pageTimes.blankWithinMs);
      }
    },
    broken: () => {
      // The deadline of a load is running already; a renderer replaced on purpose is reported as gone too.
      if (state !== 'loading') remedy();
    },
    stop: () => {
      clearInterval(probing);
      clearTimeout(deadline);
    },
  };
}
