/**
 * JSON with one form for one value: keys in code-unit order, no spaces, absent instead of undefined. What is hashed
 * must come out the same wherever and whenever it is made. `withoutKey` is left out at the top.
 */
export function canonicalJson(value: unknown, withoutKey?: string): string {
  if (typeof value === 'string') return quoted(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join()}]`;
  const members = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined || key === withoutKey) continue;
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Letters that stand for themselves: ids, kinds and keys are made of nothing else. */
const plainText = /^[\w .:+-]*$/;

function quoted(text: string): string {
  return plainText.test(text) ? `"${text}"` : JSON.stringify(text);
}
