import { expect, it } from 'vitest';
import { GlobalFonts } from './canvas.ts';
import { glyphOf } from './glyphs.ts';

it('knows no font but the one of the slips', () => {
  glyphOf({ weight: 'bold', sizeDots: 24 }, 'қ');

  const families = GlobalFonts.families.map(({ family }) => family);

  expect(families.filter((family) => family.startsWith('Qyzyl receipt'))).not.toHaveLength(0);
  expect(families.filter((family) => !/^(Qyzyl receipt|Golos)/.test(family))).toEqual([]);
});
