/*
 * Which letter a byte from 80 to FF prints, per character table. Which number selects which table differs from maker to
 * maker and is data of the model.
 */

export type CodePage = 'pc437' | 'pc866' | 'custom-kazakh-866' | 'wpc1251' | 'wpc1252' | 'kz1048';

const pc437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** KZ-1048 (RK1048) is Windows-1251 with the Kazakh letters in these cells. */
const kazakhInKz1048: ReadonlyMap<number, string> = new Map([
  [0x8d, 'Қ'],
  [0x8e, 'Һ'],
  [0x9d, 'қ'],
  [0x9e, 'һ'],
  [0xa1, 'Ұ'],
  [0xa2, 'ұ'],
  [0xa3, 'Ә'],
  [0xa5, 'Ө'],
  [0xaa, 'Ғ'],
  [0xaf, 'Ү'],
  [0xb2, 'І'],
  [0xb3, 'і'],
  [0xb4, 'ө'],
  [0xba, 'ғ'],
  [0xbc, 'ә'],
  [0xbd, 'Ң'],
  [0xbe, 'ң'],
  [0xbf, 'ү'],
]);

/** Firmware that Custom sells in Kazakhstan: box drawing gives way to letters; І and і are typed as Latin. */
const kazakhFrom0xb0 = 'ӘәҒғҚқҢңӨөҰұҮүҺһ';

function upperHalf(encoding: string): string[] {
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index);
  return [...new TextDecoder(encoding).decode(bytes)];
}

const upperHalves: Readonly<Record<CodePage, readonly string[]>> = {
  pc437: [...pc437],
  pc866: upperHalf('ibm866'),
  'custom-kazakh-866': upperHalf('ibm866').map((letter, index) => kazakhFrom0xb0[index - 0x30] ?? letter),
  wpc1251: upperHalf('windows-1251'),
  wpc1252: upperHalf('windows-1252'),
  kz1048: upperHalf('windows-1251').map((letter, index) => kazakhInKz1048.get(0x80 + index) ?? letter),
};

/** The letter that byte `code` (20 to FF) prints. */
export function letterOf(page: CodePage, code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  return upperHalves[page][code - 0x80] ?? ' ';
}
