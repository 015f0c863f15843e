import type { ReactNode } from 'react';
import { useAround } from '../around.ts';
import { usePrompt } from '../speech.ts';

interface HeadingProps {
  readonly title: string;
  readonly hint?: ReactNode;
}

/** What a screen says first, to the eye and to the ear. */
export function Heading({ title, hint }: HeadingProps) {
  const { frame } = useAround();
  usePrompt({ language: frame.language, text: title }, frame.easyMode);
  return (
    <div className="heading">
      <h1>{title}</h1>
      {hint !== undefined && <p>{hint}</p>}
    </div>
  );
}
