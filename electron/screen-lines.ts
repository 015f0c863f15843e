import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { ScreenLink } from '../terminal/contract/link.ts';
import { channels } from './channels.ts';
import type { HostState, PlugIn } from './host-process.ts';
import { portLink } from './ipc-link.ts';
import { outOfServiceText } from './out-of-service.ts';

/*
 * Joins the page and the terminal host by a message port: the shell hands out the two ends and reads nothing of what
 * passes. While there is no host to join, it says so to the page itself.
 */

export interface ScreenLines {
  /** The page listens and has no line. It asks again until it gets one. */
  wanted(page: WebContents): void;
  /** The host has come, gone, or given up. */
  hostIs(state: HostState, plugIn: PlugIn): void;
}

export function createScreenLines(settingsPath: string): ScreenLines {
  let host: { readonly state: HostState; readonly plugIn: PlugIn } | undefined;
  let waiting: WebContents | undefined;
  /** The line on which the shell itself speaks. */
  let notice: ScreenLink | undefined;

  const join = (page: WebContents): void => {
    if (host === undefined || (host.state !== 'ready' && !isOutOfService(host.state))) {
      waiting = page;
      return;
    }
    waiting = undefined;
    if (page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    page.postMessage(channels.port, null, [port2]);
    if (host.state === 'ready') host.plugIn(port1);
    else giveNotice(port1);
  };
  const giveNotice = (port: MessagePortMain): void => {
    const link = portLink(port);
    // The screen has no buttons, so nothing is heard; but a port that nobody listens to is not seen closing.
    link.onText(() => undefined);
    link.send(outOfServiceText(settingsPath));
    link.onClosed(() => {
      if (notice === link) notice = undefined;
    });
    notice = link;
  };

  return {
    wanted: join,
    hostIs: (state, plugIn) => {
      host = { state, plugIn };
      notice?.close();
      notice = undefined;
      if (waiting !== undefined) join(waiting);
    },
  };
}

/** No host will come soon: a person must look, and the visitor must not wait. */
function isOutOfService(state: HostState): boolean {
  return state === 'breaker' || state === 'given-up';
}
