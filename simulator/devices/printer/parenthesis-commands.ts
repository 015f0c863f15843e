import { type Command, type Firmware, type Parser, takeBytes, takeWord } from './firmware.ts';
import { graphicsFunction } from './graphics-functions.ts';
import { qrFunction } from './qr-functions.ts';

/*
 * GS ( x pL pH …: command families with a length of their own, so that firmware may skip the ones it does not know
 * (ESC/POS §1). Graphics also come as GS 8 L with a length of four bytes.
 */

const familyOf = (letter: string): number => letter.charCodeAt(0);

/** What one command does; `false` if it is refused. */
type Family = (firmware: Firmware, body: Uint8Array) => boolean;

const families: ReadonlyMap<number, Family> = new Map([
  [familyOf('k'), qrFunction],
  [familyOf('L'), graphicsFunction],
  [familyOf('H'), processId],
]);

export function* parenthesisCommand(firmware: Firmware): Parser {
  const family = yield;
  const run = firmware.model.parenthesisCommands.has(family) ? families.get(family) : undefined;
  if (run === undefined) {
    yield* unknownFamily(firmware, family);
    return;
  }
  const body = yield* takeBytes(yield* takeWord());
  if (!run(firmware, body)) firmware.ignore(0x1d, 0x28, family, ...body.subarray(0, 4));
}

/** Old firmware knows no families: it drops the two bytes it stumbled on and prints the rest as letters. */
function* unknownFamily(firmware: Firmware, family: number): Parser {
  firmware.ignore(0x1d, 0x28, family);
  if (firmware.model.unknownParenthesis === 'print') firmware.typesetter.typeCode(family);
  else yield* takeBytes(yield* takeWord());
}

/** GS 8 L. */
export const longGraphics: Command = function* (firmware) {
  const family = yield;
  if (family !== familyOf('L') || !firmware.model.parenthesisCommands.has(family)) {
    firmware.ignore(0x1d, 0x38, family);
    return;
  }
  const low = yield* takeWord();
  const high = yield* takeWord();
  const body = yield* takeBytes(low + high * 0x1_0000);
  if (!graphicsFunction(firmware, body)) firmware.ignore(0x1d, 0x38, family, ...body.subarray(0, 4));
};

/** GS ( H 48: the four bytes come back when everything before them has been printed. */
function processId({ mechanism, reply }: Firmware, body: Uint8Array): boolean {
  const [fn, m, ...id] = body;
  if (fn !== 0x30 || m !== 0x30 || id.length !== 4) return false;
  const answer = Uint8Array.from([0x37, 0x22, ...id, 0x00]);
  mechanism.enqueue({ kind: 'reached', onReached: () => reply(answer) });
  return true;
}
