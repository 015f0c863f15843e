import type { DeliveryEvent, DeliveryTimer } from '../delivery/event.ts';
import type { AcceptorReport, PrinterReport, PrintOutcome } from '../devices.ts';
import type { Levels } from '../fleet/gauges.ts';
import type { PrintId } from '../ids.ts';
import type { ServiceEvent, ServiceTimer, StaffPressed } from '../service-mode/event.ts';
import type { Pressed } from '../session/event.ts';
import type { CheckAnswer, ProfileAnswer } from '../wallet/messages.ts';
import type { CoreTimer } from './decision.ts';

/** Everything that can happen to a running terminal. */
export type TerminalEvent =
  | { readonly kind: 'acceptor-reported'; readonly report: AcceptorReport }
  | { readonly kind: 'printer-reported'; readonly report: PrinterReport }
  | Pressed
  | StaffPressed
  | { readonly kind: 'timer-fired'; readonly timer: CoreTimer | DeliveryTimer }
  | { readonly kind: 'wallet-checked'; readonly requestId: string; readonly answer: CheckAnswer }
  | { readonly kind: 'profile-answered'; readonly answer: ProfileAnswer }
  | { readonly kind: 'print-ended'; readonly printId: PrintId; readonly outcome: PrintOutcome['kind'] }
  | { readonly kind: 'clock-checked'; readonly isSane: boolean }
  | { readonly kind: 'storage-checked'; readonly isFull: boolean }
  | { readonly kind: 'disk-checked'; readonly isLow: boolean }
  | { readonly kind: 'levels-changed'; readonly levels: Levels }
  | { readonly kind: 'ledger-checked'; readonly damage: string | undefined }
  /** A named person has seen to the machine after its cassette was pulled. */
  | { readonly kind: 'collector-seen'; readonly by: string }
  | Exclude<ServiceEvent, { readonly kind: ServiceTimer }>
  | DeliveryNews;

/** What only delivery has to hear. */
export type DeliveryNews = Exclude<
  DeliveryEvent,
  { readonly kind: 'started' | 'operation-closed' | 'timer-fired' | 'message-stored' }
>;
