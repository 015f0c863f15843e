import type { ReactNode } from 'react';

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  readonly isMain?: boolean;
  /** Stands on the slip as well, and can be spared where room is short. */
  readonly isMinor?: boolean;
}

/** What a slip says, line by line. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map(({ label, value, isMain, isMinor }) => (
        <div key={label} data-main={isMain || undefined} data-minor={isMinor || undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
