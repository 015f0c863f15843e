import { useState } from 'react';
import type { World } from '../../contract.ts';
import { stories } from './stories.tsx';

/** What to do in the first five minutes, in this order. */
export function TryThis({ world }: { readonly world: World }) {
  const [chosen, setChosen] = useState(0);
  const story = stories[chosen] ?? stories[0];
  return (
    <section className="try" aria-label="Try this">
      <nav className="try-list" aria-label="Stories">
        <h2>Try this</h2>
        {stories.map(({ title }, index) => (
          <button key={title} type="button" aria-pressed={index === chosen} onClick={() => setChosen(index)}>
            <i>{index + 1}</i>
            {title}
          </button>
        ))}
      </nav>
      {story !== undefined && (
        <div className="try-story">
          <p>{story.steps(world)}</p>
          <p className="try-see">{story.see}</p>
        </div>
      )}
    </section>
  );
}
