/* The bytes of CCNET §5 and §6, as this device reads and writes them. */

export const command = {
  ack: 0x00,
  reset: 0x30,
  getStatus: 0x31,
  setSecurity: 0x32,
  poll: 0x33,
  enableBillTypes: 0x34,
  stack: 0x35,
  returnNote: 0x36,
  identification: 0x37,
  hold: 0x38,
  setBarcode: 0x39,
  getBillTable: 0x41,
  getCrc32: 0x51,
  nak: 0xff,
} as const;

export const answer = {
  ack: Uint8Array.of(0x00),
  nak: Uint8Array.of(0xff),
  illegalCommand: Uint8Array.of(0x30),
} as const;

export const state = {
  powerUp: 0x10,
  powerUpNoteInHead: 0x11,
  powerUpNoteInStacker: 0x12,
  initializing: 0x13,
  idling: 0x14,
  accepting: 0x15,
  stacking: 0x17,
  returning: 0x18,
  disabled: 0x19,
  holding: 0x1a,
  busy: 0x1b,
  rejecting: 0x1c,
  cassetteFull: 0x41,
  cassetteRemoved: 0x42,
  jamInHead: 0x43,
  jamInCassette: 0x44,
  cheated: 0x45,
  pause: 0x46,
  failure: 0x47,
  escrow: 0x80,
  stacked: 0x81,
  returned: 0x82,
} as const;

export const rejectReason = {
  insertion: 0x60,
  identification: 0x65,
  verification: 0x66,
  optic: 0x67,
  inhibitedType: 0x68,
} as const;
