import { type RefObject, useLayoutEffect } from 'react';

/*
 * Words are longer in one language than in another, and easy mode makes them larger still. What does not fit is first
 * set closer, then loses what can be spared, and only then gets smaller type; all before it is painted.
 */

const tightest = 3;

/** Parts that must hold what they are given. */
const holders = '.story, .act, .rail, .middle, .machine, .total, .end, .facts, .sheet, .question';

/** Finds the loosest setting in which nothing overflows. */
export function useFit(root: RefObject<HTMLElement | null>): void {
  // Every view may bring other words: this runs after every drawing.
  useLayoutEffect(() => {
    const element = root.current;
    if (element === null) return;
    const moveOn = holdAtTheEnd(element);
    delete element.dataset['tight'];
    for (let tight = 1; tight <= tightest && overflows(element); tight += 1) {
      element.dataset['tight'] = String(tight);
    }
    moveOn();
  });
}

/** What is on its way is measured where it will come to rest: a note that slides in is no overflow. Gives the way back. */
function holdAtTheEnd(root: HTMLElement): () => void {
  const moving = root.getAnimations({ subtree: true }).map((animation) => ({
    animation,
    atMs: animation.currentTime ?? 0,
    endMs: Number(animation.effect?.getComputedTiming().endTime ?? 0),
  }));
  const ending = moving.filter(({ endMs }) => Number.isFinite(endMs));
  for (const { animation, endMs } of ending) animation.currentTime = endMs;
  return () => {
    for (const { animation, atMs } of ending) animation.currentTime = atMs;
  };
}

function overflows(root: HTMLElement): boolean {
  return [...root.querySelectorAll(holders)].some(
    (holder) => holder.scrollHeight > holder.clientHeight + 1 || holder.scrollWidth > holder.clientWidth + 1,
  );
}
