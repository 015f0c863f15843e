import { answer, command, status } from './codes.ts';
import { encodeCurrencyTable } from './currency-table.ts';
import type { Id003Firmware } from './firmware.ts';

/** Executes one command and gives the payload of the reply (ID-003 §3, §5). A wrong state gives INVALID COMMAND. */
export function answerCommand(firmware: Id003Firmware, payload: Uint8Array): Uint8Array {
  const [code = 0, ...data] = payload;
  switch (code) {
    case command.statusRequest:
      return Uint8Array.from(firmware.tellStatus());
    case command.reset:
      firmware.reset();
      return answer.ack;
    case command.stack1:
    case command.stack2:
    case command.returnNote:
    case command.hold:
    case command.wait:
      return answerEscrow(firmware, code);
    case command.setDenominations:
    case command.setSecurity:
    case command.setMode:
    case command.setInhibit:
    case command.setDirection:
    case command.setOptions:
      return answerSetting(firmware, code, data);
    default:
      return code >= command.getDenominations && code <= command.currencyAssign
        ? answerInquiry(firmware, code)
        : answer.invalidCommand;
  }
}

/** STACK-1 gives its VEND VALID here as late as STACK-2 does: when the note is in the box. */
function answerEscrow(firmware: Id003Firmware, code: number): Uint8Array {
  const [now] = firmware.status();
  if (now !== status.escrow && now !== status.holding) return answer.invalidCommand;
  if (code === command.returnNote) firmware.returnNote();
  else if (code === command.hold || code === command.wait)
    firmware.holdNote(code === command.hold ? 'holding' : 'escrow');
  else firmware.stackNote();
  return answer.ack;
}

const sideSettings: readonly number[] = [command.setSecurity, command.setMode, command.setDirection];

function answerSetting(firmware: Id003Firmware, code: number, data: readonly number[]): Uint8Array {
  const { settingsLegal, sideSettings: known } = firmware.settings;
  if (known === 'invalid' && sideSettings.includes(code)) return answer.invalidCommand;
  const [now = 0] = firmware.status();
  const isAtWork = now >= status.idling && now <= status.holding;
  const mayInhibit = code === command.setInhibit && data[0] === 0x01;
  if (settingsLegal === 'inhibited' && isAtWork && !mayInhibit) return answer.invalidCommand;
  // Interrupt mode is no part of this unit.
  if (code === command.setMode && data[0] !== 0x00) return answer.invalidCommand;
  return firmware.takeSetting(code, data) ? Uint8Array.of(code, ...data) : answer.invalidCommand;
}

function answerInquiry(firmware: Id003Firmware, code: number): Uint8Array {
  const [now = 0] = firmware.status();
  if (firmware.settings.readsLegal === 'initialized' && now >= status.powerUp) return answer.invalidCommand;
  return Uint8Array.of(code, ...inquiryData(firmware, code));
}

function inquiryData(firmware: Id003Firmware, code: number): Iterable<number> {
  const { versionText, bootVersionText, currencyTable } = firmware.settings;
  switch (code) {
    case command.version:
      return new TextEncoder().encode(versionText);
    case command.bootVersion:
      return new TextEncoder().encode(bootVersionText);
    case command.currencyAssign:
      return encodeCurrencyTable(currencyTable);
    // 80 to 87 ask what C0 to C7 have set.
    default:
      return firmware.told.data(code + command.setDenominations - command.getDenominations);
  }
}
