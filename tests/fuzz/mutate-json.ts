import type { Random } from '../../terminal/ports.ts';
import { bentBytes, pick } from './mutate-bytes.ts';

/* JSON near a sample: something of another kind, missing, added, exchanged, doubled, or nested out of all proportion. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const oddValues: readonly Json[] = [
  ...[null, true, false, 0, -1, 1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53) - 2, 1e21, 1e308, 5e-324],
  ...[
    '',
    ' ',
    '0',
    '-0',
    'NaN',
    'null',
    '\u0000',
    '\ud800',
    'ı',
    '👩‍👩‍👧',
    '../..',
    '2026-13-40T25:61:61Z',
    '+7',
    'http://[',
  ],
  ...['9'.repeat(400), 'a'.repeat(3_000), [], {}, [[]], [null], { kind: null }, { length: 1e9 }],
];

/** Keys that every object answers to without having them. */
const oddKeys = ['constructor', 'toString', 'hasOwnProperty', 'length', 'then', '', '0', 'type', 'kind'];

/** Put into the text itself, because no value stands for them. */
const oddTexts = [
  '1e999',
  '-0',
  '01',
  '\\u0000',
  '\\ud800',
  '"__proto__":{"kind":1},',
  ',',
  '[',
  '{',
  '}',
  '"',
  '\u2028',
];

const depthMax = 3_000;
const changesMax = 3;

/** A sample's JSON text with a few things wrong. */
export function bentJson(samples: readonly Uint8Array[], random: Random): Uint8Array {
  const fate = random.nextInt(20);
  if (fate === 0) return bentBytes(samples, random);
  const parsed = parse(pick(samples, random));
  if (parsed === undefined) return bentBytes(samples, random);
  let value: Json = parsed.value;
  for (let changes = 1 + random.nextInt(changesMax); changes > 0; changes -= 1) {
    value = changed(value, samples, random);
  }
  const text = JSON.stringify(value);
  return encoder.encode(fate < 3 ? withOddText(text, random) : text);
}

function parse(bytes: Uint8Array): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as Json };
  } catch {
    return undefined;
  }
}

/** Goes down to some place and changes it; what lies beside the way is shared. */
function changed(value: Json, samples: readonly Uint8Array[], random: Random): Json {
  if (Array.isArray(value)) return changedList(value, samples, random);
  if (typeof value === 'object' && value !== null) {
    return changedRecord(value as Readonly<Record<string, Json>>, samples, random);
  }
  return leaf(value, random);
}

function changedList(list: readonly Json[], samples: readonly Uint8Array[], random: Random): Json {
  const at = random.nextInt(list.length + 1);
  const item = list[at];
  if (item === undefined) return [...list, list[0] ?? oddValue(random)];
  switch (random.nextInt(6)) {
    case 0:
      return list.toSpliced(at, 1);
    case 1:
      return list.toSpliced(at, 0, item);
    case 2:
      return random.nextInt(50) === 0 ? Array.from({ length: 1_000 }, () => item) : oddValue(random);
    default:
      return list.with(at, changed(item, samples, random));
  }
}

function changedRecord(
  record: Readonly<Record<string, Json>>,
  samples: readonly Uint8Array[],
  random: Random,
): Json {
  const keys = Object.keys(record);
  if (keys.length === 0) return oddValue(random);
  const key = pick(keys, random);
  const value = record[key] ?? null;
  switch (random.nextInt(9)) {
    case 0: {
      const { [key]: _gone, ...rest } = record;
      return rest;
    }
    case 1:
      return { ...record, [pick(oddKeys, random)]: oddValue(random) };
    case 2:
      return { ...record, [key]: record[pick(keys, random)] ?? null };
    case 3:
      return random.nextInt(10) === 0 ? oddValue(random) : { ...record, [key]: oddValue(random) };
    case 4: {
      const other = parse(pick(samples, random))?.value;
      return typeof other === 'object' && other !== null && !Array.isArray(other)
        ? { ...record, ...other }
        : record;
    }
    default:
      return { ...record, [key]: changed(value, samples, random) };
  }
}

function leaf(value: Json, random: Random): Json {
  const fate = random.nextInt(4);
  if (fate === 0) return oddValue(random);
  if (typeof value === 'number') return value + pick([-1, 1, 0.5, -value, value, 1e15], random);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return oddValue(random);
  return decoder.decode(bentBytes([encoder.encode(value)], random)).slice(0, 4_000);
}

function oddValue(random: Random): Json {
  return random.nextInt(400) === 0 ? nested(random) : pick(oddValues, random);
}

function nested(random: Random): Json {
  const isList = random.nextInt(2) === 0;
  let value: Json = 0;
  for (let depth = random.nextInt(depthMax); depth > 0; depth -= 1)
    value = isList ? [value] : { kind: value };
  return value;
}

function withOddText(text: string, random: Random): string {
  const at = random.nextInt(text.length + 1);
  return text.slice(0, at) + pick(oddTexts, random) + text.slice(at + random.nextInt(3));
}
