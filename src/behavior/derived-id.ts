/*
 * Ids that follow from other ids (uuid version 5, RFC 9562 section 5.5), so that doing a thing twice
 * makes it once. Pure: the same parent and name give the same id for ever.
 */
import { createHash } from 'node:crypto';

/** The owner of what belongs to no organizer; it becomes null in a log row. */
export const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** The id named `name` within `parent` (itself a uuid). */
export function derivedId(parent: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(parent.replaceAll('-', ''), 'hex'))
    .update(name);
  const bytes = hash.digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [8, 12, 16, 20, 32].map((end, i, ends) => hex.slice(ends[i - 1] ?? 0, end)).join('-');
}
