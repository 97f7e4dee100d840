/**
 * Phrases as data. A phrase is a line of plain words in a small notation; a book of them is
 * compiled once to an automaton over words, which phrase-match.ts runs without backtracking: the
 * work is bounded by words x phrases whatever the text is.
 *
 *   will do          these words             (a|b c)      one of these
 *   really?          may be left out         really*      any number of times
 *   <day>            one of a named class    _            any one word
 *   #                a number, 7pm, 3rd      ...          at the end: anything may follow
 *   !word !(a|b)     at the end: the phrase does not count before this word; !_ before any
 *   words = value    the value of a match, where a book needs one
 *
 * A line that begins with "|" continues the one before.
 */
/** Named classes of a notation: name to alternatives, each itself in the notation. */
export type WordClasses = ReadonlyMap<string, string>;

type State = {
  readonly words: Map<string, number[]>;
  readonly any: number[];
  readonly numbers: number[];
  readonly free: number[];
  accept?: Accept;
};
type Accept = {
  readonly order: number;
  readonly value: string;
  readonly open: boolean;
  readonly not: ReadonlySet<string>;
};

export type PhraseBook = {
  readonly states: readonly State[];
  /** For every state the states reachable from it without a word. */
  readonly closures: readonly (readonly number[])[];
  /** Where each possible first word leads: most texts end here. */
  readonly first: ReadonlyMap<string, readonly number[]>;
  /** Where any other first word leads. */
  readonly firstOther: readonly number[];
  readonly firstNumber: readonly number[];
};
export type PhraseMatch = { readonly end: number; readonly value: string; readonly order: number };

export const NUMBER = /^\d{1,2}(?:am|pm|st|nd|rd|th)?$/u;
const TOKEN = /<[\w-]+>|[()|?*]|[^\s()|?*<>]+/gu;

/** The lines of a table, continued lines joined, without empty ones. */
function linesOf(source: string): readonly string[] {
  return source
    .replace(/\s*\n\s*\|/gu, '|')
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l !== '');
}

/** Named classes from lines "name = alternatives", on top of those already known. */
export function wordClasses(source: string, known: WordClasses = new Map()): WordClasses {
  const named = linesOf(source).map((line) => {
    const [name = '', alternatives = ''] = line.split(' = ');
    return [name, alternatives] as const;
  });
  return new Map([...known, ...named]);
}

/** A book of the phrases in `source`, one a line. Throws where the notation is wrong. */
export function phraseBook(source: string, classes: WordClasses = new Map()): PhraseBook {
  const states: State[] = [newState()];
  const lines = linesOf(source);
  for (const [order, line] of lines.entries()) {
    const [pattern = '', value = ''] = line.split(' = ');
    const { body, open, not } = splitEnding(pattern);
    const reader: Reader = { tokens: body.match(TOKEN) ?? [], at: 0, states, classes, line };
    const end = readAlternatives(reader, [0]);
    if (reader.at < reader.tokens.length) throw notationError(reader, 'has a ")" too many');
    const last = newState();
    last.accept = { order, value, open, not };
    states.push(last);
    for (const from of end) states[from]?.free.push(states.length - 1);
  }
  const book = {
    states,
    closures: states.map((_, i) => closureOf(states, i)),
    first: new Map(),
    firstOther: [],
    firstNumber: [],
  };
  return {
    ...book,
    first: firstSteps(book),
    firstOther: step(book, book.closures[0] ?? [], ''),
    firstNumber: step(book, book.closures[0] ?? [], '0'),
  };
}

function splitEnding(pattern: string) {
  const not = new Set<string>();
  const open = / \.\.\.$/u.test(pattern);
  const body = pattern
    .replace(/ \.\.\.$/u, '')
    .replace(/ !(?:\(([^)]*)\)|(\S+))/gu, (_, many?: string, one?: string) => {
      for (const word of (many ?? one ?? '').split('|')) not.add(word.trim());
      return '';
    });
  return { body, open, not };
}

type Reader = {
  readonly tokens: readonly string[];
  at: number;
  readonly states: State[];
  readonly classes: WordClasses;
  readonly line: string;
};

