import { response } from './codes.ts';
import type { EsspSettings } from './settings.ts';

const realValueMultiplier = 100;

/** SETUP REQUEST (eSSP §5), in the expanded layout of protocol 6 and later. */
export function setupReply({ firmware, channels }: EsspSettings, protocol: number): Uint8Array {
  const text = (words: string): number[] => Array.from(words, (letter) => letter.charCodeAt(0));
  const tenge = channels.map(({ valueMinor }) => valueMinor / 100);
  const fitsBytes = tenge.every((value) => value % 100 === 0 && value / 100 <= 0xff);
  return Uint8Array.from([
    response.ok,
    0x00,
    ...text(firmware),
    ...text(channels[0]?.currency ?? '---'),
    ...[0, 0, fitsBytes ? 100 : 0],
    channels.length,
    ...tenge.map((value) => (fitsBytes ? value / 100 : 0)),
    ...channels.map(() => 2),
    ...[0, 0, realValueMultiplier],
    protocol,
    ...channels.flatMap(({ currency }) => text(currency)),
    ...tenge.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]),
  ]);
}
