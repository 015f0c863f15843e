import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { type Protocol, protocol } from 'electron';

/*
 * The page comes from a scheme of its own, `app://qyzyl/`: it has an origin, unlike `file:`, and can ask for nothing but
 * the files that were there at the start.
 */

const scheme = 'app';
const host = 'qyzyl';
export const pageUrl = `${scheme}://${host}/index.html`;

/**
 * `sandbox` without allow-modals, allow-popups, allow-downloads and allow-forms: Chromium itself then refuses print,
 * alerts, new windows, downloads and form submission, whatever runs on the page.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-scripts allow-same-origin',
].join('; ');

const permissionsPolicy = [
  ...['accelerometer', 'bluetooth', 'camera', 'clipboard-read', 'clipboard-write', 'display-capture'],
  ...['geolocation', 'gyroscope', 'hid', 'magnetometer', 'microphone', 'midi', 'payment', 'serial', 'usb'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

/** Must run before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, codeCache: true } },
  ]);
}

/** Whether this address is one of ours; `app://qyzyl.example/` and `app://user@qyzyl/` are not. */
export function isPageUrl(url: string): boolean {
  return url.startsWith(`${scheme}://${host}/`);
}

export function servePage(target: Protocol, folder: string): void {
  target.handle(scheme, pageHandler(folder));
}

/** Answers with a file that was in the folder at the start, or with 404: no path is ever put together from a request. */
export function pageHandler(folder: string): (request: { url: string; method: string }) => Promise<Response> {
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(join(folder, sep).length).split(sep).join('/'), path];
      }),
  );
  return async ({ url, method }) => {
    const path = isPageUrl(url) ? files.get(new URL(url).pathname.slice(1)) : undefined;
    const contentType = path === undefined ? undefined : contentTypes[extname(path)];
    if (path === undefined || contentType === undefined || method !== 'GET') {
      return new Response(null, { status: 404 });
    }
    return new Response(new Uint8Array(await readFile(path)), { headers: pageHeaders(contentType) });
  };
}

function pageHeaders(contentType: string): Record<string, string> {
  return {
    'content-type': contentType,
    'content-security-policy': contentSecurityPolicy,
    'permissions-policy': permissionsPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
