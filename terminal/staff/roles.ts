/*
 * Who may do what in service mode. A right is asked for where the work is done, never guessed from a role's name.
 */

export const roles = ['technician', 'collector', 'administrator', 'auditor'] as const;

export type Role = (typeof roles)[number];

export type Right =
  /** See devices, run their tests, change paper. */
  | 'diagnose'
  /** Empty the cassette and print its slip. */
  | 'collect'
  /** Read counters and sums. */
  | 'see-sums'
  /** Say what was found in a cassette that was opened. */
  | 'count-cash'
  /** Read queue, operations and notes. */
  | 'see-operations'
  /** Send again, void, re-route, pay by hand, reprint. */
  | 'settle-operations'
  /** Propose what became of an unknown note. */
  | 'propose-note'
  /** Confirm what another person has proposed. */
  | 'confirm-note'
  /** Change what the terminal is and how it behaves. */
  | 'change-settings'
  /** Take the terminal out of service and back, restart it. */
  | 'run-terminal'
  | 'see-audit'
  | 'manage-staff';

/**
 * Who resolves an unknown note never collects: the person who decides what is in the cassette is not the one who carries
 * it away.
 */
const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  technician: ['diagnose', 'confirm-note', 'run-terminal'],
  collector: ['collect', 'see-sums'],
  administrator: [
    'diagnose',
    'see-sums',
    'count-cash',
    'see-operations',
    'settle-operations',
    'propose-note',
    'confirm-note',
    'change-settings',
    'run-terminal',
    'see-audit',
    'manage-staff',
  ],
  auditor: ['see-sums', 'see-operations', 'see-audit'],
};

export function may(role: Role, right: Right): boolean {
  return rightsOf[role].includes(right);
}
