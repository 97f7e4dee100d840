/*
 * Letters by which a reply may name its question. Each question gets the smallest that is free for its
 * phone; a text says it only where the phone has another question when it is sent, so most people never
 * see one.
 */

/** None that is an answer in some language, or looks like a digit. */
export const PROMPT_CODES = [
  'A',
  'B',
  'D',
  'E',
  'F',
  'G',
  'H',
  'J',
  'L',
  'M',
  'P',
  'Q',
  'T',
  'W',
  'X',
  'Z',
] as const;

export type PromptCode = (typeof PROMPT_CODES)[number];

/** The letter of a question. */
export type Lettered = { readonly code: PromptCode | null };

/** The smallest letter that is not in use; null where a phone has them all. */
export const freeLetter = (used: ReadonlySet<string | null>): PromptCode | null =>
  PROMPT_CODES.find((letter) => !used.has(letter)) ?? null;

/**
 * A letter for each: its own where no other here has it, else the smallest that none of them and none of
 * `others` has.
 */
export function dealLetters<T extends { readonly code: string | null }>(
  asked: readonly T[],
  others: readonly { readonly code: string | null }[],
): readonly (T & { readonly code: string })[] {
  const isOwn = ({ code }: T) => asked.filter((one) => one.code === code).length === 1;
  const used = new Set([...asked, ...others].map(({ code }) => code));
  return asked.flatMap((one) => {
    const code = one.code !== null && isOwn(one) ? one.code : freeLetter(used);
    used.add(code);
    return code === null ? [] : [{ ...one, code }];
  });
}
