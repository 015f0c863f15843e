import { test } from 'vitest';
import type { Proof } from './lockdown-items.ts';

/** A test that carries one label of docs/lockdown.md. */
export function proves(id: string, proof: Proof, body: () => Promise<void> | void): void {
  test(`${id}: ${proof}`, body);
}
