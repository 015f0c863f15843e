import axe from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samples } from '../../renderer/preview/samples.ts';
import { type Gallery, openGallery } from './gallery.ts';

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
  await gallery.page.evaluate(axe.source);
}, 60_000);

afterAll(() => gallery.close());

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

async function violations(): Promise<readonly string[]> {
  const found: readonly Violation[] = await gallery.page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );
}

/** One of each kind: colours and roles do not change with the words. */
const oneOfEachKind = samples.filter(
  (sample, index) =>
    samples.findIndex(
      ({ screen, overlay, question }) =>
        screen.kind === sample.screen.kind && overlay === sample.overlay && question === sample.question,
    ) === index,
);

test.each([
  ['portrait-23', 'kk', false],
  ['wide-23', 'ru', true],
] as const)(
  'axe finds nothing on any screen (%s, %s, easy mode: %s)',
  async (panel, language, easyMode) => {
    await gallery.setPanel(panel);
    const complaints: string[] = [];
    for (const sample of oneOfEachKind) {
      await gallery.show(sample, { language, panel, easyMode, simulated: true });
      complaints.push(...(await violations()).map((violation) => `${sample.name} ${violation}`));
    }
    expect(complaints).toEqual([]);
  },
  60_000,
);
