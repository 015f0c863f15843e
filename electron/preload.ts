import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { guardPage } from '../renderer/page-guard.ts';
import { keepAliveText, lineSilenceMs, lookAtLineEveryMs } from '../terminal/contract/keep-alive.ts';
import type { LineState, ScreenBridge } from '../terminal/contract/screen-bridge.ts';
import { channels } from './channels.ts';

/*
 * The page's way to the terminal. The port never reaches the page: ports do not cross Electron's bridge, and the page
 * needs no more than text. Built into one CommonJS file that requires nothing but `electron`: the sandbox allows no more.
 */

/** No press is longer (`contractLimits.pressTextMax`); the terminal checks again. */
const textLengthMax = 512;

const texts: ((text: string) => void)[] = [];
const states: ((state: LineState) => void)[] = [];
let port: MessagePort | undefined;
/** A port counts as a line once something has come down it: the host at its other end may hang. */
let state: LineState = 'closed';
let lastHeardMs = 0;

function enter(next: LineState): void {
  if (next === state) return;
  state = next;
  for (const tell of states) tell(next);
}

function drop(why: 'closed' | 'silent'): void {
  if (port === undefined) return;
  port.onmessage = null;
  port.close();
  port = undefined;
  enter(why);
}

function adopt(next: MessagePort): void {
  drop('closed');
  port = next;
  lastHeardMs = performance.now();
  next.onmessage = ({ data }: { data: unknown }) => {
    lastHeardMs = performance.now();
    enter('open');
    if (typeof data !== 'string' || data === keepAliveText) return;
    for (const tell of texts) tell(data);
  };
}

function look(): void {
  if (port !== undefined && performance.now() - lastHeardMs > lineSilenceMs) drop('silent');
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
    setInterval(look, lookAtLineEveryMs);
  },
  onState: (listener) => {
    states.push(listener);
    if (state === 'open') listener('open');
  },
};

guardPage(window);
contextBridge.exposeInMainWorld('qyzyl', bridge);
