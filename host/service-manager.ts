import { spawn } from 'node:child_process';

/*
 * What systemd is told of a terminal that runs as its service (sd_notify(3)): that it is ready, that its loop still turns,
 * and whether somebody is being served. Elsewhere nothing is said.
 */

/** Starts telling; `state` is asked each time, in one word, and throws when the terminal is not alive. */
export function reportToServiceManager(
  state: () => string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const socket = environment['NOTIFY_SOCKET'];
  if (socket === undefined) return;
  notify(['READY=1', `STATUS=${state()}`], socket);
  const watchdogMs = Number(environment['WATCHDOG_USEC'] ?? 0) / 1_000;
  if (!(watchdogMs > 0)) return;
  // Three chances within the time: one late turn is no hang.
  setInterval(() => {
    notify(['WATCHDOG=1', `STATUS=${state()}`], socket);
  }, watchdogMs / 3).unref();
}

/** Node speaks no datagrams to a path; systemd's own tool does. */
function notify(words: readonly string[], socket: string): void {
  spawn('systemd-notify', words, { env: { ...process.env, NOTIFY_SOCKET: socket }, stdio: 'ignore' })
    // Without the tool there is no service manager to miss the word.
    .on('error', () => undefined);
}
