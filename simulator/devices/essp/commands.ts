import { command, response } from './codes.ts';
import type { EsspFirmware } from './firmware.ts';
import { setupReply } from './setup-reply.ts';

const ok = Uint8Array.of(response.ok);
const oldestProtocol = 4;

/** Executes one command and gives the data of the reply (eSSP §3, §4). */
export function answerCommand(firmware: EsspFirmware, data: Uint8Array, isEncrypted: boolean): Uint8Array {
  const [code = 0, ...args] = data;
  const { settings } = firmware;
  if (code === command.sync) return ok;
  if (firmware.isBroken)
    return code === command.reset ? reset(firmware) : Uint8Array.of(response.softwareError);
  switch (code) {
    case command.reset:
      return reset(firmware);
    case command.hostProtocolVersion:
      return protocolVersion(firmware, args);
    case command.setupRequest:
      return setupReply(settings, firmware.protocol);
    case command.getSerialNumber: {
      const number = settings.serialNumber;
      return Uint8Array.of(
        response.ok,
        number >>> 24,
        (number >>> 16) & 0xff,
        (number >>> 8) & 0xff,
        number & 0xff,
      );
    }
    case command.setInhibits:
      if (args.length < 1 || args.length > 3) return Uint8Array.of(response.wrongParameterCount);
      firmware.setAccepted((args[0] ?? 0) | ((args[1] ?? 0) << 8));
      return ok;
    case command.enable:
      return firmware.enable() ? ok : Uint8Array.of(response.cannotProcess);
    case command.disable:
      firmware.disable();
      return ok;
    case command.poll:
      return Uint8Array.from([response.ok, ...firmware.poll(false)]);
    case command.pollWithAck:
    case command.eventAck:
      return acknowledged(firmware, code, isEncrypted);
    case command.hold:
      return firmware.hold() ? ok : noNote(firmware);
    case command.reject:
      return firmware.reject() ? ok : noNote(firmware);
    case command.lastRejectCode:
      return Uint8Array.of(response.ok, firmware.lastRejectCode);
    case command.displayOn:
    case command.displayOff:
      return ok;
    default:
      return Uint8Array.of(response.unknownCommand);
  }
}

function reset(firmware: EsspFirmware): Uint8Array {
  firmware.reset();
  return ok;
}

function noNote({ settings }: EsspFirmware): Uint8Array {
  return Uint8Array.of(settings.onNoNote === 'fail' ? response.fail : response.cannotProcess);
}

function protocolVersion(firmware: EsspFirmware, args: readonly number[]): Uint8Array {
  const [version = 0] = args;
  if (args.length !== 1) return Uint8Array.of(response.wrongParameterCount);
  if (version < oldestProtocol || version > firmware.settings.newestProtocol)
    return Uint8Array.of(response.fail);
  firmware.protocol = version;
  return ok;
}

/** Both want encryption: plain they are out of range. */
function acknowledged(firmware: EsspFirmware, code: number, isEncrypted: boolean): Uint8Array {
  if (!firmware.settings.knowsPollWithAck) return Uint8Array.of(response.unknownCommand);
  if (!isEncrypted) return Uint8Array.of(response.outOfRange);
  if (code === command.pollWithAck) return Uint8Array.from([response.ok, ...firmware.poll(true)]);
  return firmware.acknowledge() ? ok : Uint8Array.of(response.cannotProcess);
}
