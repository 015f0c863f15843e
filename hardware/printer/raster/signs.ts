import { unreachable } from '../../../terminal/assert.ts';
import type { ReceiptSign } from '../../../terminal/devices.ts';
import type { Bitmap } from './bitmap.ts';
import { createCanvas, type SKRSContext2D } from './canvas.ts';
import { inkOf } from './glyphs.ts';

/*
 * The three ends as shapes that hold without colour: a filled circle with a tick cut out; a ring with the hands of a
 * clock; a filled circle with an exclamation mark cut out, wider than tall enough never to be taken for the tick.
 */

const drawn = new Map<string, Bitmap>();

/** The sign in a square of `sizeDots`. */
export function signPicture(sign: ReceiptSign, sizeDots: number): Bitmap {
  const key = `${sign} ${sizeDots}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const context = createCanvas(sizeDots, sizeDots).getContext('2d');
  context.scale(sizeDots / 100, sizeDots / 100);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  drawSign(context, sign);
  const picture = inkOf(context.getImageData(0, 0, sizeDots, sizeDots));
  drawn.set(key, picture);
  return picture;
}

/** In a square of 100 units. */
function drawSign(context: SKRSContext2D, sign: ReceiptSign): void {
  switch (sign) {
    case 'credited':
      disc(context);
      cutOut(context);
      stroke(context, 12, [28, 52], [44, 68], [73, 35]);
      return;
    case 'accepted':
      context.lineWidth = 9;
      context.beginPath();
      context.arc(50, 50, 44, 0, Math.PI * 2);
      context.stroke();
      stroke(context, 9, [50, 25], [50, 52], [68, 62]);
      return;
    case 'needs-help':
      disc(context);
      cutOut(context);
      stroke(context, 14, [50, 24], [50, 55]);
      stroke(context, 15, [50, 76], [50, 76.1]);
      return;
    default:
      unreachable(sign);
  }
}

function disc(context: SKRSContext2D): void {
  context.beginPath();
  context.arc(50, 50, 49, 0, Math.PI * 2);
  context.fill();
}

function cutOut(context: SKRSContext2D): void {
  context.globalCompositeOperation = 'destination-out';
}

function stroke(context: SKRSContext2D, lineWidth: number, ...points: readonly [number, number][]): void {
  context.lineWidth = lineWidth;
  context.beginPath();
  for (const [at, [x, y]] of points.entries()) {
    if (at === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.stroke();
}
