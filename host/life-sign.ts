/*
 * What a supervised terminal process tells its parent again and again, as systemd is told of a service: that its loop
 * still turns. Only a parent that asks for it is told.
 */

const variable = 'QYZYL_LIFE_SIGN_MS';

/** Asks for a sign this often. */
export const lifeSignEnvironment = { [variable]: '500' } as const;

/** @param alive is asked each time and throws when the terminal is not */
export function showLife(alive: () => void): void {
  const everyMs = Number(process.env[variable] ?? 0);
  if (!(everyMs > 0) || process.send === undefined) return;
  setInterval(() => {
    alive();
    process.send?.({ kind: 'alive' });
  }, everyMs).unref();
}

export function isLifeSign(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'alive';
}
