/** Commands a printer obeys the moment their bytes arrive, whatever stands in its buffer (ESC/POS §2). */
export type RealTimeCommand =
  | { readonly kind: 'status'; readonly n: number }
  | { readonly kind: 'resume' }
  | { readonly kind: 'drop-and-recover' }
  | { readonly kind: 'clear-buffers' }
  | { readonly kind: 'drawer-pulse' };

const dle = 0x10;
/** What follows DLE DC4 in the two forms obeyed here; zero stands for any byte of the pulse's pin and time. */
const clearBuffers = [0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];
const drawerPulseLength = 3;

/**
 * Looks at the raw stream, image data included, since that is what real printers do. The bytes are not taken out: they
 * still reach the buffer, where they count as image data or are passed over as a command already obeyed.
 */
export class RealTimeScanner {
  #seen: number[] = [];

  /** The command this byte completes, if any. */
  next(byte: number): RealTimeCommand | undefined {
    if (this.#seen.length === 0 && byte !== dle) return undefined;
    this.#seen.push(byte);
    const verdict = judge(this.#seen);
    if (verdict === 'incomplete') return undefined;
    this.#seen = verdict === 'nothing' && byte === dle ? [dle] : [];
    return verdict === 'nothing' ? undefined : verdict;
  }
}

function judge(seen: readonly number[]): RealTimeCommand | 'incomplete' | 'nothing' {
  const [first, second, third] = seen;
  if (first !== dle) return 'nothing';
  if (second === undefined) return 'incomplete';
  if (second === 0x14) return judgeDc4(seen.slice(2));
  if (second !== 0x04 && second !== 0x05) return 'nothing';
  if (third === undefined) return 'incomplete';
  if (second === 0x04) return { kind: 'status', n: third };
  if (third === 1) return { kind: 'resume' };
  return third === 2 ? { kind: 'drop-and-recover' } : 'nothing';
}

function judgeDc4(parameters: readonly number[]): RealTimeCommand | 'incomplete' | 'nothing' {
  const [kind] = parameters;
  if (kind === undefined) return 'incomplete';
  if (kind === 0x01) return parameters.length < drawerPulseLength ? 'incomplete' : { kind: 'drawer-pulse' };
  if (parameters.some((byte, at) => byte !== clearBuffers[at])) return 'nothing';
  return parameters.length < clearBuffers.length ? 'incomplete' : { kind: 'clear-buffers' };
}
