import { useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { ScreenView, UpMessage } from '../../terminal/contract/messages.ts';
import '../styles/index.css';
import { loadFonts } from '../fonts.ts';
import { loadWords } from '../i18n.ts';
import { loadServiceMode } from '../screens/service-mode-door.tsx';
import { Stage } from '../stage.tsx';
import { type Complaint, measure } from './measure.ts';
import { type Dress, panelNames, samples, viewOfSample } from './samples.ts';

/*
 * Every screen without hardware. People walk with the arrow keys (left, right: screens; up, down: languages; e: easy
 * mode; s: mark of simulation); tests call `window.gallery`. The address may name a screen: `#cash-some`.
 */

declare global {
  interface Window {
    gallery: {
      /** Draws a view at once. */
      show(view: ScreenView): void;
      measure(): readonly Complaint[];
      /** All that has been pressed since the page was opened. */
      readonly pressed: UpMessage[];
    };
  }
}

const pressed: UpMessage[] = [];
let showNow: (view: ScreenView) => void = () => undefined;
let shown: ScreenView;
window.gallery = {
  show: (view) => flushSync(() => showNow(view)),
  measure: () => measure(shown.frame.panel.pixelsPerMm),
  pressed,
};

function Gallery({ first }: { readonly first: ScreenView }) {
  const [view, setView] = useState(first);
  showNow = setView;
  shown = view;
  return <Stage view={view} send={(message) => void pressed.push(message)} />;
}

const languages = ['kk', 'ru', 'en', 'sw'] as const;
let at = Math.max(
  0,
  samples.findIndex((sample) => sample.name === location.hash.slice(1)),
);
let languageAt = 0;
let dress: Dress = {
  language: 'kk',
  panel: panelNames[window.innerHeight > window.innerWidth ? 0 : 2] ?? 'portrait-23',
  easyMode: false,
  simulated: false,
};

function current(): ScreenView {
  const sample = samples[at];
  const language = languages[languageAt];
  if (sample === undefined || language === undefined) throw new Error('the gallery stays within its walls');
  dress = { ...dress, language };
  history.replaceState(null, '', `#${sample.name}`);
  return viewOfSample(sample, dress);
}

addEventListener('keydown', ({ key }) => {
  if (key === 'ArrowRight') at = (at + 1) % samples.length;
  else if (key === 'ArrowLeft') at = (at + samples.length - 1) % samples.length;
  else if (key === 'ArrowDown') languageAt = (languageAt + 1) % languages.length;
  else if (key === 'ArrowUp') languageAt = (languageAt + languages.length - 1) % languages.length;
  else if (key === 'e') dress = { ...dress, easyMode: !dress.easyMode };
  else if (key === 's') dress = { ...dress, simulated: !dress.simulated };
  else return;
  window.gallery.show(current());
});

await Promise.all([loadWords(), loadFonts()]);
await loadServiceMode();
const root = document.getElementById('root');
if (root === null) throw new Error('gallery.html has the root');
createRoot(root).render(<Gallery first={current()} />);
