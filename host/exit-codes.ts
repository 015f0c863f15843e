/** How a terminal process ends, for whoever supervises it (after sysexits.h). */
export const exitCodes = {
  /** Something was not as it must be: start again. */
  crash: 70,
  /** Another process uses the ledger, and another start will not mend that: a person must look. */
  storage: 74,
  /** The settings are faulty: a start changes nothing. */
  settings: 78,
} as const;
