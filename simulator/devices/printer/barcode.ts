import { type Command, fixed, type Parser, takeBytes } from './firmware.ts';

/* Barcodes: settings are kept and data taken off the wire; the paper shows the text under an even pattern. */

function* terminated(): Parser<Uint8Array> {
  const bytes: number[] = [];
  for (let byte = yield; byte !== 0 && bytes.length < 255; byte = yield) bytes.push(byte);
  return Uint8Array.from(bytes);
}

const print: Command = function* ({ typesetter, ignore }) {
  const m = yield;
  if (m > 6 && (m < 0x41 || m > 0x49)) {
    ignore(0x1d, 0x6b, m);
    return;
  }
  const bytes = m <= 6 ? yield* terminated() : yield* takeBytes(yield);
  typesetter.printBarcode(String.fromCharCode(...bytes));
};

export const barcode: readonly (readonly [number, Command])[] = [
  [
    0x48,
    fixed(1, ({ typesetter }, n = 0) => {
      typesetter.modes.barcode.textPlace = n & 3;
    }),
  ],
  [0x66, fixed(1, () => undefined)],
  [
    0x68,
    fixed(1, ({ typesetter }, n = 0) => {
      typesetter.modes.barcode.heightDots = n;
    }),
  ],
  [0x6b, print],
  [
    0x77,
    fixed(1, ({ typesetter }, n = 0) => {
      typesetter.modes.barcode.moduleDots = n;
    }),
  ],
];
