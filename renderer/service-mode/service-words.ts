import en from '../../locales/service/en.json' with { type: 'json' };
import kk from '../../locales/service/kk.json' with { type: 'json' };
import ru from '../../locales/service/ru.json' with { type: 'json' };
import sw from '../../locales/service/sw.json' with { type: 'json' };
import { useAround } from '../around.ts';
import { addWords, type Key } from '../i18n.ts';

/* The words of service mode, loaded with it. */

addWords({ kk, ru, en, sw });

export type ServiceKey = keyof typeof kk;
export type ServiceWords = (key: ServiceKey, values?: Readonly<Record<string, string | number>>) => string;

export function useServiceWords(): ServiceWords {
  const { words } = useAround();
  // The same table, which has grown by these keys.
  return (key, values) => words(key as string as Key, values);
}

/** What a journal row says happened. */
export function eventWords(words: ServiceWords, kind: string): string {
  const key = `event.${kind}`;
  return key in kk ? words(key as ServiceKey) : kind;
}

/** A fault's name; one that this screen does not know is shown as it was told. */
export function faultWords(words: ServiceWords, fault: string): string {
  const key = `faultName.${fault}`;
  return key in kk ? words(key as ServiceKey) : fault;
}
