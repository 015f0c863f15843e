import './own-fonts-only.ts';

export { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';
