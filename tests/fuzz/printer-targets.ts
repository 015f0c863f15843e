import { createEscposDriver } from '../../hardware/printer/escpos/driver.ts';
import { soundHealth, withReply } from '../../hardware/printer/escpos/health.ts';
import { escposProfiles, type StatusDialect } from '../../hardware/printer/escpos/profile.ts';
import { parseReplies } from '../../hardware/printer/escpos/status.ts';
import { VirtualClock } from '../../simulator/virtual-clock.ts';
import { babblingLink, driverMs, vectors } from './babbling-line.ts';
import { type Decoder, type FuzzTarget, promise } from './target.ts';

/* What comes in from printers: what they say of themselves, and a whole driver on a line that says anything. */

const escpos = vectors('escpos') as {
  readonly states: readonly { readonly realTime: readonly string[]; readonly automatic: string }[];
  readonly customFullStatus: readonly { readonly bytes: string }[];
  readonly answers: readonly { readonly bytes: string }[];
};
const escposReplies = [
  ...escpos.states.flatMap(({ realTime, automatic }) => [...realTime, automatic]),
  ...[...escpos.customFullStatus, ...escpos.answers].map(({ bytes }) => bytes),
].map((hex) => Buffer.from(hex, 'hex'));

export const printerTargets: readonly FuzzTarget[] = [
  { name: 'escpos-status', share: 20, open: () => escposStatus('real-time') },
  { name: 'escpos-full-status', share: 12, open: () => escposStatus('full') },
  { name: 'escpos-driver', share: 0.2, open: escposDriver },
];

/** A printer's reply is never longer than this; what waits for its end neither. */
const escposRestMax = 96;

function escposStatus(dialect: StatusDialect): Decoder {
  const feed = (input: Uint8Array, chunkBytes: number): string => {
    const replies: unknown[] = [];
    let health = soundHealth;
    let rest: Uint8Array = new Uint8Array(0);
    for (let at = 0; at < input.length; at += chunkBytes) {
      const step = parseReplies(rest, input.subarray(at, at + chunkBytes), dialect);
      for (const reply of step.replies) {
        health = withReply(health, reply);
        // XON and XOFF are lifted out of whatever they fell into: their place among the others may move.
        if (reply.kind !== 'flow') replies.push(reply);
      }
      rest = step.rest;
      promise(rest.length < escposRestMax, `a rest of ${rest.length} bytes waits`);
    }
    return input.length > 2_000 ? '' : JSON.stringify([replies, [...rest]]);
  };
  return {
    shape: 'bytes',
    samples: escposReplies,
    read: (input) => {
      const whole = feed(input, Math.max(1, input.length));
      const cut = feed(input, input.length < 64 ? 1 : 1 + (input.length % 61));
      promise(whole === cut, 'cut otherwise, other replies were found');
      return whole.includes('"noise"') ? 'refused' : 'taken';
    },
  };
}

function escposDriver(): Decoder {
  return {
    shape: 'bytes',
    samples: escposReplies,
    read: async (input) => {
      const clock = new VirtualClock();
      const driver = createEscposDriver({
        link: babblingLink(input, clock),
        clock,
        profile: escposProfiles['epson-tm-t88vi'],
      });
      let reports = 0;
      driver.start(() => {
        reports += 1;
      });
      await clock.advance(driverMs);
      let hasEnded = false;
      void driver.print({ lines: [] }).then(() => {
        hasEnded = true;
      });
      await clock.advanceUntil(() => hasEnded, 300_000, 'the end of a slip', 500);
      await driver.stop();
      return reports > 0 ? 'taken' : 'refused';
    },
  };
}
