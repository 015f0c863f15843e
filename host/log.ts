import { pino } from 'pino';
import type { Log } from '../terminal/log.ts';

/** Writes log events as JSON lines to standard output, which the supervisor keeps and rotates. */
export function standardLog(): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
  return ({ event, ...fields }) => {
    if (event === 'fatal') logger.fatal(fields, event);
    else logger.info(fields, event);
  };
}
