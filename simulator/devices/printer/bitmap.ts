/** A rectangle of dots, one bit each, rows packed into bytes with the leftmost dot in the highest bit; 1 is black. */
export class Bitmap {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bytesPerRow: number;
  readonly bytes: Uint8Array;

  constructor(widthDots: number, heightDots: number, bytes?: Uint8Array) {
    this.widthDots = widthDots;
    this.heightDots = heightDots;
    this.bytesPerRow = Math.ceil(widthDots / 8);
    this.bytes = bytes ?? new Uint8Array(this.bytesPerRow * heightDots);
  }

  isBlack(x: number, y: number): boolean {
    if (x < 0 || y < 0 || x >= this.widthDots || y >= this.heightDots) return false;
    const byte = this.bytes[y * this.bytesPerRow + (x >> 3)] ?? 0;
    return (byte & (0x80 >> (x & 7))) !== 0;
  }

  /** Burns one dot; dots beyond the edge are lost, as they are beyond a print head. */
  blacken(x: number, y: number): void {
    if (x < 0 || y < 0 || x >= this.widthDots || y >= this.heightDots) return;
    const at = y * this.bytesPerRow + (x >> 3);
    this.bytes[at] = (this.bytes[at] ?? 0) | (0x80 >> (x & 7));
  }

  fill(x: number, y: number, widthDots: number, heightDots: number): void {
    for (let row = y; row < y + heightDots; row += 1) {
      for (let column = x; column < x + widthDots; column += 1) this.blacken(column, row);
    }
  }

  /** Burns the black dots of `source` with its corner at (x, y); what is black already stays so. */
  draw(source: Bitmap, x: number, y: number): void {
    if (x === 0 && source.widthDots === this.widthDots) {
      this.#drawWhole(source, y);
      return;
    }
    for (let row = 0; row < source.heightDots; row += 1) {
      for (let byteAt = 0; byteAt < source.bytesPerRow; byteAt += 1) {
        let byte = source.bytes[row * source.bytesPerRow + byteAt] ?? 0;
        for (let column = byteAt * 8; byte !== 0; column += 1) {
          if ((byte & 0x80) !== 0 && column < source.widthDots) this.blacken(x + column, y + row);
          byte = (byte << 1) & 0xff;
        }
      }
    }
  }

  /** Rows as wide as this bitmap, byte by byte: what most pictures of a receipt are. */
  #drawWhole(source: Bitmap, y: number): void {
    const at = y * this.bytesPerRow;
    for (let from = 0; from < source.bytes.length && at + from < this.bytes.length; from += 1) {
      this.bytes[at + from] = (this.bytes[at + from] ?? 0) | (source.bytes[from] ?? 0);
    }
  }

  row(y: number): Uint8Array {
    return this.bytes.subarray(y * this.bytesPerRow, (y + 1) * this.bytesPerRow);
  }

  /** Rows `top` to `bottom` − 1, sharing their dots with this bitmap. */
  rows(top: number, bottom: number): Bitmap {
    const bytes = this.bytes.subarray(top * this.bytesPerRow, bottom * this.bytesPerRow);
    return new Bitmap(this.widthDots, bottom - top, bytes);
  }
}

function mapped(widthDots: number, heightDots: number, isBlack: (x: number, y: number) => boolean): Bitmap {
  const result = new Bitmap(widthDots, heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) if (isBlack(x, y)) result.blacken(x, y);
  }
  return result;
}

export function enlarged(source: Bitmap, widthTimes: number, heightTimes: number): Bitmap {
  if (widthTimes === 1 && heightTimes === 1) return source;
  return mapped(source.widthDots * widthTimes, source.heightDots * heightTimes, (x, y) =>
    source.isBlack(Math.floor(x / widthTimes), Math.floor(y / heightTimes)),
  );
}

export function inverted(source: Bitmap): Bitmap {
  return mapped(source.widthDots, source.heightDots, (x, y) => !source.isBlack(x, y));
}

export function turnedHalf(source: Bitmap): Bitmap {
  const { widthDots, heightDots } = source;
  return mapped(widthDots, heightDots, (x, y) => source.isBlack(widthDots - 1 - x, heightDots - 1 - y));
}

export function turnedQuarterClockwise(source: Bitmap): Bitmap {
  return mapped(source.heightDots, source.widthDots, (x, y) => source.isBlack(y, source.heightDots - 1 - x));
}

/** A second strike one dot to the right: how a thermal head makes bold. */
export function emboldened(source: Bitmap): Bitmap {
  return mapped(
    source.widthDots,
    source.heightDots,
    (x, y) => source.isBlack(x, y) || source.isBlack(x - 1, y),
  );
}

/** Columns of `bytesPerColumn` bytes, highest bit on top, as ESC * and glyph definitions send them. */
export function fromColumns(data: Uint8Array, widthDots: number, bytesPerColumn: number): Bitmap {
  return mapped(widthDots, bytesPerColumn * 8, (x, y) => {
    const byte = data[x * bytesPerColumn + (y >> 3)] ?? 0;
    return (byte & (0x80 >> (y & 7))) !== 0;
  });
}
