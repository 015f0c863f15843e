import { isPadKey } from '../terminal/contract/pad-keys.ts';

/*
 * Runs before anything is drawn, and keeps from the page whatever is not one finger on a button. In Electron the preload
 * script puts it up, and the main process guards the same doors from outside; in a kiosk browser the page does it itself,
 * and what no page can stop (the browser's own reload, its menus) is the browser's policies' and flags'.
 */

/** Long press and menu key, dragging, dropping, selecting, the clipboard, the middle button, the browser's own forms. */
const refusedEvents = [
  ...['contextmenu', 'dragstart', 'dragenter', 'dragover', 'drop', 'selectstart', 'auxclick'],
  ...['copy', 'cut', 'paste', 'submit'],
];

const pointerEvents = ['pointerdown', 'pointermove', 'pointerup', 'pointercancel'];

export function guardPage(page: Window): void {
  const refuse = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const on = (kind: string, listener: (event: Event) => void): void =>
    page.addEventListener(kind, listener, { capture: true, passive: false });

  for (const kind of refusedEvents) on(kind, refuse);
  for (const kind of ['keydown', 'keyup']) {
    on(kind, (event) => {
      const { key, ctrlKey, altKey, metaKey } = event as KeyboardEvent;
      if (!isPadKey({ key, control: ctrlKey, alt: altKey, meta: metaKey })) refuse(event);
    });
  }
  on('wheel', (event) => {
    if ((event as WheelEvent).ctrlKey) refuse(event);
  });
  // The first finger counts, the other nine do not.
  for (const kind of pointerEvents) {
    on(kind, (event) => {
      if (!(event as PointerEvent).isPrimary) refuse(event);
    });
  }
  for (const kind of ['touchstart', 'touchmove']) {
    on(kind, (event) => {
      if ((event as TouchEvent).touches.length > 1) refuse(event);
    });
  }
}
