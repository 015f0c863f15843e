import { createPrivateKey, randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { assert } from '../../terminal/assert.ts';
import { openLedger } from '../ledger.ts';
import { ed25519Sealer } from '../sealer.ts';
import { paidVisit, periodOpened, started } from './facts.ts';

/* A process that sells without end, and says on its output what it holds for durable, until somebody kills it. */

const [folder, anchorPath, key] = process.argv.slice(2);
assert(
  folder !== undefined && anchorPath !== undefined && key !== undefined,
  'folder, anchor and key are given',
);

const sealer = ed25519Sealer(createPrivateKey(key));
const ledger = openLedger({ folder, anchorPath }, { sealer, randomBytes });
const state = ledger.load();
if (state.period === undefined) ledger.commit([started, periodOpened(1)], Date.now());
for (let serial = state.nextOperationSerial; ; serial += 1) {
  const [opened, escrowed, intended, ...rest] = paidVisit(serial);
  assert(opened !== undefined && escrowed !== undefined && intended !== undefined, 'a visit has its facts');
  const commits = [[opened], [escrowed, intended], rest].map((facts) => ({ facts, wallMs: Date.now() }));
  const outcomes =
    serial % 3 === 0
      ? ledger.commitGroup(commits)
      : commits.map(({ facts, wallMs }) => ledger.commit(facts, wallMs));
  if (serial % 10 === 0) ledger.checkpoint();
  for (const { sequence, head } of outcomes) writeSync(1, `${sequence} ${head}\n`);
}
