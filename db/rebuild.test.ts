import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProjections, fullCheck } from './full-check.ts';
import { openReader } from './open.ts';
import { projectionShapes } from './table-digest.ts';
import { paidVisit, periodOpened, started } from './testing/facts.ts';
import { sealer, TestLedger, withDatabase } from './testing/fixture.ts';
import { RandomLife } from './testing/random-life.ts';

/** Every row of every projection, as text. */
function dump(test: TestLedger): string {
  return withDatabase(test.place, (database) =>
    projectionShapes(database)
      .map(({ table, key }) => {
        const rows = database.prepare(`SELECT * FROM ${table} ORDER BY ${key.join(', ')}`).all();
        return `${table}\n${rows.map((row) => JSON.stringify(row)).join('\n')}`;
      })
      .join('\n'),
  );
}

describe('projections', () => {
  it('made again from the journal are the same, byte for byte, after any life', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 150 }), (choices) => {
        const life = new RandomLife();
        const test = new TestLedger();
        test.commit(...life.start());
        test.ledger.commitGroup(choices.map((choice) => ({ facts: life.live(choice), wallMs: test.wallMs })));
        const before = dump(test);
        const reader = openReader(test.place.folder);
        checkProjections(reader);
        fullCheck(reader, test.place.anchorPath, sealer);
        reader.close();
        test.ledger.rebuild();
        expect(dump(test)).toBe(before);
        test.reopen();
        test.ledger.close();
      }),
      { numRuns: 25 },
    );
  });

  it('that were changed by hand are found, and made right by a rebuild', () => {
    const test = new TestLedger();
    test.commit(started, periodOpened(1));
    test.commit(...paidVisit(1));
    const before = dump(test);
    for (const sql of [
      'UPDATE top_up SET amount_minor = 1',
      'UPDATE period_count SET note_count = 2',
      'UPDATE note SET in_doubt = 1',
      'UPDATE terminal_run SET running = 0',
      "INSERT INTO alarm VALUES ('a', 'b', 'c', 1)",
    ]) {
      withDatabase(test.place, (database) => database.exec(sql));
      const reader = openReader(test.place.folder);
      expect(() => checkProjections(reader), sql).toThrow(/does not follow from the journal/);
      reader.close();
      test.ledger.rebuild();
      expect(dump(test)).toBe(before);
    }
  });

  it('agree with every sealed checkpoint when the journal is replayed', () => {
    const test = new TestLedger();
    test.commit(started, periodOpened(1));
    test.commit(...paidVisit(1));
    test.reopen();
    test.commit(...paidVisit(2));
    test.reopen();
    const reader = openReader(test.place.folder);
    expect(() => checkProjections(reader)).not.toThrow();
    expect(fullCheck(reader, test.place.anchorPath, sealer).sealedCheckpoints).toBe(2);
    reader.close();
  });
});
