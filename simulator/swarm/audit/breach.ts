/** A rule of money that did not hold. */
export interface Breach {
  /** The rule of docs/money.md, or what else was promised. */
  readonly rule: string;
  readonly what: string;
}

export type Accuse = (rule: string, what: string) => void;
