import { type Command, digitOrNumber, type Firmware, fixed, type Parser, takeBytes } from './firmware.ts';

/*
 * Barcodes are received whole, so that nothing of them prints as letters. The paper shows a field of bars that is no
 * symbol of any kind: receipts carry QR codes.
 */

const dataBytesMax = 255;

/** Data of the old form, ended by zero. */
function* terminated(): Parser<Uint8Array> {
  const bytes: number[] = [];
  for (let byte = yield; byte !== 0 && bytes.length < dataBytesMax; byte = yield) bytes.push(byte);
  return Uint8Array.from(bytes);
}

/** GS k m: kinds 0-6 end with zero, kinds 41-49 (hex) begin with their length. */
const print: Command = function* ({ typesetter, ignore }) {
  const m = yield;
  if (m > 0x06 && (m < 0x41 || m > 0x49)) {
    ignore(0x1d, 0x6b, m);
    return;
  }
  const bytes = m <= 0x06 ? yield* terminated() : yield* takeBytes(yield);
  typesetter.printBarcode(String.fromCharCode(...bytes));
};

function setHeight({ typesetter: { modes } }: Firmware, n: number): void {
  if (n > 0) modes.barcode.heightDots = n;
}

function setModule({ typesetter: { modes } }: Firmware, n: number): void {
  if (n >= 2 && n <= 6) modes.barcode.moduleDots = n;
}

function setTextPlace({ typesetter: { modes } }: Firmware, n: number): void {
  modes.barcode.hasTextAbove = (digitOrNumber(n) & 1) !== 0;
  modes.barcode.hasTextBelow = (digitOrNumber(n) & 2) !== 0;
}

export const barcodeCommands: readonly (readonly [number, Command])[] = [
  [0x48, fixed(1, setTextPlace)],
  [0x66, fixed(1, () => undefined)],
  [0x68, fixed(1, setHeight)],
  [0x6b, print],
  [0x77, fixed(1, setModule)],
];