function notationError(reader: Reader, what: string): Error {
  return new Error(`The phrase "${reader.line}" ${what}: see phrase-book.ts for the notation.`);
}

function newState(): State {
  return { words: new Map(), any: [], numbers: [], free: [] };
}

function readAlternatives(reader: Reader, from: readonly number[]): number[] {
  const ends = readSequence(reader, from);
  while (reader.tokens[reader.at] === '|') {
    reader.at++;
    ends.push(...readSequence(reader, from));
  }
  return ends;
}

function readSequence(reader: Reader, from: readonly number[]): number[] {
  let here = [...from];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token === undefined || token === ')' || token === '|') return here;
    here = readItem(reader, here);
  }
}

/** A repeated item gets a state of its own to begin in, so that "*" leads back to it alone. */
function readItem(reader: Reader, from: readonly number[]): number[] {
  const { states } = reader;
  const [only = 0] = from;
  const shares = from.length === 1 && !isRepeated(reader);
  const start = shares ? only : states.push(newState()) - 1;
  if (!shares) for (const state of from) states[state]?.free.push(start);
  const ends = readAtom(reader, start);
  const sign = reader.tokens[reader.at];
  if (sign !== '?' && sign !== '*') return ends;
  reader.at++;
  if (sign === '*') for (const end of ends) states[end]?.free.push(start);
  return [...ends, start];
}

/** Whether the item at the reader's place has a "*" behind it. */
function isRepeated(reader: Reader): boolean {
  let depth = 0;
  let at = reader.at;
  do {
    const token = reader.tokens[at++];
    if (token === '(') depth++;
    if (token === ')') depth--;
  } while (depth > 0 && at < reader.tokens.length);
  return reader.tokens[at] === '*';
}

function readAtom(reader: Reader, start: number): number[] {
  const token = reader.tokens[reader.at++] ?? '';
  if (token === '(') {
    const ends = readAlternatives(reader, [start]);
    if (reader.tokens[reader.at++] !== ')') throw notationError(reader, 'lacks a ")"');
    return ends;
  }
  if (token.startsWith('<')) {
    const source = reader.classes.get(token.slice(1, -1));
    if (source === undefined) throw notationError(reader, `names ${token}, which is no class`);
    const inner: Reader = { ...reader, tokens: source.match(TOKEN) ?? [], at: 0 };
    return readAlternatives(inner, [start]);
  }
  if (token === '?' || token === '*') throw notationError(reader, `has a ${token} after nothing`);
  return [readWord(reader.states, start, token)];
}

function readWord(states: State[], start: number, word: string): number {
  const end = states.push(newState()) - 1;
  const state = states[start];
  if (word === '_') state?.any.push(end);
  else if (word === '#') state?.numbers.push(end);
  else state?.words.set(word, [...(state.words.get(word) ?? []), end]);
  return end;
}

function closureOf(states: readonly State[], start: number): readonly number[] {
  const seen = new Set([start]);
  const pending = [start];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const next of states[at]?.free ?? []) {
      if (!seen.has(next)) pending.push(next);
      seen.add(next);
    }
  }
  return [...seen];
}

function firstSteps(book: PhraseBook): ReadonlyMap<string, readonly number[]> {
  const start = book.closures[0] ?? [];
  const words = new Set(start.flatMap((state) => [...(book.states[state]?.words.keys() ?? [])]));
  return new Map([...words].map((word) => [word, step(book, start, word)]));
}

/** The states one word further. */
export function step(book: PhraseBook, active: readonly number[], word: string): readonly number[] {
  const targets: number[] = [];
  const isNumber = NUMBER.test(word);
  for (const at of active) {
    const state = book.states[at];
    if (!state) continue;
    const next = state.words.get(word);
    if (next) targets.push(...next);
    if (state.any.length > 0) targets.push(...state.any);
    if (isNumber && state.numbers.length > 0) targets.push(...state.numbers);
  }
  const [only, another] = targets;
  if (only === undefined) return [];
  if (another === undefined) return book.closures[only] ?? [];
  return [...new Set(targets.flatMap((target) => book.closures[target] ?? []))];
}

/** A set of words from a text of them, for tails and classes. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/u).filter((w) => w !== ''));
}
