/**
 * One cleaning for every string from outside that can reach SQL. Postgres refuses NUL in text
 * (22021) and in jsonb (22P05), and lone surrogates in jsonb (22P02); the other control characters
 * carry no meaning in a text message. It knows nothing of what the text says.
 */

/** Drops control characters but tab and line ends; a lone surrogate becomes U+FFFD. */
export const cleanText = (text: string): string =>
  text.replace(/(?![\t\n\r])\p{Cc}/gu, '').replace(/\p{Cs}/gu, '\uFFFD');

/**
 * The same for every string inside parsed JSON, keys too. For values whose depth is already
 * limited: it goes down by recursion.
 */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value !== 'object' || value === null) return value;
  // fromEntries defines own properties, so that a key `__proto__` stays a mere key.
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [cleanText(key), cleanJson(inner)]),
  );
}
