/** Three bytes, 24 types: byte 1 = types 23..16, bit 0 of byte 3 = type 0 (CCNET §5). */
export function maskFromBytes(bytes: Uint8Array): number {
  return bytes.reduce((mask, byte) => mask * 256 + byte, 0);
}

export function maskToBytes(mask: number): Uint8Array {
  return Uint8Array.of((mask >>> 16) & 0xff, (mask >>> 8) & 0xff, mask & 0xff);
}

export function maskHas(mask: number, type: number): boolean {
  return (mask & (1 << type)) !== 0;
}
