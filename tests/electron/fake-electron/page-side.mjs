/*
 * Runs in the Chromium page before anything else: the `electron` module of a sandboxed preload, and a private way to the
 * fake shell. The preload's own text follows in the same function, so that the page sees nothing of either.
 */

/** @param {(message: object) => Promise<void>} toShell */
export function preloadElectron(toShell) {
  const listeners = new Map();
  const ports = new Map();

  const tell = (channel, event, args) => {
    for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
  };
  const adopt = (id) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => void toShell({ kind: 'port-data', id, data });
    ports.set(id, port1);
    return port2;
  };
  const hear = (message) => {
    switch (message.kind) {
      case 'ipc':
        tell(message.channel, { ports: message.portIds.map(adopt) }, message.args);
        return;
      case 'port-data':
        ports.get(message.id)?.postMessage(message.data);
        return;
      case 'port-closed':
        ports.get(message.id)?.close();
        ports.delete(message.id);
    }
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key, api) =>
        Object.defineProperty(window, key, { value: Object.freeze({ ...api }), enumerable: true }),
    },
    ipcRenderer: {
      on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      send: (channel, ...args) => void toShell({ kind: 'ipc', channel, args }),
    },
  };
  return { electron, hear };
}
