import type { ServicePageView } from '../../terminal/contract/service-mode.ts';
import { collectionSamples } from './collection-samples.ts';
import type { Sample } from './sample-screens.ts';
import { leaving, sampleOf, typing } from './service-sample.ts';

/* The money desk: lists, one payment in each state that staff can act upon, unknown notes. */

type Of<Kind extends ServicePageView['kind']> = Extract<ServicePageView, { kind: Kind }>;

const administrator = { staffId: '1003', role: 'administrator' } as const;
const refused: NonNullable<Of<'operations'>['operations']>[number] = {
  operationNumber: '0027344118',
  atMs: Date.UTC(2026, 10, 22, 6, 41),
  amountMinor: 1_250_000,
  sign: 'needs-help',
  state: 'refused',
  reason: 'wallet-closed',
  attempts: 0,
};
const waiting: typeof refused = {
  ...{ operationNumber: '0027344129', atMs: Date.UTC(2026, 10, 22, 6, 58), amountMinor: 700_000 },
  ...{ sign: 'on-its-way', state: 'waiting', reason: 'no answer: deadline', attempts: 17 },
  nextTryAtMs: Date.UTC(2026, 10, 22, 7, 12),
};
const operations: Of<'operations'> = {
  kind: 'operations',
  who: administrator,
  list: 'all',
  operations: [
    waiting,
    refused,
    { ...waiting, operationNumber: '0027344107', sign: 'credited', state: 'credited', attempts: 0 },
    { ...refused, operationNumber: '0027344096', sign: 'none', state: 'rerouted' },
    { ...refused, operationNumber: '0027344085', state: 'voided' },
  ],
};
const operation: Of<'operation'> = {
  kind: 'operation',
  who: administrator,
  operation: {
    ...refused,
    notes: [
      { valueMinor: 1_000_000, state: 'stacked' },
      { valueMinor: 200_000, state: 'stacked' },
      { valueMinor: 50_000, state: 'unknown' },
    ],
    history: [
      { atMs: Date.UTC(2026, 10, 22, 6, 41, 2), kind: 'top-up-refused', sequence: 3, why: 'wallet-closed' },
      { atMs: Date.UTC(2026, 10, 22, 6, 41, 1), kind: 'print-intended', sequence: 2 },
      { atMs: Date.UTC(2026, 10, 22, 6, 41), kind: 'operation-closed', sequence: 1 },
    ],
    isOwnProposal: false,
  },
  print: 'none',
};
const voided: NonNullable<Of<'operation'>['operation']> = {
  ...refused,
  ...{ state: 'voided', notes: operation.operation?.notes ?? [], isOwnProposal: false },
  history: [
    {
      atMs: Date.UTC(2026, 10, 22, 7, 2),
      kind: 'settlement-proposed',
      sequence: 6,
      by: '1003',
      why: 'wrong-wallet',
    },
    { atMs: Date.UTC(2026, 10, 22, 7, 1), kind: 'top-up-voided', sequence: 5 },
    { atMs: Date.UTC(2026, 10, 22, 7, 0), kind: 'void-requested', sequence: 4, by: '1003' },
    ...(operation.operation?.history ?? []),
  ],
};
const proposal = { as: 'rerouted', by: '1003', reason: 'wrong-wallet' } as const;
const find: Of<'find-operation'> = {
  kind: 'find-operation',
  who: administrator,
  by: 'number',
  digits: '002734',
  isLooking: false,
};
const notes: Of<'notes'> = {
  kind: 'notes',
  who: administrator,
  count: 2,
  index: 0,
  note: {
    valueMinor: 500_000,
    sinceMs: Date.UTC(2026, 10, 22, 6, 41),
    why: 'no-credit-after-recovery',
    operationNumber: '0027344118',
    periodNumber: 41,
    isOwnProposal: false,
  },
  reasons: [],
};
const noteProposal = { as: 'stacked', by: '1005', reason: 'cash-counted' } as const;

const audit: Of<'audit'> = {
  kind: 'audit',
  who: { staffId: '1004', role: 'auditor' },
  group: 'people',
  rows: [
    {
      sequence: 48_121,
      atMs: Date.UTC(2026, 10, 22, 7, 2),
      kind: 'settlement-confirmed',
      by: '1005',
      why: 'wrong-wallet',
    },
    { sequence: 48_119, atMs: Date.UTC(2026, 10, 22, 7, 1), kind: 'staff-signed-in', by: '1005' },
    {
      sequence: 48_117,
      atMs: Date.UTC(2026, 10, 22, 7, 0),
      kind: 'staff-signed-out',
      by: '1003',
      why: 'asked',
    },
    { sequence: 48_116, atMs: Date.UTC(2026, 10, 22, 7, 0), kind: 'void-requested', by: '1003' },
    {
      sequence: 48_115,
      atMs: Date.UTC(2026, 10, 22, 6, 58),
      kind: 'note-resolved',
      by: '1003',
      why: 'cash-counted',
    },
    { sequence: 48_114, atMs: Date.UTC(2026, 10, 22, 6, 50), kind: 'staff-refused', by: '1003' },
  ],
};

