/*
 * KZ-1048 (RK1048): windows-1251 with the Kazakh letters in place of fourteen others.
 */
const kazakhLetters: Readonly<Record<string, number>> = {
  Қ: 0x8d,
  Һ: 0x8e,
  қ: 0x9d,
  һ: 0x9e,
  Ұ: 0xa1,
  ұ: 0xa2,
  Ә: 0xa3,
  Ө: 0xa5,
  Ғ: 0xaa,
  Ү: 0xaf,
  ө: 0xb4,
  ғ: 0xba,
  ә: 0xbc,
  Ң: 0xbd,
  ң: 0xbe,
  ү: 0xbf,
};

/** Signs that no page has, in the spelling that a reader takes for the same. Letters are never replaced. */
const substitutes: Readonly<Record<string, string>> = {
  '₸': 'тг',
  '×': 'x',
  '−': '-',
  '\u00a0': ' ',
};

const byteOf = new Map<string, number>(tableKz1048());

/** Text as KZ-1048 bytes, or `undefined` if some letter is not on that page: such a line is printed as a picture. */
export function encodeKz1048(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const letter of withSubstitutes(text)) {
    const byte = byteOf.get(letter);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/** What will stand on the paper: as long as the text that is measured and wrapped. */
export function withSubstitutes(text: string): string {
  return [...text].map((letter) => substitutes[letter] ?? letter).join('');
}

function tableKz1048(): [string, number][] {
  const windows1251 = new TextDecoder('windows-1251');
  const taken = new Set(Object.values(kazakhLetters));
  const table: [string, number][] = Object.entries(kazakhLetters);
  for (let byte = 0x20; byte <= 0xff; byte += 1) {
    const letter = windows1251.decode(Uint8Array.of(byte));
    const isPrintable = byte !== 0x7f && byte !== 0x98 && byte !== 0xad;
    if (isPrintable && !taken.has(byte)) table.push([letter, byte]);
  }
  return table;
}
