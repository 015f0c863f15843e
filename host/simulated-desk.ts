import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { type Ledger, type LedgerPlace, openLedger } from '../db/ledger.ts';
import { openReader } from '../db/open.ts';
import type { Sealer } from '../db/sealer.ts';
import { listUnknownNotes } from '../db/unknown-notes.ts';
import type { NoteResolution } from '../terminal/facts.ts';
import type { PeriodId } from '../terminal/ids.ts';
import {
  confirmResolution,
  type DeskAnswer,
  proposeResolution,
  type UnknownNote,
} from '../terminal/notes-desk.ts';

/** What the cash count says of a note. */
interface Judgement {
  readonly as: NoteResolution;
  readonly periodId: PeriodId | undefined;
}

/** Two persons at the desk of a simulated terminal, who settle every note that waits for them. */
export function settleNotes(
  place: LedgerPlace,
  sealer: Sealer,
  judge: (note: UnknownNote) => Judgement,
  wallMs: number,
): void {
  const ledger = openLedger(place, { sealer, randomBytes });
  const commit = (answer: DeskAnswer): void => {
    if (answer.kind === 'refused') throw new Error(`the desk refuses: ${answer.why}`);
    ledger.commit(answer.facts, wallMs);
  };
  try {
    for (const note of unknownNotes(place)) {
      const { as } = judge(note);
      commit(proposeResolution(note, { as, by: 'Administrator 1', reason: 'the cash was counted' }));
    }
    for (const note of unknownNotes(place)) commit(confirmed(note, judge(note), ledger));
  } finally {
    ledger.close();
  }
}

function confirmed(note: UnknownNote, { periodId }: Judgement, ledger: Ledger): DeskAnswer {
  const { nextOperationSerial } = ledger.load();
  const ids = { uuidV7: () => v7() };
  return confirmResolution(note, { by: 'Administrator 2', periodId, nextOperationSerial, ids });
}

function unknownNotes({ folder }: LedgerPlace): readonly UnknownNote[] {
  const database = openReader(folder);
  try {
    return listUnknownNotes(database);
  } finally {
    database.close();
  }
}
