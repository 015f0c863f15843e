import type { Anchor } from '../chain.ts';

/** What the recorded process has been told so far: what no power cut may take from it. */
export class Promises {
  readonly #durable: Anchor[] = [];
  /** The rows of commits on their way, in order. */
  readonly #trying: number[] = [];
  #half = '';

  /** The last commit that was acknowledged. */
  get last(): Anchor | undefined {
    return this.#durable.at(-1);
  }

  get all(): readonly Anchor[] {
    return this.#durable;
  }

  /** Where the journal may end: after any commit on its way, and never within one. */
  get ends(): ReadonlySet<number> {
    let end = this.last?.sequence ?? 0;
    return new Set([end, ...this.#trying.map((rows) => (end += rows))]);
  }

  hear(words: string): void {
    const lines = (this.#half + words).split('\n');
    this.#half = lines.pop() ?? '';
    for (const line of lines) {
      const [kind, first, head = ''] = line.split(' ');
      if (kind === 'trying') this.#trying.push(Number(first));
      if (kind !== 'durable') continue;
      this.#trying.shift();
      this.#durable.push({ sequence: Number(first), head });
    }
  }
}
