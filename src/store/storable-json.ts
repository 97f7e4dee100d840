/*
 * JSON that PostgreSQL can make text of. Its `json` takes what its `text` and `jsonb` refuse (NUL, half of a surrogate
 * pair), and whoever looks into such a value later fails: so it is refused before it is written.
 */

export class Unstorable extends Error {
  override readonly name = 'Unstorable';
}

/** As JSON.stringify writes them; a backslash that stands in the text itself is doubled. */
const REFUSED = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/** The value as JSON; throws `Unstorable` where some text in it has a NUL or half of a surrogate pair. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  // The first look is as good as free, and hardly any text has an escape at all.
  if (text.includes('\\u') && REFUSED.test(text)) {
    throw new Unstorable(
      'A text with NUL or half of a surrogate pair cannot be stored: clean it where it comes in.',
    );
  }
  return text;
}
