/**
 * Parts emoji from words and says what the emoji alone would mean. Words outrank them, so this
 * file never decides about a text that has any.
 */

/** With the plain forms of faces and hands; skin tones are removed before the look-up. */
const MEANING: ReadonlyMap<string, EmojiMeaning> = new Map([
  ...[...'👍👌✅☑✔🆗🙋🙌💯🤙🫡👊🤝🤘🫶'].map((e) => [e, 'yes'] as const),
  ...[...'👎❌🚫🙅✖⛔'].map((e) => [e, 'no'] as const),
  ...[...'🤷🤔'].map((e) => [e, 'maybe'] as const),
]);

export type EmojiMeaning = 'yes' | 'no' | 'maybe';
export type SplitText = {
  readonly words: string;
  readonly emoji: readonly string[];
};

const MODIFIERS = /\p{Emoji_Modifier}|\ufe0f/gu;
const KEYCAP = /([0-9])\ufe0f?\u20e3/gu;
/**
 * Digits, # and * are \p{Emoji} too, hence Extended_Pictographic. Flags are pairs of indicators.
 */
const PICTOGRAPH = /\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}]/gu;

/** Keycaps become digits; every other emoji moves out of the words, a space in its place. */
export function splitEmoji(text: string): SplitText {
  const plain = text
    .replace(KEYCAP, ' $1 ')
    .replace(/\u{1F51F}/gu, ' 10 ')
    .replace(MODIFIERS, '');
  return {
    words: plain.replace(PICTOGRAPH, ' ').replace(/ +/gu, ' ').trim(),
    emoji: plain.match(PICTOGRAPH) ?? [],
  };
}

/**
 * What the emoji agree on, 'unclear' where they contradict or mean nothing, undefined without any.
 */
export function meaningOfEmoji(emoji: readonly string[]): EmojiMeaning | 'unclear' | undefined {
  if (emoji.length === 0) return undefined;
  const meanings = new Set(emoji.map((e) => MEANING.get(e)).filter((m) => m !== undefined));
  const [only] = meanings;
  return meanings.size === 1 && only !== undefined ? only : 'unclear';
}
