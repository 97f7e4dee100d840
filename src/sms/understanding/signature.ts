/**
 * Cuts away what the writer did not write: mail and phone signatures, quoted lines above an
 * answer.
 */
const SIGNATURE_LINE =
  /^(?:sent (?:from|via|with|by) |get outlook for |enviado desde )|^(?:--|__+|~+)\s*$/iu;
const INLINE_SIGNATURE =
  /\s(?:sent from my \w+|get outlook for \w+|enviado desde mi \w+).{0,40}$/iu;
const QUOTED_LINE = /^(?:>|on .{4,80} wrote:)/iu;

export type Unsigned = {
  readonly text: string;
  /** The lines quoted above the answer, without their marks. */
  readonly quoted?: string;
};

/** The writer's own words, and apart from them what they quoted. */
export function stripSignature(text: string): Unsigned {
  const own: string[] = [];
  const quoted: string[] = [];
  for (const line of text.split('\n')) {
    if (SIGNATURE_LINE.test(line.trimStart())) break;
    if (QUOTED_LINE.test(line.trimStart())) quoted.push(line.replace(/^[\s>]+/u, ''));
    else own.push(line);
  }
  const body = own.join('\n').replace(INLINE_SIGNATURE, '').trim();
  return quoted.length === 0 ? { text: body } : { text: body, quoted: quoted.join('\n').trim() };
}
