import type { ScreenView } from '../contract/messages.ts';
import type { AcceptorDriver } from '../devices.ts';
import type { AlarmCode } from '../faults.ts';
import type { Condition } from '../fleet/condition.ts';
import type { EventId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Clock, IdSource, Timer } from '../ports.ts';
import type { Settings } from '../settings.ts';
import { ask } from '../wallet/call.ts';
import { eventsCall } from '../wallet/codec-terminal.ts';
import type { ChainAnchor, EventsAnswer, EventsRequest } from '../wallet/messages.ts';
import type { WalletTransport } from '../wallet/transport.ts';
import type { Build } from './build.ts';
import type { RunningTerminal } from './terminal.ts';

/** Why the ledger may not be used, in the words of screen, office and log. */
export interface Closure {
  readonly block: 'ledger' | 'storage';
  readonly alarm: AlarmCode;
  readonly detail: string;
}

export interface ClosedParts {
  readonly settings: Settings;
  readonly acceptor: AcceptorDriver;
  readonly wallet: WalletTransport;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly build: Build;
  readonly log: Log;
  readonly onView: (view: ScreenView) => void;
}

const tellOffice = { deadlineMs: 15_000, againMs: 60_000 } as const;

/** Where every chain begins: all that can be said of a journal that may not be read. */
const chainStart: ChainAnchor = { sequence: 0, head: '0'.repeat(64) };

/**
 * A terminal whose ledger may not be used (money rules M6, M13, M14). The acceptor, which a dead process may have left
 * on, is emptied and disabled; the screen says why, and the office is told. Only a person can mend it, so it waits.
 */
export function runClosedTerminal(parts: ClosedParts, closure: Closure): RunningTerminal {
  const { settings, acceptor, clock, log } = parts;
  log({ event: 'ledger-refused', detail: closure.detail });
  // No lease is ever given, and no credit event confirmed: the device keeps it for the process that can store it.
  acceptor.start(({ kind }) => log({ event: 'acceptor-reported', report: kind, detail: 'closed' }));
  const view = closedView(settings, closure);
  const startedAtMs = clock.wallMs();
  parts.onView(view);

  const alarm = alarmOf(parts, closure);
  let timer: Timer | undefined;
  let stopped = false;
  const tell = async (): Promise<void> => {
    const answer: EventsAnswer = await ask(parts.wallet, eventsCall, alarm, tellOffice.deadlineMs);
    if (answer.kind === 'unknown' && !stopped) {
      timer = clock.setTimer(tellOffice.againMs, () => void tell());
    }
  };
  void tell();

  return {
    hear: () => undefined,
    collectorSeen: () => undefined,
    view: () => view,
    condition: () => closedCondition(parts, closure, startedAtMs),
    stop: async () => {
      stopped = true;
      timer?.cancel();
      await acceptor.stop();
      log({ event: 'terminal-stopped' });
    },
  };
}

/** Nothing is read from a ledger that may not be used. */
function closedCondition({ build }: ClosedParts, { block, alarm }: Closure, startedAtMs: number): Condition {
  const nothingKnown = {
    protocol: undefined,
    model: undefined,
    serialNumber: undefined,
    firmware: undefined,
  };
  return {
    build: build.version,
    startedAtMs,
    state: 'out-of-service',
    why: block,
    alarms: [{ alarm, subject: 'ledger' }],
    acceptor: { connected: false, enabled: false, faults: [], ...nothingKnown },
    printer: { ready: false, paperLow: false, fault: undefined },
    cassetteNumber: undefined,
    diskFreePercent: undefined,
    clockOffsetMs: undefined,
    figures: undefined,
  };
}

function closedView(settings: Settings, { block }: Closure): ScreenView {
  const [language = 'kk'] = settings.languages;
  return {
    frame: {
      terminalNumber: settings.terminal.number,
      supportPhone: settings.terminal.supportPhone,
      language,
      languages: settings.languages,
      easyMode: false,
      moreTime: false,
      simulated: settings.simulated,
      panel: settings.screen,
    },
    screen: { kind: 'out-of-service', reason: block },
    offers: [],
  };
}

/** The same event at every try, so that the office counts it once. */
function alarmOf({ settings, clock, ids }: ClosedParts, { alarm, detail }: Closure): EventsRequest {
  const atMs = clock.wallMs();
  return {
    terminalNumber: settings.terminal.number,
    sentAtMs: atMs,
    anchor: chainStart,
    events: [
      {
        eventId: ids.uuidV7() as EventId,
        occurredAtMs: atMs,
        name: alarm,
        severity: 'alarm',
        fields: { subject: 'ledger', detail, raised: true },
      },
    ],
  };
}
