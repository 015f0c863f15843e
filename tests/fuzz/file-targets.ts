import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnchorFile } from '../../db/anchor.ts';
import { StorageError } from '../../db/errors.ts';
import { outOfServiceText } from '../../electron/out-of-service.ts';
import { formatTapRecord, parseTrace, TraceError } from '../../hardware/link/tap.ts';
import { DeviceKeyError, openDeviceKeys } from '../../host/device-key.ts';
import { enrolmentFile } from '../../host/enrolment-file.ts';
import { decodeDown } from '../../terminal/contract/decode.ts';
import { decodeSettings } from '../../terminal/settings.ts';
import { settingsFile } from '../../terminal/testing/samples.ts';
import { jsonDecoder, jsonValue } from './json-decoder.ts';
import { type Decoder, type FuzzTarget, promise } from './target.ts';

/* What is read from the disk: settings, recorded lines, and the small files beside the ledger. */

export const fileTargets: readonly FuzzTarget[] = [
  { name: 'settings', share: 3, open: settings },
  { name: 'traces', share: 20, open: traces },
  { name: 'anchor-file', share: 0.4, open: anchorFile },
  { name: 'device-key-file', share: 0.4, open: deviceKeyFile },
  { name: 'enrolment-file', share: 0.4, open: enrolment },
  { name: 'out-of-service', share: 0.4, open: outOfService },
];

function settings(): Decoder {
  const full = {
    ...settingsFile,
    simulated: true,
    languages: ['kk', 'ru'],
    denominations: [500, 1_000, 2_000],
    limits: { minimum: 500, perOperation: 100_000, offline: 12_000 },
    acceptor: {
      protocol: 'ccnet',
      line: { kind: 'serial', path: '/dev/serial/by-id/usb-1', baudRate: 9_600 },
    },
    backend: { url: 'http://127.0.0.1:4000', publicKeys: ['A'.repeat(43), 'B'.repeat(43)] },
  };
  return jsonDecoder([settingsFile, full], (text) => {
    const decoded = decodeSettings(jsonValue(text));
    if (decoded.kind === 'faulty') {
      promise(decoded.faults.length > 0, 'settings are refused and nobody says why');
      return 'refused';
    }
    const { denominations, limits, backend, simulated } = decoded.settings;
    promise(limits.minimum <= Math.min(...denominations), 'a single note could be taken and not credited');
    promise(
      simulated || new URL(backend.url).protocol === 'https:',
      'a real backend is spoken to in the clear',
    );
    return 'taken';
  });
}

function traces(): Decoder {
  const text = [
    '# a recorded line',
    '     0.000 +',
    '    12.345 > 02 03 06 33 DA 81',
    '    12.360 < 02 03 06 14 67 D4',
  ];
  const whole = [...text, '    99.001 - unplugged', ''].join('\n');
  const decoder = new TextDecoder();
  return {
    shape: 'bytes',
    samples: [new TextEncoder().encode(whole), ...text.map((line) => new TextEncoder().encode(line))],
    mayThrow: (error) => error instanceof TraceError,
    read: (input) => {
      const records = parseTrace(decoder.decode(input));
      for (const record of records) promise(Number.isSafeInteger(record.monoMs), 'a moment is no number');
      promise(
        parseTrace(records.map(formatTapRecord).join('\n')).length === records.length,
        'a record was lost',
      );
      return records.length > 0 ? 'taken' : 'refused';
    },
  };
}

// ---------------------------------------------------------------- small files

/** One file in a folder that is gone when the process ends. */
function scratchFile(name: string): { readonly path: string; readonly fill: (input: Uint8Array) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'qyzyl-fuzz-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  return { path, fill: (input) => writeFileSync(path, input, { mode: 0o600 }) };
}

function anchorFile(): Decoder {
  const { path, fill } = scratchFile('anchor');
  const made = AnchorFile.create(path);
  const fresh = readFileSync(path);
  made.write({ sequence: 41, head: 'a'.repeat(64) });
  made.close();
  return {
    shape: 'bytes',
    samples: [fresh, readFileSync(path)],
    mayThrow: (error) => error instanceof StorageError && error.code === 'anchor-missing',
    read: (input) => {
      fill(input);
      const file = AnchorFile.open(path);
      try {
        const { sequence, head } = file.read();
        promise(
          head === (sequence === 0 ? '0' : 'a').repeat(64),
          `row ${sequence} was never the end of the chain`,
        );
        return 'taken';
      } finally {
        file.close();
      }
    },
  };
}

function deviceKeyFile(): Decoder {
  const { path, fill } = scratchFile('device-key.json');
  const keys = openDeviceKeys(path);
  const one = readFileSync(path);
  keys.beginRotation();
  return {
    shape: 'json',
    samples: [one, readFileSync(path)],
    mayThrow: (error) => error instanceof DeviceKeyError,
    read: (input) => {
      fill(input);
      promise(openDeviceKeys(path).current().publicKey.length === 43, 'a key of another length');
      return 'taken';
    },
  };
}

function enrolment(): Decoder {
  const { path, fill } = scratchFile('enrolment.json');
  const file = enrolmentFile(path);
  file.write('scrypt$1$2$3');
  return {
    shape: 'json',
    samples: [readFileSync(path)],
    read: (input) => {
      fill(input);
      const verifier = file.verifier();
      promise(verifier !== '', 'nothing vouches for somebody');
      return verifier === undefined ? 'refused' : 'taken';
    },
  };
}

function outOfService(): Decoder {
  const { path, fill } = scratchFile('settings.json');
  return {
    shape: 'json',
    samples: [new TextEncoder().encode(JSON.stringify(settingsFile))],
    read: (input) => {
      fill(input);
      promise(decodeDown(outOfServiceText(path)).kind === 'message', 'the page would not understand it');
      return 'taken';
    },
  };
}
