/*
 * Which letter a byte from 80 to FF prints, per character table. Which number selects which table differs from maker to
 * maker and is data of the model.
 */

export type CodePage = 'pc437' | 'pc866' | 'custom-kazakh-866' | 'wpc1251' | 'wpc1252' | 'kz1048';

const pc437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
  'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** KZ-1048 (RK1048) is Windows-1251 with the Kazakh letters in these cells. */
const kazakhInKz1048: Readonly<Record<number, string>> = {
  141: 'Қ',
  142: 'Һ',
  157: 'қ',
  158: 'һ',
  161: 'Ұ',
  162: 'ұ',
  163: 'Ә',
  165: 'Ө',
  170: 'Ғ',
  175: 'Ү',
  178: 'І',
  179: 'і',
  180: 'ө',
  186: 'ғ',
  188: 'ә',
  189: 'Ң',
  190: 'ң',
  191: 'ү',
};

/** Firmware that Custom sells in Kazakhstan: box drawing gives way to letters; І and і are typed as Latin. */
const kazakhFrom0xb0 = 'ӘәҒғҚқҢңӨөҰұҮүҺһ';

function upperHalf(encoding: string): string[] {
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index);
  return [...new TextDecoder(encoding).decode(bytes)];
}

function withLetters(base: readonly string[], letters: Readonly<Record<number, string>>): string[] {
  return base.map((letter, index) => letters[0x80 + index] ?? letter);
}

const upperHalves: Readonly<Record<CodePage, readonly string[]>> = {
  pc437: [...pc437],
  pc866: upperHalf('ibm866'),
  'custom-kazakh-866': upperHalf('ibm866').map((letter, index) => kazakhFrom0xb0[index - 0x30] ?? letter),
  wpc1251: upperHalf('windows-1251'),
  wpc1252: upperHalf('windows-1252'),
  kz1048: withLetters(upperHalf('windows-1251'), kazakhInKz1048),
};

/** The letter that byte `code` (20 to FF) prints. */
export function letterOf(page: CodePage, code: number): string {
  if (code < 0x80) return String.fromCharCode(code);
  return upperHalves[page][code - 0x80] ?? ' ';
}
