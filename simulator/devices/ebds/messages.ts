import { d2, hostBit, messageType, question, subtype } from './codes.ts';
import type { EbdsFirmware } from './firmware.ts';
import { blankBlock, noteBlock, placeOfValue } from './note-table.ts';

/*
 * Executes one message and gives the payload of the answer, without the bit (EBDS §3 to §6). Nothing: no answer.
 */

const serialNumberLength = 20;
const configurationBytes = 3;
const valueShift = 3;
const secondMs = 1_000;

/** `payload` begins with the control byte. */
export function answerMessage(
  firmware: EbdsFirmware,
  payload: readonly number[],
): readonly number[] | undefined {
  const [control = 0, ...data] = payload;
  switch (control >> 4) {
    case messageType.host:
      return answerPoll(firmware, data);
    case messageType.extended:
      return answerExtended(firmware, data);
    case messageType.auxiliary:
      return answerAuxiliary(firmware, data);
    default:
      return undefined;
  }
}

function answerPoll(firmware: EbdsFirmware, data: readonly number[]): readonly number[] | undefined {
  if (data.length !== configurationBytes) return undefined;
  firmware.configure(data);
  const order = data[1] ?? 0;
  if ((order & hostBit.stack) !== 0) firmware.stackNote();
  else if ((order & hostBit.giveBack) !== 0) firmware.returnNote();
  return report(firmware);
}

/** The state as it is now: with the block of a note, where there is one to tell of and the host wants it. */
function report(firmware: EbdsFirmware): readonly number[] {
  const { stacked, inEscrow, told, settings } = firmware;
  const note = stacked?.note ?? inEscrow;
  const telling = stacked?.telling ?? 'block';
  if (note === undefined) return omnibus(firmware);
  if (!told.wantsBlocks || telling === 'value')
    return omnibus(firmware, placeOfValue(settings.noteTable, note));
  const block = telling === 'bare' ? blankBlock : noteBlock(0, note);
  return extended(firmware, subtype.note, block);
}

function statusBytes(firmware: EbdsFirmware, thirdBits = 0): readonly number[] {
  const [first, second, third] = firmware.status();
  const { model, revision } = firmware.settings;
  return [first, second, third | thirdBits, 0x10, model, revision];
}

function omnibus(firmware: EbdsFirmware, value = 0): readonly number[] {
  return [messageType.device << 4, ...statusBytes(firmware, value << valueShift)];
}

function extended(firmware: EbdsFirmware, sub: number, data: readonly number[] = []): readonly number[] {
  return [messageType.extended << 4, sub, ...statusBytes(firmware), ...data];
}

function invalid(firmware: EbdsFirmware): readonly number[] {
  return [messageType.device << 4, ...statusBytes(firmware, d2.invalidCommand)];
}

function answerExtended(
  firmware: EbdsFirmware,
  [sub, ...rest]: readonly number[],
): readonly number[] | undefined {
  if (rest.length < configurationBytes) return undefined;
  firmware.configure(rest.slice(0, configurationBytes));
  const parameters = rest.slice(configurationBytes);
  if (!firmware.isAtRest) return invalid(firmware);
  switch (sub) {
    case subtype.note: {
      const [index = 0] = parameters;
      const entry = firmware.settings.noteTable[index - 1];
      return extended(firmware, subtype.note, entry === undefined ? blankBlock : noteBlock(index, entry));
    }
    case subtype.enables:
      if (parameters.length !== firmware.settings.enablesBytes) return invalid(firmware);
      firmware.told.enable(parameters);
      return settingDone(firmware, sub);
    case subtype.escrowTimeout:
      if (firmware.settings.sideMessages !== 'known') return unknown(firmware);
      firmware.told.escrowTimeoutMs = (parameters[0] ?? 0) * secondMs;
      return settingDone(firmware, sub);
    default:
      return invalid(firmware);
  }
}

function settingDone(firmware: EbdsFirmware, sub: number): readonly number[] {
  return firmware.settings.settingAnswer === 'omnibus' ? omnibus(firmware) : extended(firmware, sub);
}

function unknown(firmware: EbdsFirmware): readonly number[] | undefined {
  return firmware.settings.sideMessages === 'unanswered' ? undefined : invalid(firmware);
}

function answerAuxiliary(firmware: EbdsFirmware, data: readonly number[]): readonly number[] | undefined {
  if (data.length !== configurationBytes) return undefined;
  if (data.every((byte) => byte === 0x7f)) {
    const isAnswered = firmware.settings.resetAnswer === 'power-up';
    firmware.reset();
    return isAnswered ? [messageType.device << 4, ...statusBytes(firmware, d2.powerUp)] : undefined;
  }
  if (firmware.settings.sideMessages !== 'known') return unknown(firmware);
  if (!firmware.isAtRest) return invalid(firmware);
  switch (data[2]) {
    case question.serialNumber: {
      const text = firmware.settings.serialNumber.padEnd(serialNumberLength, '\0');
      return [messageType.auxiliary << 4, ...new TextEncoder().encode(text)];
    }
    case question.counters:
      return [messageType.auxiliary << 4, ...firmware.counters.nibbles()];
    default:
      return invalid(firmware);
  }
}
