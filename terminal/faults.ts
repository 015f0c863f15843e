import type { GaugeName } from './fleet/gauges.ts';

/**
 * What makes a person come or the office look. One alarm of a code and subject stands at a time; each is told to the
 * backend within ten seconds.
 */
export type AlarmCode =
  | 'note-unknown'
  | 'credit-without-record'
  | 'acceptor-trouble'
  | 'printer-trouble'
  | 'cassette-removed-unannounced'
  | 'note-left-in-mouth'
  | 'answer-mismatch'
  | 'top-up-refused'
  | 'top-up-too-old'
  | 'promise-broken'
  | 'queue-too-old'
  | 'register-differs'
  | 'storage-trouble'
  | 'ledger-damaged'
  | 'ledger-rolled-back'
  | 'clock-wrong'
  | 'crash-loop'
  | 'paper-low'
  | 'notes-rejected'
  | GaugeName
  /** Taken out of service on purpose, until somebody puts it back. */
  | 'closed-by-staff'
  | 'staff-locked-out'
  | 'staff-under-duress';
