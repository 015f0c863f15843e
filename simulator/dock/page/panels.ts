/** A glass of the field, in its own pixels. */
export interface Panel {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

export const panels = [
  { name: 'Portrait', width: 1080, height: 1920 },
  { name: 'Square', width: 1280, height: 1024 },
  { name: 'Wide', width: 1920, height: 1080 },
] as const satisfies readonly Panel[];
