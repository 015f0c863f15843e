/** Which software runs. */
export interface Build {
  readonly version: string;
  /** No honest clock shows an earlier time (money rule M7). */
  readonly builtAtMs: number;
}
