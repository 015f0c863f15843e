import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { PrinterModel } from './models.ts';
import type { PaperEdge, Slip } from './paper.ts';

const backgroundMarginPixels = 36;
const edgeDepthPixels = 7;
const paperColour = '#fbfaf5';
const inkColour: readonly [number, number, number] = [38, 36, 40];

/** A photograph of a slip lying on a grey table: one pixel per dot, PNG. */
export function photographOf(slip: Slip, model: PrinterModel): Buffer {
  const paperWidth = model.widthDots + 2 * model.marginDots;
  const paperHeight = Math.max(slip.picture.heightDots, 40);
  const canvas = createCanvas(
    paperWidth + 2 * backgroundMarginPixels,
    paperHeight + 2 * backgroundMarginPixels,
  );
  const context = canvas.getContext('2d');
  context.fillStyle = '#9b9a97';
  context.fillRect(0, 0, canvas.width, canvas.height);
  drawPaper(context, slip, paperWidth, paperHeight);
  drawInk(context, slip, backgroundMarginPixels + model.marginDots);
  return canvas.toBuffer('image/png');
}

function drawPaper(context: SKRSContext2D, slip: Slip, width: number, height: number): void {
  const [left, top] = [backgroundMarginPixels, backgroundMarginPixels];
  context.save();
  context.shadowColor = 'rgba(0, 0, 0, 0.45)';
  context.shadowBlur = 16;
  context.shadowOffsetY = 5;
  context.fillStyle = paperColour;
  context.beginPath();
  const topPoints = edgePoints(slip.topEdge, width);
  const bottomPoints = edgePoints(slip.bottomEdge, width).reverse();
  for (const [x, depth] of topPoints) context.lineTo(left + x, top + depth);
  for (const [x, depth] of bottomPoints) context.lineTo(left + x, top + height - depth);
  context.closePath();
  context.fill();
  context.restore();
}

/** How far the edge is eaten into at each place: straight for a knife, a nib for a partial cut, teeth for a tear. */
function edgePoints(edge: PaperEdge, width: number): (readonly [x: number, depth: number])[] {
  switch (edge) {
    case 'full-cut':
    case 'roll-end':
      return [
        [0, 0],
        [width, 0],
      ];
    case 'partial-cut': {
      const middle = width / 2;
      return [
        [0, 0],
        [middle - 9, 0],
        [middle - 5, -4],
        [middle + 6, -3],
        [middle + 9, 0],
        [width, 0],
      ];
    }
    case 'torn': {
      const points: (readonly [number, number])[] = [];
      for (let x = 0; x <= width; x += 6) {
        // Two waves that do not fit each other look uneven and are the same every time.
        const depth = (Math.sin(x * 0.9) + Math.sin(x * 0.23) + 2) * (edgeDepthPixels / 4);
        points.push([Math.min(x, width), depth + (x % 12 === 0 ? 2 : 0)]);
      }
      return points;
    }
  }
}

function drawInk(context: SKRSContext2D, slip: Slip, left: number): void {
  const { widthDots, heightDots } = slip.picture;
  if (heightDots === 0) return;
  const image = context.getImageData(left, backgroundMarginPixels, widthDots, heightDots);
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1) {
      if (slip.picture.isBlack(x, y)) image.data.set(inkColour, (y * widthDots + x) * 4);
    }
  }
  context.putImageData(image, left, backgroundMarginPixels);
}
