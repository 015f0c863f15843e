import { createRoot } from 'react-dom/client';
import './styles/index.css';
import { App } from './app.tsx';
import { loadFonts } from './fonts.ts';
import { loadWords } from './i18n.ts';
import { socketAddress, socketLink } from './link/socket-link.ts';
import { guardPage } from './page-guard.ts';

if (window.qyzyl === undefined) guardPage(window);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has the root');

await Promise.all([loadWords(), loadFonts()]);
createRoot(root).render(<App link={window.qyzyl ?? socketLink(socketAddress(window.location))} />);
