import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/*
 * Where a kiosk browser that somebody else starts finds the page: one line, the address with its token, for the browser's
 * group alone. The token outlives a crash, so that a page that is open finds its way back.
 */

const addressLine = /^http:\/\/127\.0\.0\.1:\d+\/#token=([\w-]{40,})$/;

/** The token of the last start, if there was one since the machine started. */
export function tokenFrom(path: string): string | undefined {
  try {
    return addressLine.exec(readFileSync(path, 'utf8').trim())?.[1];
  } catch {
    return undefined;
  }
}

export function writeAddress(path: string, url: string): void {
  writeFileSync(`${path}.new`, `${url}\n`, { mode: 0o640 });
  renameSync(`${path}.new`, path);
}
