import { maskFromBytes, maskToBytes } from './bill-masks.ts';
import { encodeBillTable } from './bill-table.ts';
import { answer, command, state } from './codes.ts';
import type { CcnetFirmware } from './firmware.ts';
import type { CcnetSettings } from './settings.ts';

/** Stands for the checksum of a firmware image; its meaning is the vendor's. */
const firmwareCrc32 = Uint8Array.of(0x5a, 0x31, 0xc0, 0x7e);

/** Executes one command and gives the payload of the reply (CCNET §5). A wrong state gives ILLEGAL COMMAND. */
export function answerCommand(firmware: CcnetFirmware, payload: Uint8Array): Uint8Array {
  const [code, ...data] = payload;
  switch (code) {
    case command.reset:
      firmware.reset();
      return answer.ack;
    case command.poll:
      return Uint8Array.from(firmware.poll());
    case command.getStatus:
      return Uint8Array.of(...maskToBytes(firmware.masks.enabled), ...maskToBytes(firmware.masks.security));
    case command.setSecurity:
    case command.enableBillTypes:
    case command.setBarcode:
      return answerSetting(firmware, code, Uint8Array.from(data));
    case command.stack:
    case command.returnNote:
    case command.hold:
      return answerEscrow(firmware, code);
    case command.identification:
    case command.getBillTable:
    case command.getCrc32:
      return answerInquiry(firmware, code);
    default:
      // Coupons, statistics and firmware downloads are not part of this unit.
      return answer.illegalCommand;
  }
}

function answerSetting(firmware: CcnetFirmware, code: number, data: Uint8Array): Uint8Array {
  const stateCode = firmware.state()[0];
  if (!settingIsLegal(firmware.settings, stateCode)) return answer.illegalCommand;
  if (code === command.enableBillTypes && data.length === 6) {
    firmware.enable(maskFromBytes(data.subarray(0, 3)), maskFromBytes(data.subarray(3)));
    return answer.ack;
  }
  const maySecure = firmware.settings.setSecurity === 'accepts' && !isMoving(stateCode);
  if (code === command.setSecurity && data.length === 3 && maySecure) {
    firmware.setSecurity(maskFromBytes(data));
    return answer.ack;
  }
  if (code === command.setBarcode && data.length === 2 && stateCode === state.disabled) return answer.ack;
  return answer.illegalCommand;
}

function settingIsLegal(settings: CcnetSettings, stateCode: number): boolean {
  switch (settings.settingsLegal) {
    case 'always':
      return true;
    case 'at-rest':
      return stateCode === state.idling || stateCode === state.disabled;
    case 'initialized':
      return !isDown(stateCode);
  }
}

function answerEscrow(firmware: CcnetFirmware, code: number): Uint8Array {
  const stateCode = firmware.state()[0];
  if (stateCode !== state.escrow && stateCode !== state.holding) return answer.illegalCommand;
  if (code === command.stack) firmware.stackNote();
  else if (code === command.returnNote) firmware.returnNote();
  else firmware.holdNote();
  return answer.ack;
}

function answerInquiry(firmware: CcnetFirmware, code: number): Uint8Array {
  const stateCode = firmware.state()[0];
  if (!isDown(stateCode) && stateCode !== state.disabled) return answer.illegalCommand;
  if (code === command.identification) return identification(firmware.settings);
  return code === command.getBillTable ? encodeBillTable(firmware.settings.billTable) : firmwareCrc32;
}

/** Before the end of the initialization, or in one of the states 41 to 47. */
function isDown(stateCode: number): boolean {
  const isStarting = stateCode >= state.powerUp && stateCode <= state.initializing;
  const isFaulty = stateCode >= state.cassetteFull && stateCode <= state.failure;
  return isStarting || stateCode === state.busy || isFaulty;
}

function isMoving(stateCode: number): boolean {
  return stateCode === state.accepting || stateCode === state.stacking || stateCode === state.returning;
}

/** 15 characters of part number, 12 of serial number, 7 bytes of asset number. */
function identification(settings: CcnetSettings): Uint8Array {
  const text = settings.partNumber.padEnd(15).slice(0, 15) + settings.serialNumber.padEnd(12).slice(0, 12);
  return Uint8Array.of(...new TextEncoder().encode(text), 0, 0, 0, 0, 0, 0x12, 0x67);
}
