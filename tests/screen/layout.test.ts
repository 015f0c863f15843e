import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  languages,
  type PanelName,
  panelNames,
  samples,
  viewOfSample,
} from '../../renderer/preview/samples.ts';
import { type Gallery, openGallery } from './gallery.ts';

/*
 * A ruler laid on every screen, in every language, on every panel, in both sizes of type: targets and gaps in
 * millimetres, type not too small, no text cut, spilt or lying on other text, nothing to scroll.
 */

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
}, 60_000);

afterAll(() => gallery.close());

interface Complaint {
  readonly what: string;
  readonly detail: string;
}

/** All samples of one panel and size in one call: a round trip for each would take minutes. */
async function complaintsOf(panel: PanelName, easyMode: boolean): Promise<readonly string[]> {
  await gallery.setPanel(panel);
  const shown = languages.flatMap((language) =>
    samples.map((sample) => ({
      name: `${language} ${sample.name}`,
      view: viewOfSample(sample, { language, panel, easyMode, simulated: true }),
    })),
  );
  const found: readonly { readonly name: string; readonly complaints: readonly Complaint[] }[] =
    await gallery.page.evaluate(`(${JSON.stringify(shown)}).map(({ name, view }) => {
      gallery.show(view);
      return { name, complaints: gallery.measure() };
    })`);
  expect(found).toHaveLength(shown.length);
  return found.flatMap(({ name, complaints }) =>
    complaints.map(({ what, detail }) => `${name}: ${what} ${detail}`),
  );
}

describe.each(panelNames)('on %s', (panel) => {
  test.each([false, true])(
    'every screen keeps to the measures (easy mode: %s)',
    async (easyMode) => {
      expect(await complaintsOf(panel, easyMode)).toEqual([]);
    },
    60_000,
  );
});
