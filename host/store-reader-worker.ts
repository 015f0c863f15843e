import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { readDesk } from '../db/desk.ts';
import { checkProjections, exportJournal, fullCheck } from '../db/full-check.ts';
import { openReader } from '../db/open.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { assert, unreachable } from '../terminal/assert.ts';
import {
  type Answer,
  done,
  failed,
  openingId,
  type ReaderCall,
  type Request,
  type StoreOptions,
} from './store-messages.ts';

/* The thread that only reads. A failed call says something about the data, not about this thread: it goes on. */

type Reader = ReturnType<typeof openReader>;

assert(parentPort !== null, 'this file runs as a worker thread');
start(parentPort, workerData as StoreOptions);

function start(port: MessagePort, options: StoreOptions): void {
  let database: Reader;
  try {
    database = openReader(options.place.folder);
  } catch (error) {
    port.postMessage([failed(openingId, error)]);
    return;
  }
  port.postMessage([done(openingId, undefined)]);
  port.on('message', (requests: readonly Request<ReaderCall>[]) => {
    for (const { id, call } of requests) {
      port.postMessage([answer(database, id, call, options)]);
      if (call.kind === 'close') port.close();
    }
  });
}

function answer(database: Reader, id: number, call: ReaderCall, options: StoreOptions): Answer {
  try {
    return done(id, answerTo(database, call, options));
  } catch (error) {
    return failed(id, error);
  }
}

function answerTo(database: Reader, call: ReaderCall, { place, sealKey }: StoreOptions): unknown {
  switch (call.kind) {
    case 'desk':
      return readDesk(database, call.query);
    case 'full-check':
      return fullCheck(database, place.anchorPath, ed25519Sealer(sealKey));
    case 'check-projections':
      return checkProjections(database);
    case 'export-journal':
      return exportJournal(database, call.path);
    case 'close':
      database.close();
      return undefined;
    default:
      return unreachable(call);
  }
}
