/* The bytes of ID-003 §5 and §6, as this device reads and writes them. */

export const command = {
  statusRequest: 0x11,
  reset: 0x40,
  stack1: 0x41,
  stack2: 0x42,
  returnNote: 0x43,
  hold: 0x44,
  wait: 0x45,
  ack: 0x50,
  getDenominations: 0x80,
  getSecurity: 0x81,
  getMode: 0x82,
  getInhibit: 0x83,
  getDirection: 0x84,
  getOptions: 0x85,
  version: 0x88,
  bootVersion: 0x89,
  currencyAssign: 0x8a,
  setDenominations: 0xc0,
  setSecurity: 0xc1,
  setMode: 0xc2,
  setInhibit: 0xc3,
  setDirection: 0xc4,
  setOptions: 0xc5,
} as const;

export const answer = {
  ack: Uint8Array.of(0x50),
  communicationError: Uint8Array.of(0x4a),
  invalidCommand: Uint8Array.of(0x4b),
} as const;

export const status = {
  idling: 0x11,
  accepting: 0x12,
  escrow: 0x13,
  stacking: 0x14,
  vendValid: 0x15,
  stacked: 0x16,
  rejecting: 0x17,
  returning: 0x18,
  holding: 0x19,
  disabled: 0x1a,
  initialize: 0x1b,
  powerUp: 0x40,
  powerUpNoteInAcceptor: 0x41,
  powerUpNoteInStacker: 0x42,
  stackerFull: 0x43,
  stackerOpen: 0x44,
  jamInAcceptor: 0x45,
  jamInStacker: 0x46,
  pause: 0x47,
  cheated: 0x48,
  failure: 0x49,
} as const;

export const rejectReason = {
  insertion: 0x71,
  denomination: 0x76,
  photoLevel: 0x78,
  inhibited: 0x79,
  trueBillFeature: 0x7f,
} as const;

/** Optional functions, byte 1 of C5. */
export const powerRecoveryOption = 0x02;
