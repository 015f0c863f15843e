import { expect, test } from 'vitest';
import { languages, panelNames, samples, viewOfSample } from '../../renderer/preview/samples.ts';
import { viewSchema } from '../../terminal/contract/messages.ts';

test.each(samples.map((sample) => [sample.name, sample] as const))(
  'the terminal could send the sample %s',
  (_, sample) => {
    for (const panel of panelNames) {
      for (const language of languages) {
        const view = viewOfSample(sample, { language, panel, easyMode: false, simulated: false });
        expect(() => viewSchema.parse(JSON.parse(JSON.stringify(view)))).not.toThrow();
      }
    }
  },
);

test('every kind of screen has a sample, and every overlay', () => {
  const kinds = viewSchema.shape.screen.def.options.flatMap((option) => option.shape.kind.def.values);
  const shown = new Set<string>(samples.map((sample) => sample.screen.kind));
  expect(kinds.filter((kind: string) => !shown.has(kind))).toEqual([]);
  expect(new Set(samples.map((sample) => sample.overlay))).toEqual(new Set([undefined, 'help', 'language']));
  expect(new Set(samples.map((sample) => sample.question?.silence))).toEqual(
    new Set([undefined, 'closes', 'pays']),
  );
});
