import { expect, test } from 'vitest';
import { isPadKey } from './pad-keys.ts';

const bare = { control: false, alt: false, meta: false };

test('digits and the keys of a pad pass', () => {
  for (const key of ['0', '9', 'Enter', 'Backspace', 'Tab', ' ', 'ArrowDown']) {
    expect(isPadKey({ ...bare, key })).toBe(true);
  }
});

test.each([
  ...['a', 'Z', 'ә', '/', ':', '.', '\u0000', '\u001b', '\u007f', '\u202e', '12', ''],
  ...[
    'Escape',
    'Delete',
    'F1',
    'F5',
    'F11',
    'F12',
    'F24',
    'ContextMenu',
    'PrintScreen',
    'Meta',
    'Alt',
    'Control',
  ],
  ...[
    'BrowserBack',
    'BrowserHome',
    'LaunchMail',
    'MediaPlayPause',
    'AudioVolumeUp',
    'ZoomIn',
    'Process',
    'Dead',
  ],
])('%j does not', (key) => {
  expect(isPadKey({ ...bare, key })).toBe(false);
});

test('no key passes in a combination', () => {
  for (const held of ['control', 'alt', 'meta'] as const) {
    expect(isPadKey({ ...bare, [held]: true, key: '0' })).toBe(false);
    expect(isPadKey({ ...bare, [held]: true, key: 'Tab' })).toBe(false);
  }
});
