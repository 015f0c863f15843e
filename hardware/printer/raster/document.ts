import { unreachable } from '../../../terminal/assert.ts';
import type { ReceiptDocument, ReceiptLine } from '../../../terminal/devices.ts';
import { type Bitmap, createBitmap } from './bitmap.ts';
import { bannerBlock, headlineBlock, pairBlock, qrBlock, ruleBlock, textBlock } from './blocks.ts';
import { type Block, onPaper, type Paper } from './paper.ts';

/** The whole slip as one picture, the same on every printer of that paper. */
export function renderDocument(document: ReceiptDocument, paper: Paper): Bitmap {
  const blocks = document.lines.map((line) => blockOf(line, paper));
  const bitmap = createBitmap(
    paper.widthDots,
    blocks.reduce((sum, block) => sum + block.heightDots, 0),
  );
  let top = 0;
  for (const block of blocks) {
    block.draw(bitmap, top);
    top += block.heightDots;
  }
  return bitmap;
}

function blockOf(line: ReceiptLine, paper: Paper): Block {
  switch (line.kind) {
    case 'text':
      return textBlock(line.text, line.style, line.align, paper);
    case 'pair':
      return pairBlock(line, paper);
    case 'headline':
      return headlineBlock(line, paper);
    case 'banner':
      return bannerBlock(line.text, paper);
    case 'rule':
      return ruleBlock(paper);
    case 'space':
      return { heightDots: onPaper(paper, 2), draw: () => undefined };
    case 'qr':
      return qrBlock(line.data, paper);
    default:
      return unreachable(line);
  }
}
