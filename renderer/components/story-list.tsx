import type { ReactNode } from 'react';

export interface StoryLine {
  readonly icon: ReactNode;
  readonly text: string;
}

/** Short lines with a sign each: conditions, or what happens next. */
export function StoryList({
  lines,
  title,
}: {
  readonly lines: readonly StoryLine[];
  readonly title?: string;
}) {
  return (
    <div className="story-list">
      {title !== undefined && <h2 className="story-list-title">{title}</h2>}
      <ul>
        {lines.map(({ icon, text }) => (
          <li key={text}>
            <span className="story-icon" aria-hidden="true">
              {icon}
            </span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
