import type { ReactNode } from 'react';

export interface StoryLine {
  readonly icon: ReactNode;
  readonly text: string;
}

/** Short lines with a sign each: conditions, or, under a title, what happens next, which can be spared. */
export function StoryList({
  lines,
  title,
}: {
  readonly lines: readonly StoryLine[];
  readonly title?: string;
}) {
  return (
    <div className={title === undefined ? 'story-list' : 'story-list next'}>
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
