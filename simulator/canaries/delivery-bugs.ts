import { type Canary, inFile } from './canary.ts';

/* What could go wrong between the ledger and the wallet. */

export const deliveryBugs: readonly Canary[] = [
  {
    name: 'a refused top-up is dropped',
    rule: 'M10',
    bug: 'A refusal takes the row out of the queue for good.',
    patches: inFile(
      'db/outbox.ts',
      "        return this.#finish.run({ operationId, atMs, state: 'refused', reason: fact.reason });",
      `        this.#finish.run({ operationId, atMs, state: 'refused', reason: fact.reason });
        return this.#drop.run({ operationId });`,
    ).concat(
      inFile(
        'db/outbox.ts',
        '    this.#requeue = database.prepare(`',
        "    this.#drop = database.prepare('DELETE FROM top_up WHERE ' + ofOperation);\n    this.#requeue = database.prepare(`",
      ),
      inFile(
        'db/outbox.ts',
        '  readonly #void: Statement<Named>;',
        '  readonly #void: Statement<Named>;\n  #drop;',
      ),
    ),
  },
  {
    name: 'a refused top-up is called credited',
    rule: 'M9',
    bug: 'Any final answer ends the row as credited.',
    patches: inFile(
      'terminal/delivery/settle.ts',
      "  turn.facts.push({ kind: 'top-up-refused', operationId: row.operationId, reason: answer.reason });",
      "  turn.facts.push({ kind: 'top-up-credited', operationId: row.operationId });",
    ),
  },
  {
    name: 'a void that came too late is believed',
    rule: 'M9',
    bug: 'A top-up that was credited before its void arrived is given to two persons all the same.',
    patches: inFile(
      'terminal/delivery/settle.ts',
      "      turn.facts.push({ kind: 'top-up-credited', operationId: row.operationId });",
      "      turn.facts.push({ kind: row.state === 'voiding' ? 'top-up-voided' : 'top-up-credited', operationId: row.operationId });",
    ),
  },
  {
    name: 'a retry has a new id',
    rule: 'M9',
    bug: 'What is sent again is sent under another id, and may be credited twice.',
    patches: inFile(
      'terminal/delivery/request.ts',
      '    operationId: row.operationId,\n    wallet: row.wallet,',
      "    operationId: row.attempts === 0 ? row.operationId : row.operationId.replace(/.$/, (end) => (end === '0' ? '1' : '0')),\n    wallet: row.wallet,",
    ),
  },
  {
    name: 'an unsigned answer is believed',
    rule: 'M9',
    bug: 'An answer needs no signature, only a good shape.',
    focus: ['forged-answer'],
    patches: [
      ...inFile(
        'host/wallet-http.ts',
        "  if (proof.kind !== 'proven') return none(proof.kind);\n  if (headers",
        "  if (proof.kind === 'bad-signature') return none(proof.kind);\n  if (proof.kind === 'proven' && headers",
      ),
      // The time of an answer that does not say its own: the request's.
      ...inFile(
        'host/wallet-http.ts',
        '    backendWallMs: proof.createdWallMs,',
        "    backendWallMs: proof.createdWallMs ?? Number(/created=(\\d+)/.exec(request.headers['signature-input'] ?? '')?.[1]) * 1_000,",
      ),
    ],
  },
  {
    name: 'a bad signature is believed',
    rule: 'M9',
    bug: 'An answer must carry a signature, and nobody looks whether it fits.',
    focus: ['forged-answer'],
    patches: inFile(
      'host/wallet-http.ts',
      "  if (proof.kind !== 'proven') return none(proof.kind);",
      "  if (proof.kind === 'not-signed') return none(proof.kind);",
    ),
  },
  {
    name: 'an answer with another amount is believed',
    rule: 'M9',
    bug: 'The amount in an answer is not compared with the request.',
    focus: ['wrong-amount', 'answer-of-another'],
    patches: inFile(
      'terminal/wallet/codec-top-up.ts',
      "const echoFields = ['operationId', 'wallet', 'amountMinor', 'currency'] as const;",
      "const echoFields = ['operationId', 'wallet', 'currency'] as const;",
    ),
  },
  {
    name: 'an answer for another wallet is believed',
    rule: 'M9',
    bug: 'The wallet in an answer is not compared with the request.',
    focus: ['wrong-wallet', 'answer-of-another'],
    patches: inFile(
      'terminal/wallet/codec-top-up.ts',
      "const echoFields = ['operationId', 'wallet', 'amountMinor', 'currency'] as const;",
      "const echoFields = ['operationId', 'amountMinor', 'currency'] as const;",
    ),
  },
  {
    name: 'the answer of another operation is believed',
    rule: 'M9',
    bug: 'The id in an answer is not compared with the request.',
    focus: ['wrong-id', 'answer-of-another'],
    patches: inFile(
      'terminal/wallet/codec-top-up.ts',
      "const echoFields = ['operationId', 'wallet', 'amountMinor', 'currency'] as const;",
      "const echoFields = ['wallet', 'amountMinor', 'currency'] as const;",
    ),
  },
  {
    name: 'the answers of a batch are matched by position',
    rule: 'M9',
    bug: 'The first answer of a batch is taken for the first item, whatever its id.',
    test: 'tests/wallet/faults.test.ts',
    patches: inFile(
      'terminal/wallet/codec-top-up.ts',
      '    items: request.items.map((item) => {\n      const answers = (said.get(item.operationId) ?? []).map((body) =>',
      '    items: request.items.map((item, at) => {\n      const answers = items.slice(at, at + 1).map((body) =>',
    ),
  },
  {
    name: 'a trouble of the network ends a row',
    rule: 'M10',
    bug: 'A row whose try has failed gets no next one.',
    focus: ['request-lost', 'answer-lost'],
    patches: inFile(
      'db/outbox.ts',
      'UPDATE top_up SET attempts = attempts + 1, next_try_at_ms = @nextTryAtMs, reason = @reason',
      'UPDATE top_up SET attempts = attempts + 1, next_try_at_ms = iif(@nextTryAtMs > 0, NULL, 0), reason = @reason',
    ),
  },
  {
    name: 'accepted is called credited',
    rule: 'M9',
    bug: 'An answer that only promises the credit ends the row.',
    focus: ['credited-later'],
    patches: inFile(
      'terminal/delivery/settle.ts',
      '      settleAccepted(turn, row, answer, asking);\n      return;',
      `      turn.facts.push({ kind: 'top-up-credited', operationId: row.operationId });
      settled(turn, row);
      notice(turn, row, { kind: 'credited' });
      return;`,
    ),
  },
];
