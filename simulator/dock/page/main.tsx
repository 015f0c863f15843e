import { createRoot } from 'react-dom/client';
import '@fontsource-variable/golos-text/wght.css';
import './styles/page.css';
import { openDockLine } from './dock-line.ts';
import { DockPage } from './dock-page.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has the root');
createRoot(root).render(<DockPage line={openDockLine(window.location)} />);
