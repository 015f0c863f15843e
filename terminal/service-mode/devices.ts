import type { Context } from '../context.ts';
import { andThen, type Decision, decided } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { type DeviceName, deviceNames } from '../device-facts.ts';
import { may } from '../staff/roles.ts';
import type { SignedIn } from '../staff/staff.ts';
import type { DeskAnswer } from './desk.ts';
import type { DevicesPage } from './device-pages.ts';
import type { StaffPressed } from './event.ts';
import { onGlassTried } from './glass-trials.ts';
import { showHome } from './home.ts';
import { stay, turnTo } from './pages.ts';
import type { ServiceMode } from './state.ts';
import { tryDevice } from './trials.ts';

/* One device after the other: what it is, how it is now, what it complained of lately, and what to do about it. */

const troublesShown = 4;

export function openDevices(
  terminal: Terminal,
  who: SignedIn,
  context: Context,
  device: DeviceName = 'acceptor',
): Decision {
  if (!may(who.role, 'diagnose')) return decided(terminal);
  const { requestId } = context.fresh;
  const page: DevicesPage = {
    kind: 'devices',
    who,
    device,
    requestId,
    record: undefined,
    test: undefined,
    fault: undefined,
  };
  const query = { kind: 'device-record', device, limit: troublesShown } as const;
  return andThen(turnTo(terminal, page, context), (next) =>
    decided(next, { effects: [{ kind: 'read-desk', requestId, query }] }),
  );
}

export function onDeviceRead(
  terminal: Terminal,
  mode: ServiceMode,
  page: DevicesPage,
  answer: DeskAnswer,
): Decision {
  const heard: DevicesPage = { ...page, requestId: undefined };
  return stay(
    terminal,
    mode,
    answer.kind === 'device-record' ? { ...heard, record: answer.record } : { ...heard, fault: 'unreadable' },
  );
}

export function onDevicesPress(
  terminal: Terminal,
  mode: ServiceMode,
  page: DevicesPage,
  press: StaffPressed,
  context: Context,
): Decision {
  switch (press.action) {
    case 'staff-back':
      return showHome(terminal, page.who, context);
    case 'staff-device': {
      const device = deviceNames.find((known) => known === press.value);
      return device === undefined ? decided(terminal) : openDevices(terminal, page.who, context, device);
    }
    case 'staff-test':
      return tryDevice(terminal, mode, page, press.value, context);
    case 'staff-tested':
      return onGlassTried(terminal, mode, page, press.value);
    default:
      return decided(terminal);
  }
}
