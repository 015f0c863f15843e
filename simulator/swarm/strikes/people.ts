import { tengeNote } from '../../devices/acceptor/notes.ts';
import { pick } from '../../random.ts';
import type { Stage } from '../stage.ts';
import { once, type StrikeOrder, type Strikes } from './strike.ts';

/* What people do. */

const stormTouches = 30;
const touchMs = 33;

export const peopleStrikes: Strikes<
  'walks-away' | 'tap-storm' | 'note-while-paying' | 'early-successor' | 'note-left-in-mouth'
> = {
  'walks-away': once(({ mood }) => {
    mood.leaves = true;
  }),
  'tap-storm': (stage, { chance }) => {
    void storm(stage, chance);
    return undefined;
  },
  'note-while-paying': async (stage, { chance }) => {
    const isPaying = (): boolean => ['counting', 'paying'].includes(stage.shown?.screen.kind ?? '');
    if (!(await stage.until(isPaying, 120_000, 30))) return undefined;
    stage.world.mechanics.insert(tengeNote(pick([500, 1_000, 5_000] as const, chance)));
    return undefined;
  },
  'early-successor': once(({ world }) => {
    const last = world.acceptorEvents.findLast((event) => event.kind === 'note-inserted');
    if (last === undefined || !('note' in last)) return;
    const { valueMinor, currency } = last.note;
    world.mechanics.insert({ valueMinor, currency, condition: 'good' });
  }),
  'note-left-in-mouth': once(({ mood }) => {
    mood.leavesNotes = true;
  }),
};

/** Every button there is, and now and then the same touch once more. */
async function storm(stage: Stage, chance: StrikeOrder['chance']): Promise<void> {
  for (let touch = 0; touch < stormTouches; touch += 1) {
    const offers = stage.shown?.offers ?? [];
    if (offers.length > 0 && stage.world.isRunning) {
      stage.world.touch(pick(offers, chance).action, pick(['kk', 'ru', '7', '0', '500000'] as const, chance));
    }
    await stage.sleep(touchMs);
  }
}
