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

/** Why a try failed: kind and detail are told as one text, `no answer: deadline`; people need the kind. */
export function reasonWords(words: ServiceWords, reason: string): string {
  const [kind = '', detail] = reason.split(': ');
  const key = `reason.${kind.replace(' ', '-')}`;
  if (!(key in kk)) return reason;
  return words(key as ServiceKey, { detail: detail ?? '' });
}

/** The words for something that was told by its name; what this screen does not know is shown as it was told. */
export function knownWords(
  words: ServiceWords,
  group: 'event' | 'alarmName' | 'faultName' | 'faultAdvice' | 'moneyState' | 'reason',
  name: string,
): string {
  const key = `${group}.${name}`;
  return key in kk ? words(key as ServiceKey) : name;
}
