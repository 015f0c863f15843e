/**
 * A programmer's mistake, never a device's or a person's. The process that meets one stops, restarts and
 * replays the journal; nothing catches it to carry on.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}

/** The end of every switch over a tagged union: adding a member then fails to compile. */
export function unreachable(value: never): never {
  throw new Error(`assertion failed: unexpected ${JSON.stringify(value)}`);
}
