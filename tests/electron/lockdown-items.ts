/*
 * Everything that keeps a stranger inside the screen, with what is known to prove it. docs/lockdown.md is made from this
 * list, and a test holds every label against the tests that carry it.
 */

/** `handler called`: the real shell code did it, asked by a fake Electron. `shown in Chromium`: the attack was made. */
export type Proof = 'handler called' | 'shown in Chromium';

export interface LockdownItem {
  readonly id: string;
  readonly attack: string;
  readonly guard: string;
  /** None: unproven as a whole. */
  readonly proofs: readonly Proof[];
  /** What only a real Electron on a real machine can show; empty if nothing is left. */
  readonly unproven: string;
}

export const handler: readonly Proof[] = ['handler called'];
export const both: readonly Proof[] = ['handler called', 'shown in Chromium'];
export const seen: readonly Proof[] = ['shown in Chromium'];

/** Electron's security checklist, in its order. */
export const checklist: readonly LockdownItem[] = [
  {
    id: 'secure-content',
    attack: 'Content from the network',
    guard: 'Every request that is not for a file of the page is cancelled; the policy allows no connection',
    proofs: both,
    unproven: '',
  },
  {
    id: 'node-integration',
    attack: 'Node in the page',
    guard: 'nodeIntegration off: page, frames, workers',
    proofs: handler,
    unproven: 'that Electron obeys the setting',
  },
  {
    id: 'context-isolation',
    attack: 'The page changes what the preload uses',
    guard: 'contextIsolation on; the port stays with the preload',
    proofs: handler,
    unproven: 'that Electron obeys the setting',
  },
  {
    id: 'sandbox',
    attack: 'A broken renderer reaches the system',
    guard: 'sandbox on for the page and, by app.enableSandbox, for every renderer',
    proofs: handler,
    unproven: "the operating system's sandbox itself",
  },
  {
    id: 'permissions',
    attack: 'Camera, microphone, place, screen, USB, serial, Bluetooth …',
    guard: 'Every request, check, device choice and pairing is refused; the permissions policy allows none',
    proofs: both,
    unproven: '',
  },
  {
    id: 'web-security',
    attack: 'Another origin is read',
    guard: 'webSecurity stays on',
    proofs: handler,
    unproven: 'that Electron obeys the setting',
  },
  {
    id: 'content-policy',
    attack: 'Foreign script, style, frame or form in the page',
    guard: 'Content-Security-Policy from default-src none, without unsafe-inline, in a sandbox',
    proofs: both,
    unproven: '',
  },
  {
    id: 'insecure-content',
    attack: 'Plain HTTP beside the page',
    guard: 'allowRunningInsecureContent off',
    proofs: handler,
    unproven: 'that Electron obeys the setting',
  },
  {
    id: 'experimental-features',
    attack: 'Half-finished Chromium features',
    guard: 'experimentalFeatures off',
    proofs: handler,
    unproven: 'that Electron obeys the setting',
  },
  {
    id: 'blink-features',
    attack: 'Single Blink features switched on',
    guard: 'enableBlinkFeatures is not set',
    proofs: handler,
    unproven: '',
  },
  {
    id: 'webview-popups',
    attack: 'A webview opens windows',
    guard: 'webviewTag off, so that allowpopups has nothing to stand on',
    proofs: handler,
    unproven: 'that Electron obeys the setting',
  },
  {
    id: 'webview-options',
    attack: 'A webview is made with weak options',
    guard: 'will-attach-webview is always prevented',
    proofs: handler,
    unproven: '',
  },
  {
    id: 'navigation',
    attack: 'The page or a frame goes elsewhere',
    guard: 'will-navigate, will-frame-navigate and will-redirect are always prevented',
    proofs: both,
    unproven: '',
  },
  {
    id: 'new-windows',
    attack: 'window.open, target=_blank',
    guard: 'The open handler denies; the sandbox policy has no allow-popups',
    proofs: both,
    unproven: '',
  },
  {
    id: 'open-external',
    attack: 'An address is handed to another program',
    guard: "Electron's shell module is used nowhere: the sources are searched, and the stand-in has none",
    proofs: handler,
    unproven: '',
  },
  {
    id: 'current-version',
    attack: 'A known hole in an old Electron',
    guard: 'Exact version in the lock file; packages are published to the feed of electron-builder.yml',
    proofs: [],
    unproven: 'that somebody publishes and installs updates: the terminal fetches none by itself',
  },
  {
    id: 'ipc-sender',
    attack: 'A message from another frame or page',
    guard: 'Sender, main frame and address are checked before a message counts',
    proofs: handler,
    unproven: '',
  },
  {
    id: 'custom-protocol',
    attack: 'file: addresses read the disk',
    guard: 'The page comes from app://qyzyl/, which knows only the files that were there at the start',
    proofs: both,
    unproven: "Electron's own handling of the scheme",
  },
  {
    id: 'fuses',
    attack: 'The packaged program is run as Node or with an inspector',
    guard: 'Fuses in electron-builder.yml: run as node, NODE_OPTIONS and inspect arguments off, archive only',
    proofs: [],
    unproven: 'the fuses in a real Electron binary (the packager has set them in a stand-in)',
  },
  {
    id: 'exposed-api',
    attack: 'The page gets hold of Electron',
    guard: 'The bridge has three functions, and only text passes',
    proofs: seen,
    unproven: '',
  },
];
