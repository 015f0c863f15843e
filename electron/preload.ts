import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import type { ScreenBridge } from '../terminal/contract/screen-bridge.ts';
import { channels, keepAliveText } from './channels.ts';
import { guardPage } from './page-guard.ts';

/*
 * The page's way to the terminal. The port never reaches the page: ports do not cross Electron's bridge, and the page
 * needs no more than text. Built into one CommonJS file that requires nothing but `electron`: the sandbox allows no more.
 */

/** A line that has carried nothing for this long is broken, whatever it says of itself. */
const silenceMs = 1_500;
const lookEveryMs = 250;
/** No press is longer (`contractLimits.pressTextMax`); the terminal checks again. */
const textLengthMax = 512;

const texts: ((text: string) => void)[] = [];
const states: ((state: 'open' | 'closed') => void)[] = [];
let port: MessagePort | undefined;
/** A port counts as a line once something has come down it: the host at its other end may hang. */
let isOpen = false;
let lastHeardMs = 0;

function enter(open: boolean): void {
  if (open === isOpen) return;
  isOpen = open;
  for (const tell of states) tell(open ? 'open' : 'closed');
}

function drop(): void {
  if (port === undefined) return;
  port.onmessage = null;
  port.close();
  port = undefined;
  enter(false);
}

function adopt(next: MessagePort): void {
  drop();
  port = next;
  lastHeardMs = performance.now();
  next.onmessage = ({ data }: { data: unknown }) => {
    lastHeardMs = performance.now();
    enter(true);
    if (typeof data !== 'string' || data === keepAliveText) return;
    for (const tell of texts) tell(data);
  };
}

function look(): void {
  if (port !== undefined && performance.now() - lastHeardMs > silenceMs) drop();
  if (port === undefined) ipcRenderer.send(channels.portWanted);
}

ipcRenderer.on(channels.port, (event: IpcRendererEvent) => {
  const [next] = event.ports;
  if (next !== undefined) adopt(next);
});

ipcRenderer.on(channels.probe, (_event: IpcRendererEvent, probe: unknown) => {
  // The second frame callback runs only after the first frame has been made.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => ipcRenderer.send(channels.probeAnswer, probe, isAnythingShown())),
  );
});

/** A page whose program has failed has an empty root. */
function isAnythingShown(): boolean {
  const content = document.getElementById('root')?.firstElementChild;
  return content !== null && content !== undefined && content.getBoundingClientRect().height > 0;
}

const bridge: ScreenBridge = {
  send: (text) => {
    if (typeof text === 'string' && text.length <= textLengthMax) port?.postMessage(text);
  },
  onText: (listener) => {
    if (texts.push(listener) > 1) return;
    look();
    setInterval(look, lookEveryMs);
  },
  onState: (listener) => {
    states.push(listener);
    if (isOpen) listener('open');
  },
};

guardPage(window);
contextBridge.exposeInMainWorld('qyzyl', bridge);
