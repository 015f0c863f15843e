import type { NoteResolution } from '../facts.ts';
import type { OperationId } from '../ids.ts';
import type { Minor } from '../money.ts';
import type { DeskRefusal, UnknownNote } from '../notes-desk.ts';
import type { SettlementRefusal } from '../settlement.ts';
import type { SettlementWay } from '../settlement-facts.ts';
import { may, type Right, type Role } from '../staff/roles.ts';
import type { SignedIn } from '../staff/staff.ts';
import type {
  AuditFilter,
  AuditRow,
  OperationDetail,
  OperationList,
  OperationSummary,
  PeriodSummary,
  RecentEvent,
} from './desk.ts';
import type { DevicesPage, LeavingPage, PaperPage } from './device-pages.ts';
import type { SlipState } from './slip-state.ts';

/*
 * Service mode: the terminal in the hands of those who look after it. It opens only while nobody's money is under way,
 * and no cash is taken while it is open.
 */

export interface ServiceMode {
  readonly page: ServicePage;
  /** Rises with every page; buttons of an older one are dead. */
  readonly generation: number;
  /** When this page appeared; it takes no press for its first moments. */
  readonly sinceMonoMs: number;
  /** Nobody has touched anything for a while: then it closes by itself. */
  readonly closesAtMonoMs: number | undefined;
}

export type ServicePage =
  | TryLaterPage
  | EnrolPage
  | SignInPage
  | ChoosePinPage
  | HomePage
  | CollectionPage
  | OperationsPage
  | FindOperationPage
  | OperationPage
  | NotesPage
  | AuditPage
  | CollectionsPage
  | CollectedPage
  | DevicesPage
  | PaperPage
  | LeavingPage;

/** A note is still between mouth and cassette: nobody opens anything now. */
export interface TryLaterPage {
  readonly kind: 'try-later';
}

/** The terminal knows nobody yet: a code from its command line vouches for the first person. */
export interface EnrolPage {
  readonly kind: 'enrol';
  readonly digits: string;
  /** Set while the code is being checked. */
  readonly requestId: string | undefined;
  readonly isRefused: boolean;
}

export interface SignInPage {
  readonly kind: 'sign-in';
  readonly field: 'id' | 'pin';
  readonly id: string;
  readonly pin: string;
  /** The order of the digits on the pad, new for every try. */
  readonly order: readonly string[];
  /** Set while the PIN is being checked. */
  readonly requestId: string | undefined;
  readonly isRefused: boolean;
}

/** A first PIN, or one that somebody else has given, is changed before anything else. */
export interface ChoosePinPage {
  readonly kind: 'choose-pin';
  readonly who: SignedIn;
  /** Vouched for by the enrolment code: the person and the PIN are stored together, or not at all. */
  readonly enrols: boolean;
  readonly pin: string;
  /** What was typed the first time, while it is typed again. */
  readonly first: string | undefined;
  readonly order: readonly string[];
  /** Set while the new PIN is being hashed. */
  readonly requestId: string | undefined;
  readonly fault: 'guessable' | 'differs' | undefined;
}

/** Why the terminal is out of service, what to do, and the way to everything else. */
export interface HomePage {
  readonly kind: 'home';
  readonly who: SignedIn;
  readonly requestId: string;
  /** Absent until they have been read. */
  readonly events: readonly RecentEvent[] | undefined;
}

/** The cassette is emptied; how far the work is stands in the till, which outlives this page. */
export interface CollectionPage {
  readonly kind: 'collection';
  readonly who: SignedIn;
  readonly requestId: string | undefined;
  /** A slip is printed as soon as the counters have been read. */
  readonly awaitsPrint: boolean;
  /** The period being collected; absent until it has been read. */
  readonly period: PeriodSummary | undefined;
  /** Sums are for the collector's eyes: shown on asking. */
  readonly isRevealed: boolean;
  readonly slip: SlipState;
  readonly cassetteNumber: string;
  readonly fault: 'unreadable' | 'number-short' | 'same-cassette' | 'unknown-cassette' | undefined;
}

/** Operations, a page at a time. */
export interface OperationsPage {
  readonly kind: 'operations';
  readonly who: SignedIn;
  /** Set while they are being read. */
  readonly requestId: string | undefined;
  readonly place: ListPlace;
  /** Absent until they have been read. */
  readonly operations: readonly OperationSummary[] | undefined;
  readonly hasMore: boolean;
  readonly fault: 'unreadable' | undefined;
}

/** Where in which list somebody is. */
export interface ListPlace {
  readonly list: OperationList;
  /** Where each page began, the first one left out: operations before that serial. */
  readonly befores: readonly number[];
}

/** An operation is looked for by what somebody has in hand. */
export interface FindOperationPage {
  readonly kind: 'find-operation';
  readonly who: SignedIn;
  readonly by: FindBy;
  readonly digits: string;
  readonly requestId: string | undefined;
  readonly fault: 'number-wrong' | 'time-wrong' | 'not-found' | undefined;
}

