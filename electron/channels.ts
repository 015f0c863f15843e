/*
 * The words between the shell, its page and the terminal host. None of them carries money or a customer's data: that
 * passes as text over the message port, from the page's preload straight to the host.
 */

export const channels = {
  /** Page → shell: the page listens and has no line to the terminal. */
  portWanted: 'qyzyl:port-wanted',
  /** Shell → page: a fresh line, as a transferred port. */
  port: 'qyzyl:port',
  /** Shell → page: paint something and say so. */
  probe: 'qyzyl:probe',
  /** Page → shell: the number of the probe, and whether there is anything on the page. */
  probeAnswer: 'qyzyl:probe-answer',
} as const;

/** Shell → host. */
export type HostOrder = { readonly kind: 'plug-in' } | { readonly kind: 'stop' };

/** Host → shell. */
export type HostReport = { readonly kind: 'ready' } | { readonly kind: 'alive' };

export function isHostOrder(value: unknown): value is HostOrder {
  return isKind(value, ['plug-in', 'stop']);
}

export function isHostReport(value: unknown): value is HostReport {
  return isKind(value, ['ready', 'alive']);
}

function isKind(value: unknown, kinds: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    kinds.includes(value.kind)
  );
}
