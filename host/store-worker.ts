import { randomBytes } from 'node:crypto';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { type Ledger, openLedger } from '../db/ledger.ts';
import { ed25519Sealer } from '../db/sealer.ts';
import { assert, unreachable } from '../terminal/assert.ts';
import {
  type Answer,
  done,
  failed,
  openingId,
  type Request,
  type StoreCall,
  type StoreOptions,
} from './store-messages.ts';

/* The thread that owns the one writing connection. */

type CommitCall = Extract<StoreCall, { kind: 'commit' }>;
type OtherCall = Exclude<StoreCall, CommitCall>;

assert(parentPort !== null, 'this file runs as a worker thread');
start(parentPort, workerData as StoreOptions);

function start(port: MessagePort, { place, sealKey }: StoreOptions): void {
  let ledger: Ledger;
  try {
    ledger = openLedger(place, { sealer: ed25519Sealer(sealKey), randomBytes });
  } catch (error) {
    port.postMessage([failed(openingId, error)]);
    return;
  }
  port.postMessage([done(openingId, undefined)]);
  port.on('message', (first: readonly Request<StoreCall>[]) => {
    const requests = [...first, ...waitingRequests(port)];
    port.postMessage(serve(ledger, requests));
    if (requests.some(({ call }) => call.kind === 'close')) port.close();
  });
}

/** Whatever queued up while the last transaction waited for the disk. */
function waitingRequests(port: MessagePort): readonly Request<StoreCall>[] {
  const requests: Request<StoreCall>[] = [];
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    requests.push(...next.message);
  }
  return requests;
}

/** In the order they came; commits that stand side by side share one transaction and one wait for the disk. */
function serve(ledger: Ledger, requests: readonly Request<StoreCall>[]): readonly Answer[] {
  const answers: Answer[] = [];
  let commits: { id: number; call: CommitCall }[] = [];
  for (const { id, call } of requests) {
    if (call.kind === 'commit') {
      commits.push({ id, call });
      continue;
    }
    answers.push(...commitTogether(ledger, commits), serveOne(ledger, id, call));
    commits = [];
  }
  return [...answers, ...commitTogether(ledger, commits)];
}

function commitTogether(ledger: Ledger, commits: readonly Request<CommitCall>[]): readonly Answer[] {
  if (commits.length === 0) return [];
  try {
    const committed = ledger.commitGroup(commits.map(({ call }) => call.commit));
    return commits.map(({ id }, index) => done(id, committed[index]));
  } catch (error) {
    return commits.map(({ id }) => failed(id, error));
  }
}

function serveOne(ledger: Ledger, id: number, call: OtherCall): Answer {
  try {
    return done(id, answerTo(ledger, call));
  } catch (error) {
    return failed(id, error);
  }
}

function answerTo(ledger: Ledger, call: OtherCall): unknown {
  switch (call.kind) {
    case 'load':
      return ledger.load();
    case 'due-top-ups':
      return ledger.dueTopUps(call.atMs, call.limit);
    case 'due-messages':
      return ledger.dueMessages(call.atMs, call.limit);
    case 'register-rows':
      return ledger.registerRows(call.fromMs, call.toMs);
    case 'contains-anchor':
      return ledger.containsAnchor(call.anchor);
    case 'pin-verifier':
      return ledger.pinVerifier(call.staffId);
    case 'figures':
      return ledger.figures();
    case 'checkpoint':
      return ledger.checkpoint();
    case 'close':
      return ledger.close();
    default:
      return unreachable(call);
  }
}
