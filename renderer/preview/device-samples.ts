import type { ServicePageView } from '../../terminal/contract/service-mode.ts';
import type { Sample } from './sample-screens.ts';
import { leaving, sampleOf } from './service-sample.ts';

/* The diagnostics page in its states. */

type View = Extract<ServicePageView, { kind: 'devices' }>;

const well: View = {
  kind: 'devices',
  who: { staffId: '1001', role: 'technician' },
  devices: [
    { device: 'acceptor', isWell: true },
    { device: 'printer', isWell: true },
    { device: 'screen', isWell: true },
    { device: 'backend', isWell: true },
    { device: 'disk', isWell: true },
    { device: 'clock', isWell: true },
  ],
  chosen: {
    device: 'acceptor',
    faults: [],
    facts: [
      { fact: 'model', text: 'SM-KZ2020' },
      { fact: 'serialNumber', text: '21KC0903417' },
      { fact: 'firmware', text: 'KZT 4.12' },
      { fact: 'protocol', text: 'ccnet' },
      { fact: 'noteCount', count: 812 },
      { fact: 'rejectedNotes', count: 7, of: 50 },
    ],
    troubles: [
      { atMs: Date.UTC(2026, 10, 22, 6, 41), alarm: 'acceptor-trouble', fault: 'jam-in-head' },
      { atMs: Date.UTC(2026, 10, 20, 9, 3), alarm: 'cassette-removed-unannounced', fault: 'cassette' },
      { atMs: Date.UTC(2026, 10, 19, 15, 30), alarm: 'acceptor-trouble', fault: 'no-answer' },
    ],
  },
};

const printerOut: View = {
  ...well,
  devices: well.devices.map((each) => (each.device === 'printer' ? { ...each, isWell: false } : each)),
  chosen: {
    device: 'printer',
    faults: ['paper-out'],
    facts: [
      { fact: 'model', text: 'TM-T88VI' },
      { fact: 'paper', paper: 'out' },
      { fact: 'slipsOnRoll', count: 412 },
      { fact: 'rollSince', atMs: Date.UTC(2026, 10, 14, 6, 0) },
    ],
    troubles: [{ atMs: Date.UTC(2026, 10, 22, 6, 41), alarm: 'printer-trouble', fault: 'paper-out' }],
  },
};

const leavingChecks: Extract<ServicePageView, { kind: 'leaving' }> = {
  kind: 'leaving',
  who: { staffId: '1003', role: 'collector' },
  checks: [
    { check: 'cassette', why: 'cassette-removed' },
    { check: 'acceptor' },
    { check: 'path' },
    { check: 'printer', why: 'paper-out' },
    { check: 'collection', why: 'collection-open' },
  ],
};

const paper: Extract<ServicePageView, { kind: 'paper' }> = {
  kind: 'paper',
  who: { staffId: '1001', role: 'technician' },
  isReady: false,
  why: 'cover-open',
  print: 'none',
};
const cut = { ...paper, isReady: true, why: undefined, print: 'printed' as const };

const looking = ['staff-device', 'staff-test', ...leaving] as const;

const notes: View = {
  ...well,
  test: {
    kind: 'notes',
    isOpen: true,
    notes: [
      { valueMinor: 500_000, fate: 'returned' },
      { fate: 'rejected' },
      { valueMinor: 2_000_000, fate: 'shown' },
    ],
  },
};

const backend: View['chosen'] = {
  device: 'backend',
  faults: ['backend-silent'],
  facts: [
    { fact: 'lastContact', atMs: Date.UTC(2026, 10, 22, 6, 41) },
    { fact: 'waitingCount', count: 3 },
  ],
  troubles: [],
};

const tls: View = {
  ...well,
  devices: well.devices.map((each) => (each.device === 'backend' ? { ...each, isWell: false } : each)),
  chosen: backend,
  test: {
    kind: 'link',
    outcome: {
      steps: [
        { step: 'resolve', state: 'passed' },
        { step: 'connect', state: 'passed' },
        { step: 'tls', state: 'failed' },
        { step: 'answer', state: 'not-reached' },
        { step: 'signature', state: 'not-reached' },
      ],
      tookMs: 214,
    },
  },
};

const ledger: View = {
  ...well,
  chosen: { device: 'disk', faults: [], facts: [], troubles: [] },
  test: { kind: 'ledger', outcome: { freeMegabytes: 48_213, isWhole: true } },
};

const screen: View = { ...well, chosen: { device: 'screen', faults: [], facts: [], troubles: [] } };
const touch: View = { ...screen, test: { kind: 'touch' } };
const touchDead: View = { ...screen, test: { kind: 'touch', outcome: { cells: 700, dead: 12 } } };
const picture: View = { ...screen, test: { kind: 'picture' } };
const flawed: View = { ...screen, test: { kind: 'picture', outcome: 'flawed' } };

const testPage: View = {
  ...printerOut,
  devices: well.devices,
  chosen: { ...printerOut.chosen, faults: [], facts: [{ fact: 'paper', paper: 'low' }] },
  test: { kind: 'page', print: 'printed' },
};

export const deviceSamples: readonly Sample[] = [
  sampleOf('devices', { page: well }, looking),
  sampleOf('devices-fault', { page: printerOut }, [...looking, 'staff-paper']),
  sampleOf('paper', { page: paper }, leaving),
  sampleOf('paper-changed', { page: cut }, leaving),
  sampleOf('leaving', { page: leavingChecks }, leaving),
  sampleOf('devices-notes', { page: notes }, looking),
  sampleOf('devices-link', { page: tls }, looking),
  sampleOf('devices-ledger', { page: ledger }, looking),
  sampleOf('devices-page', { page: testPage }, looking),
  sampleOf('devices-screen', { page: screen }, looking),
  sampleOf('devices-touch', { page: touch }, ['staff-device', 'staff-tested', ...leaving]),
  sampleOf('devices-touch-dead', { page: touchDead }, looking),
  sampleOf('devices-picture', { page: picture }, ['staff-device', 'staff-tested', ...leaving]),
  sampleOf('devices-picture-flawed', { page: flawed }, looking),
];
