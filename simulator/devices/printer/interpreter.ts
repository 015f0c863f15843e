import { escCommands } from './esc-commands.ts';
import type { Command, Firmware, Parser } from './firmware.ts';
import { fsCommands } from './fs-commands.ts';
import { gsCommands } from './gs-commands.ts';

/** Reads the queue of bytes for ever: letters, controls and commands. Started anew by power and by a cleared buffer. */
export function* interpreter(firmware: Firmware): Parser<never> {
  const { typesetter } = firmware;
  for (;;) {
    const byte = yield;
    if (!firmware.isSelected) {
      yield* untilSelected(firmware, byte);
      continue;
    }
    switch (byte) {
      case 0x09:
        typesetter.tab();
        break;
      case 0x0a:
        typesetter.endLine();
        break;
      case 0x10:
        yield* realTimeLeftover();
        break;
      case 0x1b:
        yield* command(firmware, byte, escCommands);
        break;
      case 0x1c:
        yield* command(firmware, byte, fsCommands);
        break;
      case 0x1d:
        yield* command(firmware, byte, gsCommands);
        break;
      default:
        // Other controls, CR among them, print nothing.
        typesetter.typeCode(byte);
    }
  }
}

/** ESC = 0 makes the printer deaf to all but ESC = itself. */
function* untilSelected(firmware: Firmware, byte: number): Parser {
  if (byte !== 0x1b || (yield) !== 0x3d) return;
  firmware.isSelected = ((yield) & 1) !== 0;
}

function* command(firmware: Firmware, prefix: number, known: ReadonlyMap<number, Command>): Parser {
  const code = yield;
  const run = known.get(code);
  if (run === undefined) firmware.ignore(prefix, code);
  else yield* run(firmware);
}

/** A real-time command was obeyed when it arrived; its bytes are passed over when their turn comes. */
function* realTimeLeftover(): Parser {
  const second = yield;
  if (second === 0x04 || second === 0x05) {
    yield;
  } else if (second === 0x14) {
    // A pulse has three parameters; of a buffer clear, what follows them are controls that print nothing.
    for (let count = 0; count < 3; count += 1) yield;
  }
}
