import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fullCheck } from './full-check.ts';
import { type LedgerPlace, openLedger } from './ledger.ts';
import { openReader } from './open.ts';
import { sealer, sealKey, TestLedger, tempPlace } from './testing/fixture.ts';

const childFile = fileURLToPath(new URL('./testing/crash-child.ts', import.meta.url));

function startChild(place: LedgerPlace): ChildProcess {
  const key = sealKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const child = spawn(process.execPath, [childFile, place.folder, place.anchorPath, key], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Lets the child say so many lines, then kills it in the middle of whatever it does; returns the last whole line. */
async function killAfter(child: ChildProcess, lines: number): Promise<string> {
  if (child.stdout === null) throw new Error('the child has an output');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === lines) child.kill('SIGKILL');
  }
  return said.at(-1) ?? '';
}

describe('a second process', () => {
  it('is refused by name while the first lives, and let in when it was killed', async () => {
    const place = tempPlace();
    const child = startChild(place);
    if (child.stdout === null) throw new Error('the child has an output');
    await once(child.stdout, 'data');
    const refusal = expect.objectContaining({ code: 'locked' });
    expect(() => openLedger(place, { sealer, randomBytes })).toThrow(refusal);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(new TestLedger(place).ledger.load().sequence).toBeGreaterThan(0);
  });

  it('hears why it is refused', async () => {
    const test = new TestLedger();
    const child = startChild(test.place);
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(1);
    expect(complaint).toContain("code: 'locked'");
  });

  it('that shares this one is refused too', () => {
    const test = new TestLedger();
    const refusal = expect.objectContaining({ code: 'locked' });
    expect(() => openLedger(test.place, { sealer, randomBytes })).toThrow(refusal);
  });
});

describe('a process killed in the middle', () => {
  it('has lost nothing that it held for durable', async () => {
    const place = tempPlace();
    for (const lines of [1, 7, 23, 40, 61]) {
      const [sequence, head] = (await killAfter(startChild(place), lines)).split(' ');
      const test = new TestLedger(place);
      expect(test.ledger.containsAnchor({ sequence: Number(sequence), head: head ?? '' })).toBe(true);
      const { openOperation, unresolvedNotes } = test.ledger.load();
      expect(unresolvedNotes.length).toBeLessThanOrEqual(openOperation === undefined ? 0 : 1);
      const reader = openReader(place.folder);
      expect(fullCheck(reader, place.anchorPath, sealer).tip.sequence).toBeGreaterThanOrEqual(
        Number(sequence),
      );
      reader.close();
      finishVisit(test);
      test.ledger.close();
    }
  });

  /** What recovery would do: the next child must find no open visit. */
  function finishVisit(test: TestLedger): void {
    const { openOperation, unresolvedNotes } = test.ledger.load();
    if (openOperation === undefined) return;
    const { operationId } = openOperation;
    for (const { noteId } of unresolvedNotes) test.commit({ kind: 'note-returned', noteId });
    test.commit({ kind: 'operation-cancelled', operationId, why: 'restart' });
  }
});
