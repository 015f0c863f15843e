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
    ],
    troubles: [{ atMs: Date.UTC(2026, 10, 22, 6, 41), alarm: 'printer-trouble', fault: 'paper-out' }],
  },
};

const looking = ['staff-device', ...leaving] as const;

export const deviceSamples: readonly Sample[] = [
  sampleOf('devices', { page: well }, looking),
  sampleOf('devices-fault', { page: printerOut }, looking),
];