export const findWays = ['number', 'last-four', 'time'] as const;

export type FindBy = (typeof findWays)[number];

export interface OperationPage {
  readonly kind: 'operation';
  readonly who: SignedIn;
  readonly operationId: OperationId;
  /** Where to go back to. */
  readonly place: ListPlace;
  /** Set while it is being read: nothing is decided on what may be old. */
  readonly requestId: string | undefined;
  readonly detail: OperationDetail | undefined;
  readonly print: SlipState;
  readonly asking: OperationQuestion | undefined;
  readonly fault: SettlementRefusal | 'unreadable' | 'number-wrong' | undefined;
}

export type OperationQuestion =
  | { readonly kind: 'void' }
  | { readonly kind: 'reason'; readonly as: SettlementWay }
  /** The wallet that money is sent on to; each of the two persons types it. */
  | { readonly kind: 'wallet'; readonly reason: string | undefined; readonly digits: string };

/** Notes that no device can place any more, one at a time (money rule M4). */
export interface NotesPage {
  readonly kind: 'notes';
  readonly who: SignedIn;
  readonly requestId: string | undefined;
  readonly notes: readonly UnknownNote[] | undefined;
  /** Which of them is shown. */
  readonly index: number;
  /** What is being proposed; the reason is asked next. */
  readonly as: NoteResolution | undefined;
  readonly fault: DeskRefusal | 'unreadable' | undefined;
}

export interface AuditPage {
  readonly kind: 'audit';
  readonly who: SignedIn;
  readonly requestId: string | undefined;
  readonly filter: AuditFilter;
  /** Where each page began, the first one left out: rows before that sequence. */
  readonly befores: readonly number[];
  readonly rows: readonly AuditRow[] | undefined;
  readonly hasMore: boolean;
  readonly fault: 'unreadable' | undefined;
}

/** Past collections, newest first. */
export interface CollectionsPage {
  readonly kind: 'collections';
  readonly who: SignedIn;
  readonly requestId: string | undefined;
  /** Where each page began, the first one left out: periods before that number. */
  readonly befores: readonly number[];
  readonly periods: readonly PeriodSummary[] | undefined;
  readonly hasMore: boolean;
  readonly fault: 'unreadable' | undefined;
}

/** One of them. */
export interface CollectedPage {
  readonly kind: 'collected';
  readonly who: SignedIn;
  readonly requestId: string | undefined;
  readonly befores: readonly number[];
  readonly period: PeriodSummary;
  readonly isRevealed: boolean;
  readonly slip: SlipState;
  readonly typing: CashTyping | undefined;
}

export type CashTyping =
  /** How many notes of each value were found, one after the other. */
  | {
      readonly kind: 'count';
      readonly values: readonly Minor[];
      readonly typed: readonly string[];
      readonly digits: string;
    }
  | { readonly kind: 'seal'; readonly digits: string }
  | { readonly kind: 'bag'; readonly sealNumber: string; readonly digits: string };

/** Why persons settle something, in words that are chosen with a finger. */
export const noteReasons = ['cash-counted', 'found-in-path', 'customer-has-it', 'device-log'] as const;
export const settlementReasons = ['customer-asked', 'wrong-wallet', 'wallet-closed'] as const;

/** What can be opened from the first page. */
export const sections = ['devices', 'collection', 'collections', 'operations', 'notes', 'audit'] as const;

export type Section = (typeof sections)[number];

/** What one must be allowed to do to open a section: any of these. */
export const rightsFor: Readonly<Record<Section, readonly Right[]>> = {
  devices: ['diagnose'],
  collection: ['collect'],
  collections: ['see-sums'],
  operations: ['see-operations'],
  notes: ['propose-note', 'confirm-note'],
  audit: ['see-audit'],
};

export function mayOpen(role: Role, section: Section): boolean {
  return rightsFor[section].some((right) => may(role, right));
}

export const serviceTimes = {
  /** Without a touch: a page where nobody has signed in yet, and all others. */
  signInIdleMs: 60_000,
  idleMs: 180_000,
  /** Both hands are at the cassette. */
  collectionIdleMs: 600_000,
  /** A finger goes over the whole glass, which only the page sees. */
  glassIdleMs: 600_000,
  /** Of that, how long the end is announced. */
  warningMs: 20_000,
  tryLaterMs: 10_000,
  /** Sums that somebody wanted to see are hidden again after so long. */
  revealedMs: 15_000,
  /** So many touches of the terminal's name within this time open service mode. */
  knocks: 5,
  knocksWithinMs: 5_000,
} as const;

/** Who is at work. Somebody who is only being enrolled is nobody yet. */
export function personAt(service: ServiceMode | undefined): SignedIn | undefined {
  const page = service?.page;
  if (page === undefined || !('who' in page)) return undefined;
  return page.kind === 'choose-pin' && page.enrols ? undefined : page.who;
}
