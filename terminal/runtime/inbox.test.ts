import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { createInbox } from './inbox.ts';

test('events come out in the order they went in, however puts and takes are mixed', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 600 }), (puts) => {
      const inbox = createInbox<number>();
      const model: number[] = [];
      puts.forEach((isPut, index) => {
        if (isPut) {
          inbox.put(index);
          model.push(index);
        } else {
          expect(inbox.take()).toBe(model.shift());
        }
        expect(inbox.size).toBe(model.length);
      });
    }),
  );
});

test('a flood is a fault, and what was taken makes room again', () => {
  const inbox = createInbox<number>();
  for (let index = 0; index < limits.inboxEventsMax; index += 1) inbox.put(index);
  expect(() => inbox.put(0)).toThrow('assertion failed');
  expect(inbox.take()).toBe(0);
  inbox.put(0);
  expect(inbox.size).toBe(limits.inboxEventsMax);
});
