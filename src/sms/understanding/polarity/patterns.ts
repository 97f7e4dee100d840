/**
 * Compiles the phrase tables. All patterns are anchored and see one clause, so each costs one pass
 * over at most 1,600 characters.
 */

/** Fits a clause that begins with one of the phrases, whatever follows. */
export function beginsWith(phrases: readonly string[]): RegExp {
  return new RegExp(`^(?:${phrases.join('|')})(?= |$)`, 'u');
}

/** Fits a clause that is one of the phrases and nothing else but words of the tail. */
export function isOnly(phrases: readonly string[], tail: string): RegExp {
  return new RegExp(`^(?:${phrases.join('|')})(?: (?:${tail}))*$`, 'u');
}

/** Fits a clause that is one of the phrases, without a word more. */
export function isExactly(phrases: readonly string[]): RegExp {
  return new RegExp(`^(?:${phrases.join('|')})$`, 'u');
}
