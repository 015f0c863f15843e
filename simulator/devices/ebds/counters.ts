/* What the unit counts (EBDS §6, 0B): fourteen fields of four nibbles, kept without power. */

const fieldNames = [
  'acceptRate',
  'motorStarts',
  'stacked',
  'escrowed',
  'recognised',
  'validated',
  'recognition',
  'security',
  'orientation',
  'noteDisabled',
  'fastFeed',
  'whileDisabled',
  'hostReturn',
  'barcodes',
] as const;

export type CounterName = (typeof fieldNames)[number];

const fieldMax = 0xffff;

export class Counters {
  readonly #counts = new Map<CounterName, number>();

  add(name: CounterName): void {
    this.#counts.set(name, ((this.#counts.get(name) ?? 0) + 1) & fieldMax);
  }

  /** High nibble first. */
  nibbles(): readonly number[] {
    return fieldNames.flatMap((name) => {
      const count = this.#counts.get(name) ?? 0;
      return [12, 8, 4, 0].map((shift) => (count >> shift) & 0x0f);
    });
  }
}
