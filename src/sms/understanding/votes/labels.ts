/**
 * Finds a poll's choices by what they are called: weekday, date, hour, or a word only one choice
 * has. A mention that fits two choices fits none.
 */
import { plainWords } from '../words.ts';

type Attribute = string;

const WEEKDAYS: readonly RegExp[] = [
  /^(?:mon|monday|mondays|lunes)$/u,
  /^(?:tue|tues|tuesday|tuesdays|martes)$/u,
  /^(?:wed|weds|wednesday|wednesdays|miercoles)$/u,
  /^(?:thu|thur|thurs|thursday|thursdays|jueves)$/u,
  /^(?:fri|friday|fridays|viernes)$/u,
  /^(?:sat|saturday|saturdays|sabado)$/u,
  /^(?:sun|sunday|sundays|domingo)$/u,
];
const MONTHS =
  /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:r?uary|ch|il|[eyt]|ust|t?ember|ober)?$/u;
/** No name of a choice stands further back in a reply. */
const MAX_WORDS = 60;
const COMMON = new Set([
  'the',
  'and',
  'for',
  'with',
  'one',
  'option',
  'day',
  'time',
  'our',
  'your',
  'you',
  'all',
  'any',
]);

/** Attributes of one label: "weekday:6", "day:6", "hour:12", "word:sushi". */
function attributesOf(label: string): ReadonlySet<Attribute> {
  const found = new Set<Attribute>();
  const tokens = tokensOf(label);
  tokens.forEach((token, i) => {
    for (const attribute of read(token, tokens[i - 1] ?? '', true)) found.add(attribute);
    if (/^\p{L}{3,}$/u.test(token) && !COMMON.has(token)) found.add(`word:${token}`);
  });
  return found;
}

function tokensOf(text: string): readonly string[] {
  const spaced = text
    .toLowerCase()
    .replace(/(\d)\s+([ap]m)\b/gu, '$1$2')
    .replace(/(\d):(\d\d)/gu, '$1h$2');
  return plainWords(spaced)
    .split(' ')
    .filter((t) => t !== '')
    .slice(0, MAX_WORDS);
}

function read(token: string, previous: string, inLabel: boolean): readonly Attribute[] {
  const weekday = WEEKDAYS.findIndex((w) => w.test(token));
  if (weekday >= 0) return [`weekday:${weekday}`];
  if (/^(?:noon|midday|mediodia)$/u.test(token)) return ['hour:12', 'half:pm'];
  if (/^(?:midnight|medianoche)$/u.test(token)) return ['hour:12', 'half:am'];
  const hour = /^(\d{1,2})(?:h(\d\d))?(am|pm)?$/u.exec(token);
  if (hour?.[2] !== undefined || hour?.[3] !== undefined) {
    const minutes = hour[2] !== undefined && hour[2] !== '00' ? [`minute:${hour[2]}`] : [];
    return [`hour:${hour[1]}`, ...(hour[3] ? [`half:${hour[3]}`] : []), ...minutes];
  }
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th)$/u.exec(token)?.[1];
  if (ordinal !== undefined) return [`day:${ordinal}`];
  if (hour && MONTHS.test(previous)) return [`day:${hour[1]}`];
  if (hour && !inLabel && /^(?:at|las)$/u.test(previous)) return [`hour:${hour[1]}`];
  const month = MONTHS.exec(token)?.[1];
  return month ? [`month:${month}`] : [];
}

export type LabelMatch = {
  /** 1-based choices that the text names, or undefined where a name fits none or several. */
  readonly choices: readonly number[] | undefined;
  /** The text with every recognized name taken out. */
  readonly rest: string;
};

/** Reads the choices a text names; undefined if it names nothing that is in any label. */
export function matchLabels(text: string, labels: readonly string[]): LabelMatch | undefined {
  const known = labels.map(attributesOf);
  const rest: string[] = [];
  const groups: Attribute[][] = [[]];
  const tokens = tokensOf(text);
  tokens.forEach((token, i) => {
    const attributes = mentioned(token, tokens[i - 1] ?? '', known);
    const group = groups.at(-1) ?? [];
    if (attributes.length === 0) {
      rest.push(token);
      if (/^(?:and|or|y|o|plus)$/u.test(token) && group.length > 0) groups.push([]);
    } else if (group.some((a) => clashes(a, attributes))) groups.push([...attributes]);
    else group.push(...attributes);
  });
  const named = groups.filter((g) => g.length > 0);
  if (named.length === 0) return undefined;
  const fits = named.map((g) => known.flatMap((k, i) => (g.every((a) => k.has(a)) ? [i + 1] : [])));
  const choices = fits.every((f) => f.length === 1)
    ? [...new Set(fits.flat())].sort((a, b) => a - b)
    : undefined;
  return { choices, rest: rest.join(' ') };
}

function mentioned(
  token: string,
  previous: string,
  known: readonly ReadonlySet<Attribute>[],
): readonly Attribute[] {
  const read_ = read(token, previous, false);
  if (read_.length > 0) return read_;
  const word = `word:${token}`;
  const singular = `word:${token.replace(/s$/u, '')}`;
  for (const name of [word, singular]) {
    if (known.filter((k) => k.has(name)).length === 1) return [name];
  }
  return [];
}

/** "Saturday Sunday": a second value of the same attribute begins another choice. */
function clashes(attribute: Attribute, next: readonly Attribute[]): boolean {
  const kind = (a: Attribute) => a.split(':', 1)[0];
  return (
    kind(attribute) !== 'word' && next.some((n) => kind(n) === kind(attribute) && n !== attribute)
  );
}
