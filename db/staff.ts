import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { Role } from '../terminal/staff/roles.ts';
import type { StaffId, StaffMember } from '../terminal/staff/staff.ts';
import type { StaffFact, StaffPinSet } from '../terminal/staff-facts.ts';
import { type RecordedAt, type RecordedPinSet, refuseUnless } from './recorded-fact.ts';

type RecordedStaffFact = Exclude<StaffFact, StaffPinSet> | RecordedPinSet;

/** The projection of people who look after the terminal. */
export class StaffRows {
  readonly #enrol: Statement<[string, string, number]>;
  readonly #setPin: Statement<[number, string]>;
  readonly #block: Statement<[number, string]>;
  readonly #countRefusal: Statement<[]>;
  readonly #forgetRefusals: Statement<[]>;

  constructor(database: Sqlite) {
    this.#enrol = database.prepare('INSERT INTO staff VALUES (?, ?, 0, 1, ?)');
    this.#setPin = database.prepare('UPDATE staff SET must_change_pin = ? WHERE staff_id = ?');
    this.#block = database.prepare('UPDATE staff SET blocked = ? WHERE staff_id = ?');
    this.#countRefusal = database.prepare(
      'INSERT INTO sign_in VALUES (1, 1) ON CONFLICT DO UPDATE SET refusals = refusals + 1',
    );
    this.#forgetRefusals = database.prepare('DELETE FROM sign_in');
  }

  apply(fact: RecordedStaffFact, at: RecordedAt): void {
    switch (fact.kind) {
      case 'staff-enrolled':
        this.#enrol.run(fact.staffId, fact.role, at.wallMs);
        return;
      case 'staff-pin-set':
        this.#change(this.#setPin, fact.mustChange, fact.staffId);
        return;
      case 'staff-blocked':
      case 'staff-unblocked':
        this.#change(this.#block, fact.kind === 'staff-blocked', fact.staffId);
        return;
      case 'staff-refused':
        this.#countRefusal.run();
        return;
      case 'staff-signed-in':
        this.#forgetRefusals.run();
        return;
      case 'staff-signed-out':
        return;
    }
  }

  #change(statement: Statement<[number, string]>, isSo: boolean, staffId: StaffId): void {
    const { changes } = statement.run(isSo ? 1 : 0, staffId);
    refuseUnless(changes === 1, `nobody here has the id ${staffId}`);
  }
}

/** PINs, or what stands for them: beside the journal, like phones. */
export class StaffPins {
  readonly #set: Statement<[string, string]>;
  readonly #find: Statement<[string], string>;

  constructor(database: Sqlite) {
    this.#set = database.prepare(
      'INSERT INTO staff_pin VALUES (?, ?) ON CONFLICT DO UPDATE SET verifier = excluded.verifier',
    );
    this.#find = database
      .prepare<[string], string>('SELECT verifier FROM staff_pin WHERE staff_id = ?')
      .pluck() as Statement<[string], string>;
  }

  /** Keeps the verifier here and gives what the journal keeps. Within the caller's transaction. */
  keep({ verifier, ...recorded }: StaffPinSet): RecordedPinSet {
    this.#set.run(recorded.staffId, verifier);
    return recorded;
  }

  verifierOf(staffId: StaffId): string | undefined {
    return this.#find.get(staffId);
  }
}

interface StaffRow {
  readonly staff_id: StaffId;
  readonly role: Role;
  readonly blocked: 0 | 1;
  readonly must_change_pin: 0 | 1;
}

export function loadStaff(database: Sqlite): readonly StaffMember[] {
  return database
    .prepare<[], StaffRow>('SELECT * FROM staff ORDER BY staff_id')
    .all()
    .map((row) => ({
      staffId: row.staff_id,
      role: row.role,
      isBlocked: row.blocked === 1,
      mustChangePin: row.must_change_pin === 1,
    }));
}

export function loadRefusals(database: Sqlite): number {
  return database.prepare<[], number>('SELECT refusals FROM sign_in').pluck().get() ?? 0;
}
