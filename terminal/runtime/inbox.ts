import { assert } from '../assert.ts';
import { limits } from '../limits.ts';

/** Events in the order they came, one taken at a time. Bounded: a flood is a fault, not a reason to eat memory. */
export interface Inbox<Event> {
  put(event: Event): void;
  take(): Event | undefined;
  readonly size: number;
}

export function createInbox<Event>(): Inbox<Event> {
  let events: Event[] = [];
  let taken = 0;
  return {
    put(event) {
      assert(events.length - taken < limits.inboxEventsMax, 'the inbox is drained faster than it fills');
      events.push(event);
    },
    take() {
      const event = events[taken];
      if (event === undefined) return undefined;
      taken += 1;
      // Moving the rest up front only now and then keeps taking cheap.
      if (taken > 64 && taken * 2 > events.length) {
        events = events.slice(taken);
        taken = 0;
      }
      return event;
    },
    get size() {
      return events.length - taken;
    },
  };
}
