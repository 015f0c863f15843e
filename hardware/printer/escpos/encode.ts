import { assert } from '../../../terminal/assert.ts';
import type { ReceiptDocument, ReceiptLine } from '../../../terminal/devices.ts';
import { renderDocument } from '../raster/document.ts';
import { bitmapCommands, feedRows } from './bands.ts';
import { concat, nativeLine } from './native-text.ts';
import type { EscposProfile } from './profile.ts';

/*
 * A slip as bytes. Whatever the printer lacks (a letter, a drawing, a QR code) goes as a picture, so that nothing ever comes
 * out as "?".
 */

/** A slip ready to be sent. */
export interface PrintJob {
  /** Whole commands each: a status may be asked for between two of them and at no other place. */
  readonly commands: readonly Uint8Array[];
  /** What the printer says when the last row is on paper, and when the cut is done; only with `process-id`. */
  readonly processIds: { readonly printed: string; readonly cut: string };
}

/** Automatic status for online state, errors and paper; neither the drawer nor the panel button matters here. */
const automaticStatusOn = [0x1d, 0x61, 0x0e] as const;
const initialise = [0x1b, 0x40] as const;
/** Firmware made for Asia starts in two-byte letters. */
const leaveKanji = [0x1c, 0x2e] as const;

/** `jobNumber` marks the answers of this job; any whole number, different from the last job's. */
export function encodeDocument(
  document: ReceiptDocument,
  profile: EscposProfile,
  jobNumber: number,
): PrintJob {
  const mark = String(jobNumber % 1000).padStart(3, '0');
  const processIds = { printed: `${mark}p`, cut: `${mark}c` };
  const asksIds = profile.proof === 'process-id';
  const commands = [
    opening(profile),
    ...lineCommands(document.lines, profile),
    ...(asksIds ? [askProcessId(processIds.printed)] : []),
    Uint8Array.from(profile.cut),
    ...(asksIds ? [askProcessId(processIds.cut)] : []),
    ...(profile.proof === 'queued-status' ? [askQueuedStatus()] : []),
  ];
  return { commands, processIds };
}

/** `ESC @` forgets the automatic status on some printers: it is switched on again. */
export function opening(profile: EscposProfile): Uint8Array {
  return Uint8Array.from([
    ...initialise,
    ...(profile.text.kind === 'native' ? leaveKanji : []),
    ...(profile.automaticStatus ? automaticStatusOn : []),
  ]);
}

/** `GS r 1`: answered in queue order, never at once. */
export function askQueuedStatus(): Uint8Array {
  return Uint8Array.of(0x1d, 0x72, 0x01);
}

/** `GS ( H` function 48: the printer returns the four characters when it has printed all that came before. */
function askProcessId(id: string): Uint8Array {
  assert(/^[\x20-\x7e]{4}$/.test(id), `a process id is four printable characters, not "${id}"`);
  const characters = [...id].map((character) => character.charCodeAt(0));
  return Uint8Array.from([0x1d, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30, ...characters]);
}

function lineCommands(lines: readonly ReceiptLine[], profile: EscposProfile): Uint8Array[] {
  const commands: Uint8Array[] = [];
  let asPicture: ReceiptLine[] = [];
  const drawPicture = () => {
    if (asPicture.length === 0) return;
    const picture = renderDocument({ lines: asPicture }, profile);
    commands.push(...bitmapCommands(picture, profile.feedUnitsPerDot));
    asPicture = [];
  };
  for (const line of lines) {
    const native = nativeCommand(line, profile);
    if (native === undefined) {
      asPicture.push(line);
      continue;
    }
    drawPicture();
    commands.push(native);
  }
  drawPicture();
  return commands;
}

function nativeCommand(line: ReceiptLine, profile: EscposProfile): Uint8Array | undefined {
  if (line.kind === 'qr' && profile.qr === 'native') return qrCommand(line.data, profile);
  return profile.text.kind === 'native' ? nativeLine(line, profile.text) : undefined;
}

/** `GS ( k` for QR: model 2, module size, level M, store, print; a little air around it. */
function qrCommand(data: string, profile: EscposProfile): Uint8Array {
  const bytes = new TextEncoder().encode(data);
  assert(bytes.length <= 512, `a QR code of ${bytes.length} bytes would not be read from paper`);
  const moduleDots = bytes.length > 100 ? 4 : 6;
  const length = bytes.length + 3;
  return concat([
    feedRows(16, profile.feedUnitsPerDot),
    Uint8Array.of(0x1b, 0x61, 0x01),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x04, 0x00, 0x31, 0x41, 0x32, 0x00),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x43, moduleDots),
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x45, 0x31),
    Uint8Array.of(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30),
    bytes,
    Uint8Array.of(0x1d, 0x28, 0x6b, 0x03, 0x00, 0x31, 0x51, 0x30),
    Uint8Array.of(0x1b, 0x61, 0x00),
    feedRows(16, profile.feedUnitsPerDot),
  ]);
}
