/*
 * Which keys reach the page. The glass is enough for every visit; keys come from a pad for people who cannot use it.
 * Everything else that a keyboard plugged into the cabinet can send is refused: letters, control characters, function,
 * browser and media keys, and every combination.
 */

export interface KeyInput {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
}

const padKeys = new Set([
  ...'0123456789',
  ...['Enter', 'Backspace', 'Tab', ' '],
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
]);

export function isPadKey(input: KeyInput): boolean {
  return !input.control && !input.alt && !input.meta && padKeys.has(input.key);
}
