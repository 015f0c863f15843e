import { fromColumns } from './bitmap.ts';
import { present } from './custom-commands.ts';
import { type Command, type Firmware, fixed, type Parser, takeBytes, takeWord } from './firmware.ts';

/** FS q n [xL xH yL yH d…] × n: the old way to keep pictures in flash, sizes in groups of eight dots. */
function* defineOldLogos({ logos }: Firmware): Parser {
  const count = yield;
  for (let number = 1; number <= count; number += 1) {
    const columns = (yield* takeWord()) * 8;
    const bytesPerColumn = yield* takeWord();
    logos.set(
      oldKey(number),
      fromColumns(yield* takeBytes(columns * bytesPerColumn), columns, bytesPerColumn),
    );
  }
}

const oldKey = (number: number): string => `FS ${number}`;

function printOldLogo({ typesetter, logos, ignore }: Firmware, number = 0): void {
  const logo = logos.get(oldKey(number));
  if (logo === undefined) ignore(0x1c, 0x70, number);
  else typesetter.printImage(logo);
}

/** Kanji modes of Asian firmware: known, without effect here. */
const passedOver: readonly (readonly [code: number, parameters: number])[] = [
  [0x21, 1],
  [0x26, 0],
  [0x2d, 1],
  [0x2e, 0],
  [0x43, 1],
  [0x53, 2],
  [0x57, 1],
];

export const fsCommands: ReadonlyMap<number, Command> = new Map<number, Command>([
  ...passedOver.map(([code, count]): [number, Command] => [code, fixed(count, () => undefined)]),
  [0x50, present],
  [0x70, fixed(2, printOldLogo)],
  [0x71, defineOldLogos],
]);
