import type { ServicePageView } from '../../terminal/contract/service-mode.ts';
import { sampleSlipCode } from './collection-samples.ts';
import { deviceSamples } from './device-samples.ts';
import { moneySamples } from './money-samples.ts';
import type { Sample } from './sample-screens.ts';
import { leaving, sampleOf, typing } from './service-sample.ts';

/* The pages of service mode in every state, as the terminal would tell them. */

type Of<Kind extends ServicePageView['kind']> = Extract<ServicePageView, { kind: Kind }>;

const order = ['7', '2', '9', '0', '4', '6', '1', '8', '3', '5'];
const signIn: Of<'sign-in'> = {
  kind: 'sign-in',
  field: 'id',
  id: '10',
  typed: 2,
  of: 4,
  order,
  isChecking: false,
  isRefused: false,
};
const pin: Of<'sign-in'> = { ...signIn, field: 'pin', id: '1002', typed: 3, of: 6 };
const choosePin: Of<'choose-pin'> = {
  kind: 'choose-pin',
  isAgain: false,
  typed: 0,
  of: 6,
  order,
  isChecking: false,
};
const enrol: Of<'enrol'> = { kind: 'enrol', typed: 5, of: 8, isChecking: false, isRefused: false };
const home: Of<'home'> = {
  kind: 'home',
  who: { staffId: '1002', role: 'technician' },
  devices: [
    { device: 'acceptor', name: 'SM-KZ2020', isReady: true, faults: [] },
    { device: 'printer', isReady: true, faults: [] },
  ],
  events: [
    { atMs: Date.UTC(2026, 10, 22, 7, 0), kind: 'staff-signed-in', about: '1002' },
    { atMs: Date.UTC(2026, 10, 22, 6, 41), kind: 'alarm-raised', about: 'acceptor-trouble' },
    { atMs: Date.UTC(2026, 10, 22, 6, 12), kind: 'alarm-ended', about: 'printer-trouble' },
    { atMs: Date.UTC(2026, 10, 21, 16, 3), kind: 'period-closed', about: 'collected' },
    { atMs: Date.UTC(2026, 10, 21, 4, 0), kind: 'terminal-started', about: '' },
  ],
  sections: ['devices', 'notes'],
  isClosed: false,
};

const reviewed = {
  periodNumber: 41,
  openedAtMs: Date.UTC(2026, 10, 20, 5, 30),
  noteCount: 812,
  inDoubtCount: 1,
};
const collection: Of<'collection'> = {
  kind: 'collection',
  who: { staffId: '1003', role: 'collector' },
  stage: 'review',
  period: reviewed,
  isCassetteOut: false,
  slip: 'none',
  cassetteNumber: '',
};
const sums = {
  totalMinor: 327_650_000,
  counts: [
    [2_000_000, 64],
    [1_000_000, 120],
    [500_000, 131],
    [200_000, 170],
    [100_000, 190],
    [50_000, 137],
  ].map(([valueMinor = 0, count = 0]) => ({ valueMinor, count })),
};
const troubled: Of<'home'> = {
  ...home,
  trouble: 'acceptor-fault',
  devices: [
    { device: 'acceptor', name: 'SM-KZ2020', isReady: false, faults: ['jam-in-head'] },
    { device: 'printer', isReady: false, faults: ['paper-out'] },
  ],
};

export const serviceSamples: readonly Sample[] = [
  sampleOf('try-later', { page: { kind: 'try-later' } }, ['staff-stay', 'staff-leave']),
  sampleOf('enrol', { page: enrol }, typing),
  sampleOf('enrol-refused', { page: { ...enrol, typed: 0, isRefused: true } }, typing),
  sampleOf('id', { page: signIn }, typing),
  sampleOf('id-refused', { page: { ...signIn, id: '', typed: 0, isRefused: true } }, typing),
  sampleOf(
    'id-locked',
    { page: { ...signIn, id: '', typed: 0, isRefused: true, lockedForMs: 840_000 } },
    typing,
  ),
  sampleOf('pin', { page: pin }, typing),
  sampleOf('pin-checking', { page: { ...pin, typed: 6, isChecking: true } }, ['staff-leave']),
  sampleOf('new-pin', { page: choosePin }, typing),
  sampleOf('new-pin-guessable', { page: { ...choosePin, fault: 'guessable' } }, typing),
  sampleOf('new-pin-again', { page: { ...choosePin, isAgain: true, typed: 2 } }, typing),
  sampleOf('home', { page: home }, ['staff-open', 'staff-switch', 'staff-leave']),
  sampleOf('home-closed', { page: { ...home, trouble: 'closed', isClosed: true } }, [
    'staff-open',
    'staff-switch',
    'staff-leave',
  ]),
  sampleOf('home-trouble', { page: troubled }, ['staff-open', 'staff-leave']),
  sampleOf(
    'home-collector',
    {
      page: { ...home, who: { staffId: '1003', role: 'collector' }, sections: ['collection', 'collections'] },
    },
    ['staff-open', 'staff-leave'],
  ),
  sampleOf('collection-review', { page: collection }, ['staff-reveal', 'staff-begin', ...leaving]),
  sampleOf('collection-sums', { page: { ...collection, period: { ...reviewed, sums } } }, [
    'staff-reveal',
    'staff-begin',
    ...leaving,
  ]),
  sampleOf('collection-printing', { page: { ...collection, stage: 'begun', slip: 'printing' } }, [
    'staff-reveal',
    ...leaving,
  ]),
  sampleOf('collection-failed', { page: { ...collection, stage: 'begun', slip: 'failed' } }, [
    ...(['staff-reveal', 'staff-slip', 'staff-emptied'] as const),
    ...leaving,
  ]),
  sampleOf(
    'collection-code',
    {
      page: {
        ...collection,
        stage: 'begun',
        slip: 'failed',
        period: { ...reviewed, sums },
        slipCode: sampleSlipCode,
      },
    },
    ['staff-reveal', 'staff-slip', 'staff-emptied', ...leaving],
  ),
  sampleOf('collection-begun', { page: { ...collection, stage: 'begun', slip: 'printed' } }, [
    ...(['staff-reveal', 'staff-slip', 'staff-emptied'] as const),
    ...leaving,
  ]),
  sampleOf(
    'collection-number',
    {
      page: { ...collection, stage: 'emptied', slip: 'printed', isCassetteOut: true, cassetteNumber: '4712' },
    },
    [...(['staff-slip', 'staff-next'] as const), ...typing.slice(0, 2), ...leaving],
  ),
  sampleOf(
    'collection-same',
    {
      page: {
        ...collection,
        stage: 'emptied',
        slip: 'unknown',
        cassetteNumber: '4711',
        fault: 'same-cassette',
      },
    },
    [...(['staff-slip', 'staff-next'] as const), ...typing.slice(0, 2), ...leaving],
  ),
  sampleOf(
    'home-administrator',
    {
      page: {
        ...troubled,
        who: { staffId: '1003', role: 'administrator' },
        sections: ['devices', 'collections', 'operations', 'notes', 'audit'],
      },
    },
    ['staff-open', 'staff-switch', 'staff-leave'],
  ),
  ...deviceSamples,
  ...moneySamples,
  sampleOf('closes-soon', { page: home, closesInMs: 20_000 }, ['staff-stay', 'staff-leave']),
];