export const moneySamples: readonly Sample[] = [
  ...collectionSamples,
  sampleOf('audit', { page: audit }, [
    ...(['staff-list', 'staff-person', 'staff-day', 'staff-older', 'staff-newer'] as const),
    ...leaving,
  ]),
  sampleOf(
    'audit-money',
    {
      page: {
        ...audit,
        group: 'money',
        dayMs: Date.UTC(2026, 10, 21, 19),
        rows: [
          { sequence: 48_110, atMs: Date.UTC(2026, 10, 22, 6, 41), kind: 'top-up-credited' },
          {
            sequence: 48_107,
            atMs: Date.UTC(2026, 10, 22, 6, 41),
            kind: 'operation-closed',
            amountMinor: 1_250_000,
          },
          { sequence: 48_106, atMs: Date.UTC(2026, 10, 22, 6, 40), kind: 'note-stacked' },
          {
            sequence: 48_104,
            atMs: Date.UTC(2026, 10, 22, 6, 40),
            kind: 'note-escrowed',
            amountMinor: 1_000_000,
          },
        ],
      },
    },
    [...(['staff-list', 'staff-person', 'staff-day', 'staff-older'] as const), ...leaving],
  ),
  sampleOf('operations', { page: operations }, [
    ...(['staff-list', 'staff-find', 'staff-pick', 'staff-older', 'staff-newer'] as const),
    ...leaving,
  ]),
  sampleOf('operations-none', { page: { ...operations, list: 'for-a-person', operations: [] } }, [
    ...(['staff-list', 'staff-find'] as const),
    ...leaving,
  ]),
  sampleOf('find-number', { page: find }, ['staff-find', ...typing, 'staff-back']),
  sampleOf('find-time', { page: { ...find, by: 'time', digits: '22110941', fault: 'not-found' } }, [
    'staff-find',
    'staff-next',
    'staff-delete',
    ...leaving,
  ]),
  sampleOf('operation-refused', { page: operation }, [
    ...(['staff-send', 'staff-void', 'staff-copy'] as const),
    ...leaving,
  ]),
  sampleOf('operation-void', { page: { ...operation, asking: { kind: 'void' } } }, [
    'staff-confirm',
    ...leaving,
  ]),
  sampleOf('operation-voided', { page: { ...operation, operation: voided, print: 'printed' } }, [
    ...(['staff-propose', 'staff-copy'] as const),
    ...leaving,
  ]),
  sampleOf(
    'operation-reason',
    {
      page: {
        ...operation,
        operation: voided,
        asking: {
          kind: 'reason',
          as: 'rerouted',
          reasons: ['customer-asked', 'wrong-wallet', 'wallet-closed'],
        },
      },
    },
    ['staff-reason', ...leaving],
  ),
  sampleOf(
    'operation-wallet',
    { page: { ...operation, asking: { kind: 'wallet', digits: '701234', isSecondPerson: true } } },
    [...typing, 'staff-back'],
  ),
  sampleOf(
    'operation-proposed',
    { page: { ...operation, operation: { ...voided, proposal }, fault: 'wallets-differ' } },
    [...(['staff-confirm', 'staff-copy'] as const), ...leaving],
  ),
  sampleOf(
    'operation-own-proposal',
    {
      page: {
        ...operation,
        operation: { ...voided, proposal, isOwnProposal: true },
      },
    },
    ['staff-copy', ...leaving],
  ),
  sampleOf('notes', { page: notes }, ['staff-propose', 'staff-older', ...leaving]),
  sampleOf(
    'notes-reason',
    {
      page: {
        ...notes,
        as: 'stacked',
        reasons: ['cash-counted', 'found-in-path', 'customer-has-it', 'device-log'],
      },
    },
    ['staff-reason', ...leaving],
  ),
  sampleOf(
    'notes-proposed',
    {
      page: {
        ...notes,
        ...(notes.note === undefined ? {} : { note: { ...notes.note, proposal: noteProposal } }),
      },
    },
    ['staff-propose', 'staff-confirm', 'staff-older', 'staff-newer', ...leaving],
  ),
];
