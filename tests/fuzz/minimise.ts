/** So many attempts, or so long, are worth it; what is left then is small enough to read. */
const attemptsMax = 1_500;
const attemptsMsMax = 10_000;

/** The shortest input found that still fails: pieces are cut out, large ones first, until none can go. */
export async function minimise(
  input: Uint8Array,
  stillFails: (input: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let best = input;
  let attempts = 0;
  const untilMs = performance.now() + attemptsMsMax;
  for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.length && attempts < attemptsMax; attempts += 1) {
      if (performance.now() > untilMs) return best;
      const shorter = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + size)]);
      if (await stillFails(shorter)) best = shorter;
      else at += size;
    }
  }
  return best;
}
