/*
 * The contract's own notation for sequences, read as it is printed:
 * `A → B` · `[A B]` one commit · `×3` · `×2 ∥` in any interleaving · `{…}?` · `{…}*` · `A | B` · `A ∥ B` ·
 * `fs(step)` a completed flow_step · `type{word, key:value}` · `…` any rows.
 * A word must be the value of some key of the row, or a key that says something; `word|word` is one of both.
 */

import type { LogRow } from '../../src/behavior/row.ts';
import { EVENT_TYPES } from '../../src/behavior/vocabulary.ts';
import {
  inTurn,
  maybe,
  mixed,
  NOTHING,
  oneOf,
  type Pattern,
  times,
  type Wanted,
} from './pattern.ts';

/** The pattern that a text in the notation stands for; throws where it is none. */
export function parse(text: string): Pattern {
  const reader = readerOf(text);
  const pattern = readMixed(reader);
  if (reader.peek() !== undefined) throw reader.wrong('the end');
  return pattern;
}

type Reader = {
  readonly peek: () => string | undefined;
  readonly take: (token?: string) => string;
  readonly wrong: (instead: string) => Error;
};

/** A row with its words in braces is one token; a brace after a space opens a group. */
const TOKEN =
  /\s*([a-z_]+(?:\([a-z_|]+\))?(?:\{[^{}]*\})?|…|→|∥|\||\[|\]|\(|\)|\{|\}\?|\}\*|×\d+|\S)/y;

function readerOf(text: string): Reader {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    tokens.push(found[1] ?? '');
  }
  const wrong = (instead: string) =>
    new Error(`'${tokens[0] ?? 'the end'}' stands in "${text}" where ${instead} is expected.`);
  return {
    peek: () => tokens[0],
    take: (token) => {
      const [head] = tokens;
      if (head === undefined || (token !== undefined && head !== token))
        throw wrong(token ?? 'a row');
      tokens.shift();
      return head;
    },
    wrong,
  };
}

function readMixed(reader: Reader): Pattern {
  const sides = [readOr(reader)];
  while (reader.peek() === '∥') {
    reader.take();
    sides.push(readOr(reader));
  }
  return sides.reduce(mixed);
}

function readOr(reader: Reader): Pattern {
  const choices = [readSequence(reader)];
  while (reader.peek() === '|') {
    reader.take();
    choices.push(readSequence(reader));
  }
  return oneOf(choices);
}

function readSequence(reader: Reader): Pattern {
  const terms = [readTerm(reader)];
  while (reader.peek() === '→') {
    reader.take();
    terms.push(readTerm(reader));
  }
  return terms.reduceRight((rest, term) => inTurn(term, rest), NOTHING);
}

function readTerm(reader: Reader): Pattern {
  const term = readGroup(reader);
  const repeat = /^×(\d+)$/.exec(reader.peek() ?? '');
  if (repeat === null) return term;
  reader.take();
  const interleaved = reader.peek() === '∥';
  if (interleaved) reader.take();
  return times(term, Number(repeat[1]), interleaved ? mixed : (left, right) => inTurn(left, right));
}

function readGroup(reader: Reader): Pattern {
  const head = reader.take();
  if (head === '…') return { kind: 'any' };
  if (head === '[') return { kind: 'commit', of: readCommit(reader), last: null };
  if (head === '(') {
    const inner = readMixed(reader);
    reader.take(')');
    return inner;
  }
  if (head === '{') {
    const inner = readMixed(reader);
    if (reader.peek() === '}*') {
      reader.take();
      return { kind: 'star', of: inner };
    }
    reader.take('}?');
    return maybe(inner);
  }
  return { kind: 'row', wanted: rowOf(head) };
}

/** Within brackets rows follow each other without an arrow. */
function readCommit(reader: Reader): Pattern {
  const terms: Pattern[] = [];
  while (reader.peek() !== ']') terms.push(readTerm(reader));
  reader.take(']');
  return terms.reduceRight((rest, term) => inTurn(term, rest), NOTHING);
}

const ROW = /^([a-z_]+)(?:\(([a-z_|]+)\))?(?:\{([^{}]*)\})?$/;

/** One row of the notation: `fs(where){input:text}`, `drop_off{cancelled, at_step}`. */
function rowOf(text: string): Wanted {
  const [, name = '', argument, words = ''] = ROW.exec(text) ?? [];
  const type = name === 'fs' ? 'flow_step' : name;
  if (!(EVENT_TYPES as readonly string[]).includes(type)) {
    throw new Error(`'${text}' begins with no type of row.`);
  }
  const conditions = [
    ...(argument === undefined ? [] : [`step:${argument}`]),
    ...(name === 'fs' ? ['outcome:completed'] : []),
    ...splitWords(words),
  ].map(conditionOf);
  return {
    text,
    holds: (row) => row.event_type === type && conditions.every((condition) => condition(row)),
  };
}

/** Commas part words, but not inside a list of numbers. */
const splitWords = (words: string): readonly string[] =>
  [...words.matchAll(/(?:\[[^\]]*\]|[^,])+/g)].map(([word]) => word.trim()).filter(Boolean);

function conditionOf(word: string): (row: LogRow) => boolean {
  const colon = word.indexOf(':');
  if (colon === -1) {
    const choices = word.split('|').map((choice) => choice.trim());
    return (row) => choices.some((choice) => says(row, choice));
  }
  const key = word.slice(0, colon).trim();
  const choices = word
    .slice(colon + 1)
    .split('|')
    .map((choice) => choice.trim());
  return (row) => choices.some((choice) => printed(fieldOf(row, key)) === choice);
}

const says = ({ metadata }: LogRow, word: string): boolean =>
  Object.values(metadata).some((value) => value === word) ||
  (Object.hasOwn(metadata, word) && ![null, false].includes(metadata[word] as null));

/** A key of the metadata, else a column. */
const fieldOf = (row: LogRow, key: string): unknown =>
  Object.hasOwn(row.metadata, key) ? row.metadata[key] : { ...row }[key as keyof LogRow];

const printed = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? 'absent');
