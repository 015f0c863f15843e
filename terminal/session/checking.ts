import type { Context } from '../context.ts';
import { type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { takenDenominations } from '../health/state.ts';
import type { WalletPhone } from '../ids.ts';
import { type Minor, minor, roundDownToNotes } from '../money.ts';
import type { CheckAnswer, UnknownAnswer } from '../wallet/messages.ts';
import type { CheckedWallet, CheckFailure, CheckGuard, Recipient } from './state.ts';
import { emptyNumber } from './state.ts';
import { visitTimes } from './timeouts.ts';
import { show } from './visit.ts';

const hourMs = 3_600_000;

/** Remembered for the offline rule; more than any terminal sees in a day. */
const checkedWalletsMax = 2_000;

/** Asks the backend about a wallet, unless this visit or this hour has asked enough: names must not be harvested. */
export function startCheck(terminal: Terminal, wallet: WalletPhone, context: Context): Decision {
  const { session } = terminal;
  const { monoMs } = context.now;
  const thisHour = session.guard.recentCheckTimesMonoMs.filter((atMonoMs) => atMonoMs > monoMs - hourMs);
  const { perVisitMax, perHourMax } = context.settings.checks;
  if (session.checksThisVisit >= perVisitMax || thisHour.length >= perHourMax) {
    return failed(terminal, wallet, 'too-many-checks', context);
  }
  const guard: CheckGuard = { ...session.guard, recentCheckTimesMonoMs: [...thisHour, monoMs] };
  const counted: Terminal = {
    ...terminal,
    session: { ...session, guard, checksThisVisit: session.checksThisVisit + 1 },
  };
  const { requestId } = context.fresh;
  const shown = show(counted, { kind: 'checking', requestId, wallet }, context);
  return decided(shown.terminal, {
    effects: [
      ...shown.effects,
      { kind: 'check-wallet', requestId, wallet, deadlineMs: visitTimes.checkMsMax },
      { kind: 'start-timer', timer: 'check', delayMs: visitTimes.checkMsMax },
    ],
  });
}

/** What the customer sees when the backend has kept silent for too long. */
export const noAnswerInTime: UnknownAnswer = {
  kind: 'unknown',
  why: 'no-answer',
  reason: 'deadline',
  sentMaybe: true,
};

export function settleCheck(
  terminal: Terminal,
  wallet: WalletPhone,
  answer: CheckAnswer,
  context: Context,
): Decision {
  switch (answer.kind) {
    case 'wallet-unknown':
      return failed(terminal, wallet, 'wallet-unknown', context);
    case 'wallet-blocked':
      return failed(terminal, wallet, 'wallet-blocked', context);
    case 'wallet-exhausted':
      return failed(terminal, wallet, 'limit-used', context);
    case 'open':
      return foundWallet(terminal, answer, context);
    case 'unknown':
      return withoutBackend(terminal, wallet, context);
  }
}

function foundWallet(
  terminal: Terminal,
  answer: Extract<CheckAnswer, { kind: 'open' }>,
  context: Context,
): Decision {
  const { wallet, holderName: holderMasked, hold } = answer;
  const limitMinor = limitFor(
    terminal,
    Math.min(answer.allowanceMinor, context.settings.limits.perOperation),
    context,
  );
  if (limitMinor < context.settings.limits.minimum) return failed(terminal, wallet, 'limit-used', context);
  const remembered = remember(terminal, { wallet, holderMasked, atMonoMs: context.now.monoMs });
  const recipient: Recipient = { wallet, holderMasked, limitMinor, hold, offline: false };
  // Without a name to recognise, a second entry is the only guard against a wrong digit.
  if (holderMasked === undefined) return show(remembered, { ...emptyNumber, again: recipient }, context);
  return show(remembered, { kind: 'confirm', recipient }, context);
}

/** The offline rule: only a wallet checked here lately, only soon after a good contact, only a small sum. */
function withoutBackend(terminal: Terminal, wallet: WalletPhone, context: Context): Decision {
  const { offline, limits } = context.settings;
  const { monoMs } = context.now;
  const contactMonoMs = terminal.delivery.lastGoodContactMonoMs;
  const inContact =
    contactMonoMs !== undefined && monoMs - contactMonoMs <= offline.contactAgeMinutesMax * 60_000;
  const known = terminal.session.guard.checkedWallets.find(
    (checked) =>
      checked.wallet === wallet && monoMs - checked.atMonoMs <= offline.checkedWithinHours * hourMs,
  );
  const limitMinor = limitFor(terminal, limits.offline, context);
  if (!inContact || known === undefined || limitMinor < limits.minimum) {
    return failed(terminal, wallet, 'check-failed', context);
  }
  const recipient: Recipient = {
    wallet,
    holderMasked: known.holderMasked,
    limitMinor,
    hold: undefined,
    offline: true,
  };
  return show(terminal, { ...emptyNumber, again: recipient }, context);
}

/** What notes can make of it: a limit that no notes reach would only disappoint. */
function limitFor(terminal: Terminal, limitMinor: number, context: Context): Minor {
  return roundDownToNotes(
    minor(limitMinor),
    takenDenominations(terminal.health, context.settings.denominations),
  );
}

function remember(terminal: Terminal, checked: CheckedWallet): Terminal {
  const { guard } = terminal.session;
  const others = guard.checkedWallets.filter((other) => other.wallet !== checked.wallet);
  const checkedWallets = [...others, checked].slice(-checkedWalletsMax);
  return { ...terminal, session: { ...terminal.session, guard: { ...guard, checkedWallets } } };
}

function failed(terminal: Terminal, wallet: WalletPhone, reason: CheckFailure, context: Context): Decision {
  return show(terminal, { kind: 'check-failed', wallet, reason }, context);
}
