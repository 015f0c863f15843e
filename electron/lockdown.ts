import { app, type Event, type Session, type WebContents } from 'electron';
import { isPadKey } from '../terminal/contract/pad-keys.ts';
import { isPageUrl } from './page-files.ts';

/*
 * Every way out of the page, shut. Each refusal is reported by its name alone: an address or a key may be somebody's
 * secret. docs/lockdown.md lists what is shut here and what proves it.
 */

export type KioskRefusal =
  | 'navigation'
  | 'new-window'
  | 'webview'
  | 'key'
  | 'devtools'
  | 'download'
  | 'permission'
  | 'device'
  | 'network'
  | 'deep-link'
  | 'second-instance'
  | 'client-certificate'
  | 'log-in'
  | 'ipc-sender';

export type Report = (what: KioskRefusal) => void;

/** Chromium features that a touch screen would trip over. Must run before Electron is ready. */
export function lockDownStart(): void {
  app.enableSandbox();
  app.commandLine.appendSwitch('disable-pinch');
  app.commandLine.appendSwitch('overscroll-history-navigation', '0');
  app.commandLine.appendSwitch('pull-to-refresh', '0');
}

/** Links and files handed over by the desktop, and every page that is ever made, the window's own included. */
export function lockDownApp(report: Report): void {
  const refuse =
    (what: KioskRefusal) =>
    (event: Event): void => {
      event.preventDefault();
      report(what);
    };
  app.on('open-url', refuse('deep-link'));
  app.on('open-file', refuse('deep-link'));
  app.on('select-client-certificate', refuse('client-certificate'));
  app.on('login', refuse('log-in'));
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents, report));
}

/** What a page may ask of the machine: nothing. What it may load: its own files. */
export function lockDownSession(session: Session, report: Report): void {
  session.setPermissionCheckHandler(() => false);
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    report('permission');
    answer(false);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    report('permission');
    // No stream at all; Electron turns it into a refusal.
    answer(null);
  });
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  for (const kind of ['select-hid-device', 'select-serial-port', 'select-usb-device'] as const) {
    refuseDevice(session, kind, report);
  }
  session.on('will-download', (event) => {
    event.preventDefault();
    report('download');
  });
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = isPageUrl(details.url) || details.url.startsWith('data:image/');
    if (!isAllowed) report('network');
    answer({ cancel: !isAllowed });
  });
}

type DeviceEvent = 'select-hid-device' | 'select-serial-port' | 'select-usb-device';

function refuseDevice(session: Session, kind: DeviceEvent, report: Report): void {
  const listener = (event: Event, ...rest: readonly unknown[]): void => {
    event.preventDefault();
    report('device');
    const answer = rest.at(-1);
    if (typeof answer === 'function') answer('');
  };
  session.on(kind as 'select-hid-device', listener);
}

function lockDownContents(contents: WebContents, report: Report): void {
  const refuse =
    (what: KioskRefusal) =>
    (event: Event): void => {
      event.preventDefault();
      report(what);
    };
  // The page never navigates; the shell's own loads do not pass here.
  contents.on('will-navigate', refuse('navigation'));
  contents.on('will-frame-navigate', refuse('navigation'));
  contents.on('will-redirect', refuse('navigation'));
  contents.on('will-attach-webview', refuse('webview'));
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    report('device');
    answer('');
  });
  contents.setWindowOpenHandler(() => {
    report('new-window');
    return { action: 'deny' };
  });
  contents.on('before-input-event', (event, input) => {
    if (isPadKey(input)) return;
    event.preventDefault();
    if (input.type === 'keyDown' && !input.isAutoRepeat) report('key');
  });
  contents.on('devtools-opened', () => {
    contents.closeDevTools();
    report('devtools');
  });
  lockDownView(contents);
}

/** Zoom, selection, dragging and the pull of a finger: all as the page was drawn. */
function lockDownView(contents: WebContents): void {
  const unzoom = (): void => contents.setZoomFactor(1);
  contents.on('zoom-changed', unzoom);
  contents.on('context-menu', (event) => event.preventDefault());
  contents.setIgnoreMenuShortcuts(true);
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('dom-ready', () => {
    unzoom();
    // No way back to a page before this one.
    contents.navigationHistory.clear();
    // A page that goes while this is under way needs neither.
    contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined);
    contents.insertCSS(viewCss, { cssOrigin: 'user' }).catch(() => undefined);
  });
}

export const viewCss = `
html { overscroll-behavior: none !important; touch-action: pan-y !important; }
*, *::before, *::after { -webkit-user-select: none !important; user-select: none !important; -webkit-user-drag: none !important; }
`;
