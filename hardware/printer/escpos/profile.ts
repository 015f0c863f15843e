import type { SerialSettings } from '../../link/serial.ts';

/*
 * What differs from printer to printer, as data. A new model is a new row here; the driver has no branch on a name.
 */

export type EscposProfileName = 'epson-tm-t88vi' | 'epson-tm-m30' | 'custom-vkp80iii' | 'generic-raster';

export interface EscposProfile {
  readonly name: EscposProfileName;
  /** Dots the head can print across the paper. */
  readonly widthDots: number;
  readonly dotsPerInch: number;
  readonly text: TextWay;
  readonly qr: 'native' | 'picture';
  /** Units of `ESC J` that make one dot row: on Epson they are half a dot. */
  readonly feedUnitsPerDot: 1 | 2;
  /** From the last printed row to a slip that can be taken: feed to the knife, cut, present. */
  readonly cut: readonly number[];
  /** The same, with the slip held out for so many seconds (1 to 255) before it is drawn back in; only with a presenter. */
  readonly cutHolding: ((seconds: number) => readonly number[]) | undefined;
  readonly proof: ProofOfPrinting;
  readonly status: StatusDialect;
  /** Sends four bytes by itself at every change (`GS a`). */
  readonly automaticStatus: boolean;
  /** Clears its buffers on `DLE DC4 8` at once, even offline. */
  readonly clearsInRealTime: boolean;
  /** Answers `GS I 67` with its model name, which must then begin like this. */
  readonly modelPrefix: string | undefined;
  /** Takes a slip nobody fetched out of the output, so that the next visitor does not get it. */
  readonly collectSlip: readonly number[] | undefined;
}

/**
 * How a receipt's letters get onto the paper. `picture` prints any script on any printer. `native` is fastest, where
 * the printer has the Kazakh page KZ-1048; a line with a letter outside it still goes as a picture.
 */
export type TextWay =
  | { readonly kind: 'picture' }
  | {
      readonly kind: 'native';
      /** The printer's own number of the page, for `ESC t`. */
      readonly codePage: number;
      readonly columns: number;
      readonly columnsSmall: number;
    };

/**
 * How the printer shows that paper really came out:
 * `process-id`: it answers `GS ( H` when everything before it has been printed;
 * `queued-status`: it answers `GS r` in queue order, so everything before it was processed (weaker);
 * `full-status`: Custom `DLE EOT 20` tells motor and slip-in-output.
 */
type ProofOfPrinting = 'process-id' | 'queued-status' | 'full-status';

/** `real-time`: `DLE EOT` 1 to 4, a byte each; `full`: Custom's `DLE EOT 20`, all in one. */
export type StatusDialect = 'real-time' | 'full';

/** On RS-232, as these printers leave the factory or should be set; XON and XOFF are the driver's own business. */
export const escposSerialSettings: SerialSettings = {
  baudRate: 115_200,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flowControl: 'none',
  dtr: true,
  rts: true,
};

export const escposProfiles: Readonly<Record<EscposProfileName, EscposProfile>> = {
  /** 80 mm at 180 dots an inch; page 53 is KZ-1048 from the TM-T88V on. */
  'epson-tm-t88vi': {
    name: 'epson-tm-t88vi',
    widthDots: 512,
    dotsPerInch: 180,
    text: { kind: 'native', codePage: 53, columns: 42, columnsSmall: 56 },
    qr: 'native',
    feedUnitsPerDot: 2,
    cut: [0x1d, 0x56, 0x42, 0x00],
    cutHolding: undefined,
    proof: 'process-id',
    status: 'real-time',
    automaticStatus: true,
    clearsInRealTime: true,
    modelPrefix: 'TM-T88',
    collectSlip: undefined,
  },
  /** Compact printer, 80 mm at 203 dots an inch; the same commands and proof as the TM-T88, page 53 as well. */
  'epson-tm-m30': {
    name: 'epson-tm-m30',
    widthDots: 576,
    dotsPerInch: 203,
    text: { kind: 'native', codePage: 53, columns: 48, columnsSmall: 64 },
    qr: 'native',
    feedUnitsPerDot: 2,
    cut: [0x1d, 0x56, 0x42, 0x00],
    cutHolding: undefined,
    proof: 'process-id',
    status: 'real-time',
    automaticStatus: true,
    clearsInRealTime: true,
    modelPrefix: 'TM-m30',
    collectSlip: undefined,
  },
  /** Kiosk printer with presenter: full cut, slip held out for 30 s, then drawn back in. */
  'custom-vkp80iii': {
    name: 'custom-vkp80iii',
    widthDots: 576,
    dotsPerInch: 203,
    text: { kind: 'picture' },
    qr: 'picture',
    feedUnitsPerDot: 1,
    cut: customCutHolding(30),
    cutHolding: customCutHolding,
    proof: 'full-status',
    status: 'full',
    automaticStatus: false,
    clearsInRealTime: false,
    modelPrefix: undefined,
    collectSlip: [0x1d, 0x65, 0x02],
  },
  /** Any 80 mm printer at 203 dots an inch that knows `GS v 0`, `GS V`, `GS r` and `GS a`. */
  'generic-raster': {
    name: 'generic-raster',
    widthDots: 576,
    dotsPerInch: 203,
    text: { kind: 'picture' },
    qr: 'picture',
    feedUnitsPerDot: 1,
    cut: [0x1d, 0x56, 0x42, 0x00],
    cutHolding: undefined,
    proof: 'queued-status',
    status: 'real-time',
    automaticStatus: true,
    clearsInRealTime: false,
    modelPrefix: undefined,
    collectSlip: undefined,
  },
};

/** The knife sits about 15 mm above the head, and `ESC i` cuts where the paper stands; then `FS P` presents, `R` retracts. */
function customCutHolding(seconds: number): readonly number[] {
  return [0x1b, 0x4a, 0x78, 0x1b, 0x69, 0x1c, 0x50, 0x10, 0x01, 0x52, seconds];
}

/**
 * The profile that the terminal's settings name. `slipHeldSeconds` is how long a presenter holds a slip out; `undefined` leaves
 * it at the profile's own time. Throws with the setting's name where a setting does not fit.
 */
export function escposProfileFor(name: string, slipHeldSeconds: number | undefined): EscposProfile {
  const profile = Object.values(escposProfiles).find((known) => known.name === name);
  if (profile === undefined) {
    throw new Error(
      `printer.profile: no profile "${name}"; known: ${Object.keys(escposProfiles).join(', ')}`,
    );
  }
  if (slipHeldSeconds === undefined) return profile;
  if (profile.cutHolding === undefined) {
    throw new Error(`printer.slipHeldSeconds: ${name} has no presenter that could draw a slip back in`);
  }
  return { ...profile, cut: profile.cutHolding(slipHeldSeconds) };
}
