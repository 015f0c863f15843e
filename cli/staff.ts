import { randomInt } from 'node:crypto';
import { StorageError } from '../db/errors.ts';
import type { Ledger } from '../db/ledger.ts';
import { enrolmentFile, enrolmentPath } from '../host/enrolment-file.ts';
import { makeVerifier } from '../host/pin-keeper.ts';
import type { Fact } from '../terminal/facts.ts';
import { type Role, roles } from '../terminal/staff/roles.ts';
import {
  firstStaffId,
  isGuessablePin,
  type StaffId,
  type StaffMember,
  staffIdOf,
  staffRules,
} from '../terminal/staff/staff.ts';
import { readOptions } from './options.ts';
import { type Places, readPlaces, withLedger } from './stopped-ledger.ts';
import { UsageError } from './usage-error.ts';

/* People who look after the terminal: the first of them, and whoever has lost a PIN. */

const usage = `Usage:
  npm run staff -- enrol                          prints the code that the screen asks the first person for
While the terminal is stopped:
  npm run staff -- list
  npm run staff -- add --role ${roles.join('|')}
  npm run staff -- block <id>
  npm run staff -- unblock <id>
  npm run staff -- new-pin <id>                   prints a PIN that its owner changes at once
Each takes --settings <file> (default: var/terminal/settings.json).`;

interface Arguments {
  readonly words: readonly string[];
  readonly settings: string;
  readonly role: string | undefined;
}

function readArguments(): Arguments {
  const { positionals, values } = readOptions(usage, {
    allowPositionals: true,
    options: {
      settings: { type: 'string', default: 'var/terminal/settings.json' },
      role: { type: 'string' },
    },
  });
  return { words: positionals, settings: values.settings, role: values.role };
}

async function run({ words, settings, role }: Arguments): Promise<void> {
  const [command, id] = words;
  const places = readPlaces(settings);
  switch (command) {
    case 'enrol':
      return enrol(places);
    case 'list':
      return withLedger(places, async (ledger) => list(ledger.load().staff));
    case 'add':
      return withLedger(places, (ledger) => add(ledger, roleNamed(role)));
    case 'block':
    case 'unblock':
      return withLedger(places, async (ledger) => block(ledger, memberNamed(ledger, id), command));
    case 'new-pin':
      return withLedger(places, async (ledger) => givePin(ledger, memberNamed(ledger, id).staffId));
    default:
      throw new UsageError(usage);
  }
}

async function enrol(places: Places): Promise<void> {
  const code = digits(staffRules.enrolmentDigits);
  enrolmentFile(enrolmentPath(places)).write(await makeVerifier(code));
  console.log(`Enrolment code, good once and for a day: ${code}`);
  console.log('Touch the terminal’s name five times; the screen asks for it while nobody is on record.');
}

function list(members: readonly StaffMember[]): void {
  if (members.length === 0) console.log('Nobody is on record.');
  for (const { staffId, role, isBlocked, mustChangePin } of members) {
    const state = isBlocked ? 'blocked' : mustChangePin ? 'must choose a PIN' : 'active';
    console.log(`${staffId}  ${role.padEnd(13)}  ${state}`);
  }
}

async function add(ledger: Ledger, role: Role): Promise<void> {
  const last = ledger.load().staff.at(-1)?.staffId;
  const staffId = last === undefined ? firstStaffId : staffIdOf(String(Number(last) + 1));
  if (staffId === undefined) throw new UsageError('Every id has been given.');
  record(ledger, { kind: 'staff-enrolled', staffId, role, by });
  await givePin(ledger, staffId);
}

async function givePin(ledger: Ledger, staffId: StaffId): Promise<void> {
  let pin = digits(staffRules.pinDigits);
  while (isGuessablePin(pin)) pin = digits(staffRules.pinDigits);
  record(ledger, { kind: 'staff-pin-set', staffId, verifier: await makeVerifier(pin), mustChange: true, by });
  console.log(`Id ${staffId}, PIN ${pin}. Its owner chooses another at the first sign-in.`);
}

function block(ledger: Ledger, { staffId, isBlocked }: StaffMember, command: 'block' | 'unblock'): void {
  if (isBlocked === (command === 'block')) throw new UsageError(`${staffId} is so already.`);
  record(ledger, { kind: `staff-${command}ed`, staffId, by });
  console.log(`${staffId} is ${command}ed.`);
}

/** Who did it: whoever has the machine's command line has no id on the terminal. */
const by = 'command-line';

function record(ledger: Ledger, fact: Fact): void {
  ledger.commit([fact], Date.now());
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}

function roleNamed(name: string | undefined): Role {
  const role = roles.find((known) => known === name);
  if (role === undefined) throw new UsageError(`Say which role: --role ${roles.join('|')}.`);
  return role;
}

function memberNamed(ledger: Ledger, id: string | undefined): StaffMember {
  const member = ledger.load().staff.find(({ staffId }) => staffId === id);
  if (member === undefined) throw new UsageError(`Nobody has the id ${id ?? '(none given)'}.`);
  return member;
}

try {
  await run(readArguments());
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof StorageError;
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
