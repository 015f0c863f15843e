/*
 * Just enough of ICU messages to look into ours: plain text, `{name}` and `{name, plural, one {…} other {…}}`.
 */

export interface MessageParts {
  /** `amount`, or `n:plural` where the wording depends on the number. */
  readonly placeholders: readonly string[];
  /** The branches of every plural, in order. */
  readonly branches: readonly string[];
  /** Each wording the message can take, with the placeholders left in. */
  readonly wordings: readonly string[];
}

const pluralHead = /^(\w+), plural, /;

export function messageParts(message: string): MessageParts {
  const placeholders: string[] = [];
  const branches: string[] = [];
  let wordings = [''];
  let at = 0;
  while (at < message.length) {
    if (message.charAt(at) !== '{') {
      const letter = message.charAt(at);
      wordings = wordings.map((text) => text + letter);
      at += 1;
      continue;
    }
    const end = closingBrace(message, at);
    const inside = message.slice(at + 1, end);
    const name = pluralHead.exec(inside)?.[1];
    if (name === undefined) {
      placeholders.push(inside);
      wordings = wordings.map((text) => `${text}{${inside}}`);
    } else {
      placeholders.push(`${name}:plural`);
      const choices = pluralChoices(inside.replace(pluralHead, ''));
      branches.push(...choices.map(({ branch }) => branch));
      wordings = wordings.flatMap((text) =>
        choices.map((choice) => text + choice.text.replaceAll('#', `{${name}}`)),
      );
    }
    at = end + 1;
  }
  return { placeholders, branches, wordings };
}

function pluralChoices(text: string): { branch: string; text: string }[] {
  const choices: { branch: string; text: string }[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const open = rest.indexOf('{');
    const end = closingBrace(rest, open);
    choices.push({ branch: rest.slice(0, open).trim(), text: rest.slice(open + 1, end) });
    rest = rest.slice(end + 1).trim();
  }
  return choices;
}

function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text.charAt(at) === '{') depth += 1;
    if (text.charAt(at) === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`a brace is never closed in "${text}"`);
}
