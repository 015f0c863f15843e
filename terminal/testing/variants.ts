import { serviceTimes } from '../service-mode/state.ts';
import { type Bench, createBench, escrow, insert, toCash, touch } from './bench.ts';
import { readyTerminal } from './samples.ts';
import { blocked, situations, somePayment, typeField } from './situations.ts';

/** Terminals on which between them every button of every screen stands. */
export const variants: readonly (() => Bench)[] = [
  ...Object.values(situations),
  () => createBench(blocked(readyTerminal())),
  () => {
    const bench = situations.number();
    touch(bench, 'digit', '1');
    return bench;
  },
  () => toCash(),
  () => {
    const bench = toCash();
    escrow(bench, 5_000);
    return bench;
  },
  () => {
    const bench = toCash();
    insert(bench, 5_000);
    bench.fire('idle');
    return bench;
  },
  () => {
    const bench = createBench();
    touch(bench, 'open-help');
    return bench;
  },
  () => {
    const bench = createBench();
    touch(bench, 'open-languages');
    return bench;
  },
  () => {
    const bench = createBench();
    touch(bench, 'check-payment');
    return bench;
  },
  () => {
    const bench = createBench();
    touch(bench, 'check-payment');
    for (const digit of somePayment.operationNumber) touch(bench, 'digit', digit);
    return bench;
  },
  () => {
    const bench = createBench();
    touch(bench, 'check-payment');
    touch(bench, 'other-way');
    typeField(bench, '7010000001');
    typeField(bench, '5000');
    return bench;
  },
  () => {
    const { terminal } = situations.found();
    const step = { kind: 'found', payment: somePayment, print: { kind: 'none' } } as const;
    return createBench({ ...terminal, session: { ...terminal.session, step } });
  },
  () => {
    const bench = createBench();
    for (let count = 0; count < serviceTimes.knocks; count += 1) touch(bench, 'staff-knock');
    return bench;
  },
];
