import { unreachable } from '../../terminal/assert.ts';

/* What the recorder (recorder.c) has written down, in the order in which it happened. */

export type DiskStep =
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly length: number }
  | { readonly kind: 'sync' | 'create' | 'unlink' | 'make-folder'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string };

const kinds = ['write', 'truncate', 'sync', 'create', 'unlink', 'rename', 'make-folder'] as const;
const headBytes = 17;

export function readRecording(bytes: Buffer): readonly DiskStep[] {
  const steps: DiskStep[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = kinds[bytes.readUInt8(at) - 1];
    const pathEnd = at + headBytes + bytes.readUInt32LE(at + 1);
    const offset = Number(bytes.readBigUInt64LE(at + 5));
    const dataEnd = pathEnd + bytes.readUInt32LE(at + 13);
    if (kind === undefined || dataEnd > bytes.length)
      throw new Error(`the recording makes no sense at byte ${at}`);
    const path = bytes.toString('utf8', at + headBytes, pathEnd);
    steps.push(stepOf(kind, path, offset, bytes.subarray(pathEnd, dataEnd)));
    at = dataEnd;
  }
  return steps;
}

function stepOf(kind: (typeof kinds)[number], path: string, offset: number, data: Buffer): DiskStep {
  switch (kind) {
    case 'write':
      return { kind, path, offset, data };
    case 'truncate':
      return { kind, path, length: offset };
    case 'rename':
      return { kind, path, to: data.toString('utf8') };
    case 'sync':
    case 'create':
    case 'unlink':
    case 'make-folder':
      return { kind, path };
    default:
      return unreachable(kind);
  }
}
