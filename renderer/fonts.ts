/** All letters are there before the first word is drawn and measured; a missing face never stops the terminal. */
export async function loadFonts(): Promise<void> {
  await Promise.allSettled([...document.fonts].map((face) => face.load()));
}
