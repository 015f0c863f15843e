import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import type { Fact } from '../facts.ts';
import { type AlarmChange, endAlarms, raise } from '../health/alarms.ts';
import { lockOut } from '../staff/lock-out.ts';
import {
  firstStaffId,
  isGuessablePin,
  padOrder,
  type SignedIn,
  type StaffMember,
  staffIdOf,
  staffRules,
} from '../staff/staff.ts';
import type { PinVerdict } from './event.ts';
import { showHome } from './home.ts';
import { emptySignIn, stay, turnTo } from './pages.ts';
import type { ChoosePinPage, EnrolPage, ServiceMode, SignInPage } from './state.ts';

/* How people prove who they are. */

export function isLocked({ staff }: Terminal, context: Context): boolean {
  return context.now.monoMs < staff.lockedUntilMonoMs;
}

// ---------------------------------------------------------------- the first person

export function typeCode(
  terminal: Terminal,
  mode: ServiceMode,
  page: EnrolPage,
  digits: string,
  context: Context,
): Decision {
  if (page.requestId !== undefined || isLocked(terminal, context)) return decided(terminal);
  if (digits.length < staffRules.enrolmentDigits) {
    return stay(terminal, mode, { ...page, digits, isRefused: false });
  }
  const { requestId } = context.fresh;
  return andThen(stay(terminal, mode, { ...page, digits, requestId }), (next) =>
    decided(next, { effects: [{ kind: 'check-enrolment', requestId, code: digits }] }),
  );
}

export function onCodeChecked(terminal: Terminal, fits: boolean, context: Context): Decision {
  if (!fits) {
    const again = { kind: 'enrol', digits: '', requestId: undefined, isRefused: true } as const;
    return andThen(turnTo(terminal, again, context), (next) => refused(next, undefined));
  }
  const who: SignedIn = { staffId: firstStaffId, role: 'administrator' };
  return turnTo(terminal, choosePin(who, true, context), context);
}

// ---------------------------------------------------------------- id and PIN

export function typeSignIn(
  terminal: Terminal,
  mode: ServiceMode,
  page: SignInPage,
  digits: string,
  context: Context,
): Decision {
  if (page.requestId !== undefined || isLocked(terminal, context)) return decided(terminal);
  if (page.field === 'id') {
    const field = digits.length === staffRules.idDigits ? 'pin' : 'id';
    return stay(terminal, mode, { ...page, id: digits, field, isRefused: false });
  }
  if (digits.length < staffRules.pinDigits) return stay(terminal, mode, { ...page, pin: digits });
  const { requestId } = context.fresh;
  const staffId = memberNamed(terminal, page.id)?.staffId;
  return andThen(stay(terminal, mode, { ...page, pin: digits, requestId }), (next) =>
    decided(next, { effects: [{ kind: 'check-pin', requestId, staffId, pin: digits }] }),
  );
}

/** A blocked person is as good as nobody; the screen does not tell the two apart. */
function memberNamed({ staff }: Terminal, id: string): StaffMember | undefined {
  const staffId = staffIdOf(id);
  return staff.members.find((member) => member.staffId === staffId && !member.isBlocked);
}

export function onPinChecked(
  terminal: Terminal,
  page: SignInPage,
  verdict: PinVerdict,
  context: Context,
): Decision {
  const member = memberNamed(terminal, page.id);
  if (member === undefined || verdict === 'differs') {
    return andThen(turnTo(terminal, emptySignIn(context, true), context), (next) =>
      refused(next, member?.staffId),
    );
  }
  const { staffId, role, mustChangePin } = member;
  const who: SignedIn = { staffId, role };
  return andThen(signedIn(terminal, who, verdict === 'duress'), (entered) =>
    mustChangePin
      ? turnTo(entered, choosePin(who, false, context), context)
      : showHome(entered, who, context),
  );
}

function refused(terminal: Terminal, staffId: StaffMember['staffId'] | undefined): Decision {
  const fact: Fact = { kind: 'staff-refused', staffId };
  const isAlarming = terminal.staff.refusals + 1 >= lockOut.alarmAt;
  const alarm = isAlarming ? raise(terminal.health, 'staff-locked-out', 'sign-in', '') : undefined;
  return withAlarms(terminal, alarm, [fact]);
}

/** Under duress everything works as ever, and the office is told. */
function signedIn(terminal: Terminal, who: SignedIn, isUnderDuress: boolean): Decision {
  const { staffId, role } = who;
  const entered = withAlarms(terminal, endAlarms(terminal.health, 'staff-locked-out'), [
    { kind: 'staff-signed-in', staffId, role },
  ]);
  return andThen(entered, (next) =>
    withAlarms(
      next,
      isUnderDuress
        ? raise(next.health, 'staff-under-duress', staffId, '')
        : endAlarms(next.health, 'staff-under-duress', new Set([staffId])),
    ),
  );
}

function withAlarms(
  terminal: Terminal,
  alarms: AlarmChange | undefined,
  facts: readonly Fact[] = [],
): Decision {
  if (alarms === undefined) return decided(terminal, { facts });
  const health = { ...terminal.health, alarms: alarms.alarms };
  return decided({ ...terminal, health }, { facts: [...facts, ...alarms.facts] });
}

// ---------------------------------------------------------------- a PIN of one's own

function choosePin(who: SignedIn, enrols: boolean, context: Context): ChoosePinPage {
  const order = padOrder(context.chance);
  return {
    kind: 'choose-pin',
    who,
    enrols,
    pin: '',
    first: undefined,
    order,
    requestId: undefined,
    fault: undefined,
  };
}

export function typeNewPin(
  terminal: Terminal,
  mode: ServiceMode,
  page: ChoosePinPage,
  pin: string,
  context: Context,
): Decision {
  if (page.requestId !== undefined) return decided(terminal);
  if (pin.length < staffRules.pinDigits) return stay(terminal, mode, { ...page, pin, fault: undefined });
  const { who, enrols, first } = page;
  const empty = choosePin(who, enrols, context);
  if (first === undefined) {
    const next: ChoosePinPage = isGuessablePin(pin)
      ? { ...empty, fault: 'guessable' }
      : { ...empty, first: pin };
    return turnTo(terminal, next, context);
  }
  if (first !== pin) return turnTo(terminal, { ...empty, fault: 'differs' }, context);
  const { requestId } = context.fresh;
  return andThen(stay(terminal, mode, { ...page, pin, requestId }), (next) =>
    decided(next, { effects: [{ kind: 'make-pin', requestId, pin }] }),
  );
}

export function onPinMade(
  terminal: Terminal,
  page: ChoosePinPage,
  verifier: string,
  context: Context,
): Decision {
  const { who, enrols } = page;
  const { staffId, role } = who;
  const own: Fact = { kind: 'staff-pin-set', staffId, verifier, mustChange: false, by: staffId };
  const stored = decided(terminal, {
    facts: enrols
      ? [
          { kind: 'staff-enrolled', staffId, role, by: 'command-line' },
          own,
          { kind: 'staff-signed-in', staffId, role },
        ]
      : [own],
    effects: enrols ? [{ kind: 'end-enrolment' }] : [],
  });
  return andThen(stored, (next) => showHome(next, who, context));
}
