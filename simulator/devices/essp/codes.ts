/* The bytes of eSSP §3, §4 and §6, as this device reads and writes them. */

export const command = {
  reset: 0x01,
  setInhibits: 0x02,
  displayOn: 0x03,
  displayOff: 0x04,
  setupRequest: 0x05,
  hostProtocolVersion: 0x06,
  poll: 0x07,
  reject: 0x08,
  disable: 0x09,
  enable: 0x0a,
  getSerialNumber: 0x0c,
  sync: 0x11,
  lastRejectCode: 0x17,
  hold: 0x18,
  setGenerator: 0x4a,
  setModulus: 0x4b,
  requestKeyExchange: 0x4c,
  pollWithAck: 0x56,
  eventAck: 0x57,
} as const;

export const response = {
  ok: 0xf0,
  unknownCommand: 0xf2,
  wrongParameterCount: 0xf3,
  outOfRange: 0xf4,
  cannotProcess: 0xf5,
  softwareError: 0xf6,
  fail: 0xf8,
  keyNotSet: 0xfa,
} as const;

export const event = {
  slaveReset: 0xf1,
  read: 0xef,
  credit: 0xee,
  rejecting: 0xed,
  rejected: 0xec,
  stacked: 0xeb,
  safeJam: 0xea,
  unsafeJam: 0xe9,
  disabled: 0xe8,
  stackerFull: 0xe7,
  fraudAttempt: 0xe6,
  cashboxReplaced: 0xe4,
  cashboxRemoved: 0xe3,
  noteMovedToCashbox: 0xe2,
  noteSentOutOfFront: 0xe1,
  stacking: 0xcc,
  initialising: 0xb6,
} as const;

export const rejectCode = {
  accepted: 0x00,
  recognition: 0x02,
  inhibited: 0x06,
  host: 0x08,
  fraudChannel: 0x0f,
  twisted: 0x12,
  escrowTimeOut: 0x13,
} as const;
