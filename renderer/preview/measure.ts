/*
 * A ruler for whatever is drawn: touch targets and their gaps in real millimetres, the size of type, and text that is
 * cut, spills out of its box or lies on other text.
 */

export interface Complaint {
  readonly what: 'target-small' | 'targets-close' | 'type-small' | 'text-cut' | 'text-on-text' | 'scrolls';
  readonly detail: string;
}

const millimetres = { key: 20, control: 15, gap: 3, type: 5 } as const;
/** Rounding of sub-pixel layout. */
const slackPx = 1;

interface Piece {
  readonly text: string;
  readonly element: Element;
  readonly rect: DOMRect;
}

/** `pixelsPerMm` is that of the real panel, whatever the layout counts in. */
export function measure(pixelsPerMm: number): readonly Complaint[] {
  const glass = document.querySelector('.glass');
  if (glass === null) throw new Error('nothing is drawn');
  const pieces = piecesOf(glass);
  return [
    ...targetComplaints(glass, pixelsPerMm),
    ...typeComplaints(pieces, pixelsPerMm),
    ...pieces.flatMap(cutComplaints),
    ...overlapComplaints([...pieces, ...picturesOf(glass)]),
    ...scrollComplaints(glass),
  ];
}

function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert]') === null;
}

function targetComplaints(glass: Element, pixelsPerMm: number): Complaint[] {
  const targets = [...glass.querySelectorAll('button')].filter(isShown).map((element) => ({
    name: nameOf(element),
    least: element.dataset['target'] === 'key' ? millimetres.key : millimetres.control,
    rect: element.getBoundingClientRect(),
  }));
  const small = targets
    .filter(({ rect, least }) => Math.min(rect.width, rect.height) < least * pixelsPerMm - slackPx)
    .map(({ name, rect, least }) => ({
      what: 'target-small' as const,
      detail: `${name}: ${(rect.width / pixelsPerMm).toFixed(1)} × ${(rect.height / pixelsPerMm).toFixed(1)} mm, not ${least}`,
    }));
  const close = pairsOf(targets)
    .filter(([a, b]) => gapPx(a.rect, b.rect) < millimetres.gap * pixelsPerMm - slackPx)
    .map(([a, b]) => ({
      what: 'targets-close' as const,
      detail: `${a.name} and ${b.name}: ${(gapPx(a.rect, b.rect) / pixelsPerMm).toFixed(1)} mm`,
    }));
  return [...small, ...close];
}

function gapPx(a: DOMRect, b: DOMRect): number {
  const x = Math.max(a.left - b.right, b.left - a.right);
  const y = Math.max(a.top - b.bottom, b.top - a.bottom);
  return Math.max(x, y);
}

function typeComplaints(pieces: readonly Piece[], pixelsPerMm: number): Complaint[] {
  return pieces.flatMap(({ element, text }) => {
    const sizeMm = Number.parseFloat(getComputedStyle(element).fontSize) / pixelsPerMm;
    return sizeMm < millimetres.type - 0.01
      ? [{ what: 'type-small' as const, detail: `"${text}" ${sizeMm.toFixed(2)} mm` }]
      : [];
  });
}

/** Every run of text that is on the glass, but for the digits that wait behind a rolling window. */
function piecesOf(glass: Element): readonly Piece[] {
  const walker = document.createTreeWalker(glass, NodeFilter.SHOW_TEXT);
  const pieces: Piece[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (element === null || text === '' || !isShown(element)) continue;
    if (element.closest('.rolling-strip, .pile-slips, .bezel') !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width > 0) pieces.push({ text, element, rect });
    }
  }
  return pieces;
}

/** Pictures that hide whatever lies under them. */
function picturesOf(glass: Element): readonly Piece[] {
  return [...glass.querySelectorAll('.qr, .sign, .home-band, .glow-core, .brand-mark')]
    .filter(isShown)
    .map((element) => ({
      text: `the picture .${element.getAttribute('class')}`,
      element,
      rect: element.getBoundingClientRect(),
    }));
}

/** Boxes that must hold their words, though they do not clip. */
const boxes =
  'button, .machine, .story-list, .field, .holder, .recipient, .total, .notice, .slip, .end-slip, .not-yet, .help-call, .bar, .head, .story, .act, .rail, .steps, .ribbon, .sheet, .chip-free, .question, .question-ring, .primary-place, .glass';

function cutComplaints({ text, element, rect }: Piece): Complaint[] {
  const box = element.closest(boxes);
  if (box === null) return [];
  const complaints: Complaint[] = [];
  for (let at: Element | null = box; at !== null; at = at.parentElement?.closest(boxes) ?? null) {
    const outer = at.getBoundingClientRect();
    const overX = Math.max(outer.left - rect.left, rect.right - outer.right);
    // The line box is taller than the letters: a fifth of it is air.
    const air = rect.height * 0.2;
    const overY = Math.max(outer.top - rect.top, rect.bottom - outer.bottom) - air;
    if (Math.max(overX, overY) > slackPx) {
      complaints.push({
        what: 'text-cut',
        detail: `"${text}" leaves .${at.className} by ${Math.max(overX, overY).toFixed(0)} px`,
      });
      break;
    }
  }
  return complaints;
}

function overlapComplaints(pieces: readonly Piece[]): Complaint[] {
  return pairsOf(pieces).flatMap(([a, b]) => {
    if (a.element === b.element) return [];
    const air = Math.min(a.rect.height, b.rect.height) * 0.3;
    const x = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
    const y = Math.min(a.rect.bottom, b.rect.bottom) - Math.max(a.rect.top, b.rect.top);
    return x > slackPx && y > air
      ? [{ what: 'text-on-text' as const, detail: `"${a.text}" on "${b.text}"` }]
      : [];
  });
}

function scrollComplaints(glass: Element): Complaint[] {
  const root = document.documentElement;
  const scrolls = root.scrollWidth > root.clientWidth || root.scrollHeight > root.clientHeight;
  const spills = [
    ...glass.querySelectorAll('.story, .act, .rail, .layout, .machine, .total, .sheet, .bar'),
  ].filter(
    (element) =>
      isShown(element) &&
      (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2),
  );
  return [
    ...(scrolls ? [{ what: 'scrolls' as const, detail: 'the page' }] : []),
    ...spills.map((element) => ({
      what: 'scrolls' as const,
      detail: `.${element.className} holds ${element.scrollWidth}×${element.scrollHeight} in ${element.clientWidth}×${element.clientHeight}`,
    })),
  ];
}

function nameOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? element.className;
}

function pairsOf<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((a, index) => items.slice(index + 1).map((b): [Item, Item] => [a, b]));
}
