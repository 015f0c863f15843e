import { type ComponentType, useEffect, useState } from 'react';
import type { ScreenProps } from './screen-props.ts';

type Page = ScreenProps<'service-mode'>['screen']['page'];

let Loaded: ComponentType<{ readonly page: Page }> | undefined;

/** Few people ever open it: its pages, words and schema are no part of the first load. */
export async function loadServiceMode(): Promise<void> {
  const { ServiceMode } = await import('../service-mode/service-mode.tsx');
  Loaded = ServiceMode;
}

export function ServiceModeDoor({ page }: { readonly page: Page }) {
  const [, setLoaded] = useState(false);
  useEffect(() => {
    if (Loaded === undefined) void loadServiceMode().then(() => setLoaded(true));
  }, []);
  return Loaded === undefined ? null : <Loaded page={page} />;
}
