import { fromColumns } from './bitmap.ts';
import { present } from './custom-commands.ts';
import {
  type Command,
  type Firmware,
  fixed,
  type Parser,
  passedOver,
  takeBytes,
  takeWord,
} from './firmware.ts';

const logoColumnsMax = 1_023;

const oldKey = (number: number): string => `FS ${number}`;

/** FS q n [xL xH yL yH d…] × n: the old way to keep pictures in flash, sizes in groups of eight dots. */
function* defineOldLogos({ logos, ignore }: Firmware): Parser {
  const count = yield;
  for (let number = 1; number <= count; number += 1) {
    const columns = (yield* takeWord()) * 8;
    const bytesPerColumn = yield* takeWord();
    const data = yield* takeBytes(columns * bytesPerColumn);
    if (columns > logoColumnsMax || data.length < columns * bytesPerColumn) ignore(0x1c, 0x71, number);
    else logos.set(oldKey(number), fromColumns(data, columns, bytesPerColumn));
  }
}

/** FS p n m. */
function printOldLogo({ typesetter, logos, ignore }: Firmware, number: number): void {
  const logo = logos.get(oldKey(number));
  if (logo === undefined) ignore(0x1c, 0x70, number);
  else typesetter.printImage(logo);
}

export const fsCommands: ReadonlyMap<number, Command> = new Map([
  // Kanji modes of Asian firmware.
  ...passedOver([0x21, 1], [0x26, 0], [0x2d, 1], [0x2e, 0], [0x43, 1], [0x53, 2], [0x57, 1]),
  [0x50, present],
  [0x70, fixed(2, printOldLogo)],
  [0x71, defineOldLogos],
]);
