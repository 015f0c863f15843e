import type { Firmware, Parser } from './firmware.ts';
import { headToKnifeRows } from './models.ts';

type CutPlace = 'here' | 'feed' | 'preset' | 'feed-and-wind-back';

/** GS V m: where the cut goes and whether it is meant to be full. */
const cuts: ReadonlyMap<number, readonly [place: CutPlace, isFull: boolean]> = new Map([
  [0x00, ['here', true]],
  [0x30, ['here', true]],
  [0x01, ['here', false]],
  [0x31, ['here', false]],
  [0x41, ['feed', true]],
  [0x42, ['feed', false]],
  [0x61, ['preset', true]],
  [0x62, ['preset', false]],
  [0x67, ['feed-and-wind-back', true]],
  [0x68, ['feed-and-wind-back', false]],
]);

/** GS V (ESC/POS §1, Cut). At the start of a line only. */
export function* cut({ typesetter, mechanism, model, ignore }: Firmware): Parser {
  const m = yield;
  const [place, isFull] = cuts.get(m) ?? [];
  if (place === undefined) {
    ignore(0x1d, 0x56, m);
    return;
  }
  const units = place === 'here' ? 0 : yield;
  if (!typesetter.isAtLineStart) return;
  const edge = isFull || !model.hasPartialCut ? 'full-cut' : 'partial-cut';
  const rowsToKnife = headToKnifeRows(model) + Math.round(units * typesetter.modes.verticalUnitDots);
  if (place === 'preset') {
    typesetter.presetCut(rowsToKnife, edge);
    return;
  }
  if (place !== 'here')
    mechanism.enqueue({ kind: 'print', band: undefined, rows: rowsToKnife, mark: undefined });
  mechanism.enqueue({ kind: 'cut', edge, windBack: place === 'feed-and-wind-back' });
}
