/* The bytes and bits of EBDS §2 to §6, as this device reads and writes them. */

export const messageType = { host: 1, device: 2, auxiliary: 6, extended: 7 } as const;

/** D0 to D2 of a host's message. */
export const hostBit = { stack: 0x20, giveBack: 0x40, extendedReports: 0x10 } as const;
export const policyMask = 0x0c;
export const policyB = 0x04;

/** D0 of an answer; `stacked` and `returned` are events. */
export const d0 = {
  idling: 0x01,
  accepting: 0x02,
  escrowed: 0x04,
  stacking: 0x08,
  stacked: 0x10,
  returning: 0x20,
  returned: 0x40,
} as const;

/** D1; `cheated` and `rejected` are events. */
export const d1 = {
  cheated: 0x01,
  rejected: 0x02,
  jammed: 0x04,
  cassetteFull: 0x08,
  cassettePresent: 0x10,
  paused: 0x20,
} as const;

/** D2; `invalidCommand` is an event. */
export const d2 = { powerUp: 0x01, invalidCommand: 0x02, failure: 0x04 } as const;

export const subtype = { note: 0x02, enables: 0x03, escrowTimeout: 0x04 } as const;

export const question = { serialNumber: 0x05, counters: 0x0b } as const;

export const enq = 0x05;
