/** The calls of the contract, by the names faults and logs use. */
export const callNames = [
  'profile',
  'check',
  'top-up',
  'batch',
  'status',
  'void',
  'events',
  'collections',
  'claims',
  'register',
  'register-day',
  'pair',
] as const;

export type CallName = (typeof callNames)[number];
