/*
 * A line that has nothing to say still says so, and silence means trouble: the process at the other end hangs, or the
 * wire is gone without anybody being told.
 */

/** What travels meanwhile. It is no message. */
export const keepAliveText = '';
export const keepAliveEveryMs = 300;
/** A line that has carried nothing for this long is broken, whatever it says of itself. */
export const lineSilenceMs = 2_000;
/** How often the page looks. */
export const lookAtLineEveryMs = 250;
