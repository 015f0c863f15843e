import type { Context } from '../context.ts';
import { andThen, type Decision, decided, type Effect } from '../core/decision.ts';
import type { Terminal } from '../core/terminal.ts';
import { padOrder } from '../staff/staff.ts';
import { isGlassTrial } from './device-pages.ts';
import type { StaffPressed } from './event.ts';
import {
  type CollectedPage,
  type CollectionPage,
  personAt,
  type ServiceMode,
  type ServicePage,
  type SignInPage,
  serviceTimes,
} from './state.ts';

/* How service mode opens, turns its pages and closes. */

/** Shows another page and gives it its own time. */
export function turnTo(terminal: Terminal, page: ServicePage, context: Context): Decision {
  const serviceMode: ServiceMode = {
    page,
    generation: (terminal.serviceMode?.generation ?? 0) + 1,
    sinceMonoMs: context.now.monoMs,
    closesAtMonoMs: undefined,
  };
  return watch({ ...terminal, serviceMode });
}

/** Changes what the page says without making it another one. */
export function stay(terminal: Terminal, serviceMode: ServiceMode, page: ServicePage): Decision {
  return decided({ ...terminal, serviceMode: { ...serviceMode, page } });
}

/** The terminal is the customers' again. */
export function close(
  terminal: Terminal,
  why: 'asked' | 'idle',
  unfinished: readonly string[] = [],
): Decision {
  const person = personAt(terminal.serviceMode);
  return decided(
    { ...terminal, serviceMode: undefined },
    {
      facts:
        person === undefined
          ? []
          : [
              {
                ...{ kind: 'staff-signed-out', staffId: person.staffId, why },
                ...(unfinished.length === 0 ? {} : { unfinished }),
              },
            ],
      effects: stopTimers,
    },
  );
}

const stopTimers: readonly Effect[] = [
  { kind: 'cancel-timer', timer: 'service-idle' },
  { kind: 'cancel-timer', timer: 'service-unattended' },
];

/** Shows sums while a finger lies on the button; a finger whose going was not heard has gone after a while. */
export function reveal(
  terminal: Terminal,
  mode: ServiceMode,
  page: CollectionPage | CollectedPage,
  { value }: StaffPressed,
): Decision {
  const isRevealed = value === 'held';
  const timer = 'service-hide';
  const effect: Effect = isRevealed
    ? { kind: 'start-timer', timer, delayMs: serviceTimes.revealedMs }
    : { kind: 'cancel-timer', timer };
  return andThen(stay(terminal, mode, { ...page, isRevealed }), (next) =>
    decided(next, { effects: [effect] }),
  );
}

/** Nobody leaves them open behind their back. */
export function onHide(terminal: Terminal): Decision {
  const { serviceMode } = terminal;
  const page = serviceMode?.page;
  return serviceMode !== undefined && (page?.kind === 'collection' || page?.kind === 'collected')
    ? stay(terminal, serviceMode, { ...page, isRevealed: false })
    : decided(terminal);
}

/** Somebody is there: the time-out starts over. */
export function watch(terminal: Terminal): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined) return decided(terminal);
  return decided(
    { ...terminal, serviceMode: { ...serviceMode, closesAtMonoMs: undefined } },
    {
      effects: [
        ...stopTimers,
        { kind: 'start-timer', timer: 'service-idle', delayMs: idleMsOf(serviceMode.page) },
      ],
    },
  );
}

function idleMsOf(page: ServicePage): number {
  switch (page.kind) {
    case 'try-later':
      return serviceTimes.tryLaterMs;
    case 'enrol':
    case 'sign-in':
    case 'choose-pin':
      return serviceTimes.signInIdleMs;
    case 'collection':
      return serviceTimes.collectionIdleMs;
    case 'devices':
      return isGlassTrial(page) ? serviceTimes.glassIdleMs : serviceTimes.idleMs;
    default:
      return serviceTimes.idleMs;
  }
}

/** Nobody has touched anything for a while: what is there to lose is announced, the rest simply closes. */
export function onIdle(terminal: Terminal, context: Context): Decision {
  const { serviceMode } = terminal;
  if (serviceMode === undefined) return decided(terminal);
  if (serviceMode.page.kind === 'try-later') return close(terminal, 'idle');
  const closesAtMonoMs = context.now.monoMs + serviceTimes.warningMs;
  return decided(
    { ...terminal, serviceMode: { ...serviceMode, closesAtMonoMs } },
    {
      effects: [{ kind: 'start-timer', timer: 'service-unattended', delayMs: serviceTimes.warningMs }],
    },
  );
}

/** Asks who is there; with nobody on record, for the code that vouches for the first person. */
export function askWho(terminal: Terminal, context: Context): Decision {
  if (terminal.staff.members.length === 0) {
    return turnTo(terminal, { kind: 'enrol', digits: '', requestId: undefined, isRefused: false }, context);
  }
  return turnTo(terminal, emptySignIn(context, false), context);
}

export function emptySignIn(context: Context, isRefused: boolean): SignInPage {
  const order = padOrder(context.chance);
  return { kind: 'sign-in', field: 'id', id: '', pin: '', order, requestId: undefined, isRefused };
}

/** The note that somebody has pushed in is placed first. */
export function open(terminal: Terminal, isNoteMoving: boolean, context: Context): Decision {
  const opened = isNoteMoving ? turnTo(terminal, { kind: 'try-later' }, context) : askWho(terminal, context);
  return andThen(opened, (next) => decided({ ...next, staff: { ...next.staff, knocksMonoMs: [] } }));
}
