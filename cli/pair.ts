import { readFileSync } from 'node:fs';
import { openDeviceKeys } from '../host/device-key.ts';
import { nodeHttpExchange } from '../host/http-exchange.ts';
import { backendKeys } from '../host/http-signature.ts';
import { pairWithCode, rotateKey } from '../host/pairing.ts';
import { systemClock } from '../host/system-clock.ts';
import { walletHttp } from '../host/wallet-http.ts';
import { decodeSettings } from '../terminal/settings.ts';
import { walletLimits } from '../terminal/wallet/transport.ts';
import { readOptions } from './options.ts';

/* Makes the terminal known to the wallet backend: once with a code from its staff, later by rotating the key. */

const usage = `usage: pair --settings <file> --code <one-time code>
       pair --settings <file> --rotate`;

const { values } = readOptions(usage, {
  options: {
    settings: { type: 'string', default: 'settings.json' },
    code: { type: 'string' },
    rotate: { type: 'boolean', default: false },
  },
});

if ((values.code === undefined) !== values.rotate) {
  console.error(usage);
  process.exit(2);
}

const decoded = decodeSettings(JSON.parse(readFileSync(values.settings, 'utf8')));
if (decoded.kind === 'faulty') {
  for (const fault of decoded.faults) console.error(`${fault.path}: ${fault.message}`);
  process.exit(2);
}

const { backend, storage, terminal } = decoded.settings;
const keys = openDeviceKeys(storage.deviceKeyFile);
const exchange = nodeHttpExchange({ bodyBytesMax: walletLimits.answerBytesMax });
const wallet = walletHttp({
  baseUrl: backend.url,
  backendKeys: backendKeys(backend.publicKeys),
  signingKey: () => keys.current(),
  exchange,
  clock: systemClock,
});
const answer =
  values.code === undefined
    ? await rotateKey(wallet, keys, terminal.number)
    : await pairWithCode(wallet, keys, terminal.number, values.code);
exchange.close();

switch (answer.kind) {
  case 'paired':
    console.log(`Paired: the backend knows key ${answer.keyId}.`);
    break;
  case 'code-invalid':
    console.error('The backend does not take this code. Ask its staff for a new one.');
    process.exit(1);
    break;
  case 'unknown':
    console.error(`No answer that counts (${answer.why}). Nothing has changed here; try again.`);
    process.exit(1);
}
