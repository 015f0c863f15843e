import { describe, expect, it } from 'vitest';
import { decideDelivery } from './decide.ts';
import type { DeliveryEvent } from './event.ts';
import { sampleContext, summary } from './testing/samples.ts';
import { events, type SituationName, situations } from './testing/situations.ts';

/** What each event leads to in every situation: `otherwise`, or what is named. */
type Expected = { readonly otherwise: string } & Partial<Record<SituationName, string>>;

const rolledBack: Expected = {
  otherwise: 'alarm-raised ledger-rolled-back',
  'sales stopped': 'ignored',
};

const lookAtMessages: Expected = {
  otherwise: 'load-due-messages',
  looking: 'ignored',
  'breaker open': 'ignored',
  'backend resting': 'ignored',
  'half-open, probing': 'ignored',
};

const table: Readonly<Record<string, Expected>> = {
  started: {
    otherwise: 'timer heartbeat, send events, load-due-top-ups, load-due-messages, timer register',
    looking: 'timer heartbeat, send events, timer register',
    'breaker open': 'timer heartbeat, send events, load-due-top-ups, timer register',
    'backend resting': 'timer heartbeat, send events, load-due-top-ups, timer register',
    'half-open, probing': 'timer heartbeat, send events, load-due-top-ups, timer register',
    'half-open, nothing due': 'timer heartbeat, load-due-messages, timer register',
  },
  'operation-closed, again': {
    otherwise: 'send top-up',
    'top-up in flight': 'ignored',
    'batch in flight': 'ignored',
    'half-open, probing': 'ignored',
  },
  'operation-closed, new': { otherwise: 'send top-up' },
  'due-top-ups-loaded': {
    otherwise: 'ignored',
    looking: 'send top-up, timer look',
    'half-open, nothing due': 'send top-up, timer look',
  },
  'due-messages-loaded': { otherwise: 'ignored', looking: 'send events, timer messages' },
  'message-stored': lookAtMessages,
  'answered top-up: credited': {
    otherwise: 'ignored',
    'top-up in flight': 'top-up-credited, load-due-top-ups, load-due-messages',
    'half-open, probing': 'top-up-credited, load-due-top-ups, load-due-messages',
  },
  'answered top-up: nothing': {
    otherwise: 'ignored',
    'top-up in flight': 'delivery-failed, timer look, timer messages',
    'half-open, probing': 'delivery-failed, timer breaker, timer look, timer messages',
  },
  'answered batch: one of nine': {
    otherwise: 'ignored',
    'batch in flight': `top-up-credited${', delivery-failed'.repeat(8)}, load-due-top-ups, load-due-messages`,
  },
  'answered for nobody': { otherwise: 'ignored' },
  'timer-fired look': {
    otherwise: 'load-due-top-ups',
    looking: 'ignored',
    'half-open, nothing due': 'ignored',
  },
  'timer-fired messages': lookAtMessages,
  'timer-fired breaker': { otherwise: 'ignored' },
  'timer-fired heartbeat': {
    otherwise: 'timer heartbeat, send events',
    'half-open, nothing due': 'timer heartbeat',
  },
  'timer-fired register': {
    otherwise: 'load-register',
    'breaker open': 'timer register',
    'backend resting': 'timer register',
    'half-open, nothing due': 'timer register',
    'half-open, probing': 'timer register',
    'comparing a register': 'ignored',
  },
  'timer-fired watch': { otherwise: 'ignored', 'watching an accepted one': 'timer watch' },
  'link-became-good': {
    otherwise: 'timer heartbeat, send events',
    'breaker open': 'timer heartbeat, send events, load-due-top-ups',
    'half-open, nothing due': 'timer heartbeat',
  },
  'backend-heard': { otherwise: 'ignored', 'breaker open': 'load-due-top-ups' },
  'backend-anchor-seen, ahead': rolledBack,
  'backend-anchor-seen, behind': { otherwise: 'check-anchor' },
  'anchor-checked, missing': rolledBack,
  'register-loaded': { otherwise: 'ignored', 'comparing a register': 'send register' },
  'top-up-retry-asked': {
    otherwise: 'top-up-requeued, send top-up',
    'top-up in flight': 'ignored',
    'batch in flight': 'ignored',
    'half-open, probing': 'ignored',
  },
  'top-up-send-asked': {
    otherwise: 'send top-up',
    'top-up in flight': 'ignored',
    'batch in flight': 'ignored',
    'half-open, probing': 'ignored',
  },
  'top-up-void-asked': {
    otherwise: 'void-requested, send void',
    'top-up in flight': 'void-requested',
    'batch in flight': 'void-requested',
    'half-open, probing': 'void-requested',
  },
  'sales-allowed': { otherwise: 'ignored', 'sales stopped': 'alarm-ended ledger-rolled-back' },
};

const everyKind: Readonly<Record<DeliveryEvent['kind'], true>> = {
  started: true,
  'operation-closed': true,
  'due-top-ups-loaded': true,
  'due-messages-loaded': true,
  'message-stored': true,
  answered: true,
  'timer-fired': true,
  'link-became-good': true,
  'backend-heard': true,
  'backend-anchor-seen': true,
  'anchor-checked': true,
  'register-loaded': true,
  'top-up-retry-asked': true,
  'top-up-send-asked': true,
  'top-up-void-asked': true,
  'sales-allowed': true,
};

describe('every event in every situation', () => {
  it('has an expectation for every kind of event', () => {
    const shown = events(situations.quiet);
    expect(Object.keys(shown)).toEqual(Object.keys(table));
    expect(new Set(Object.values(shown).map((event) => event.kind))).toEqual(new Set(Object.keys(everyKind)));
  });

  describe.each(Object.entries(situations))('%s', (situation, state) => {
    it.each(Object.entries(events(state)))('%s', (name, event) => {
      const expected = new Map(Object.entries(table[name] ?? {}));
      const decision = decideDelivery(state, event, sampleContext());
      expect(summary(decision)).toBe(expected.get(situation) ?? expected.get('otherwise'));
    });
  });
});
