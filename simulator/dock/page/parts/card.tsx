import type { ReactNode } from 'react';

interface CardProps {
  readonly title: string;
  readonly hint?: string;
  readonly className?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Card({ title, hint, className = '', aside, children }: CardProps) {
  return (
    <section className={`card ${className}`} aria-label={title}>
      <header className="card-head">
        <h2>{title}</h2>
        {hint !== undefined && <p>{hint}</p>}
        {aside !== undefined && <div className="card-aside">{aside}</div>}
      </header>
      {children}
    </section>
  );
}
