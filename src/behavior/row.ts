import { hash } from 'node:crypto';
import type { EventType, Platform } from './vocabulary.ts';

/*
 * A row of `behavior_logs`: the twelve fields of the owner's specification, and its id, which
 * follows from where the row was made, so that writing a step again writes the same row.
 */

/** The id columns: who and what a row is about. The matrix of each type nulls the rest. */
export type IdColumns = {
  readonly organizer_id: string | null;
  /** E.164; the only place of a row that may hold a phone number. */
  readonly invitee_phone: string | null;
  readonly event_id: string | null;
  readonly crew_id: string | null;
  readonly syncup_id: string | null;
  readonly session_id: string | null;
};

/** One row of the behavior log; `timestamp` is epoch ms. */
export type LogRow = IdColumns & {
  readonly id: string;
  readonly event_type: EventType;
  readonly timestamp: number;
  readonly platform: Platform;
  readonly version: string;
  readonly metadata: Readonly<Record<string, unknown>>;
};

/** Where an entry was made: what its id is computed from. */
export type EntryOrigin = {
  /** Epoch ms of the commit. */
  readonly at: number;
  /** Place among the entries of the commit, 0 to 4095. */
  readonly position: number;
  /** The instance that made it, a uuid. */
  readonly source: string;
  /** Place among all entries of the source, from 0; kept modulo 256. */
  readonly ordinal: number;
};

export type ParsedEntryId = {
  readonly at: number;
  readonly position: number;
  /** As `sourceKey` gives it. */
  readonly sourceHash: string;
  readonly ordinal: number;
};

const POSITIONS = 4096;
const VARIANT_OF: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789abcdef'].map((digit, index) => [digit, '89ab'.charAt(index % 4)]),
);

/**
 * The 14 hex digits by which ids name their source: the first 56 bits of md5(source), the upper
 * two of them replaced by the variant 10. Over the log it is `substr(replace(id::text, '-', ''),
 * 17, 14)`; of an instance, with m = md5(id::text): `translate(left(m, 1), '0123456789abcdef',
 * '89ab89ab89ab89ab') || substr(m, 2, 13)`.
 */
export function sourceKey(source: string): string {
  const digest = hash('md5', source.toLowerCase(), 'hex');
  return `${VARIANT_OF[digest.charAt(0)] ?? '8'}${digest.slice(1, 14)}`;
}

/**
 * The id of an entry, a uuid of version 7: 48 bit ms, 12 bit position in the commit, 54 bit hash
 * of the source, 8 bit ordinal. The ids of one source sort in order of occurrence, as long as its
 * commits have rising times; throws when `at` or `position` does not fit.
 */
export function entryId({ at, position, source, ordinal }: EntryOrigin): string {
  if (!Number.isInteger(position) || position < 0 || position >= POSITIONS)
    throw new RangeError(`Entry position ${position} is no place in a commit: split it in chunks.`);
  if (!Number.isInteger(at) || at < 0 || at >= 2 ** 48)
    throw new RangeError(`Entry time ${at} is no epoch time in whole ms: round it.`);
  const time = at.toString(16).padStart(12, '0');
  const place = position.toString(16).padStart(3, '0');
  const key = sourceKey(source);
  const last = (ordinal % 256).toString(16).padStart(2, '0');
  const head = `${time.slice(0, 8)}-${time.slice(8)}-7${place}`;
  return `${head}-${key.slice(0, 4)}-${key.slice(4)}${last}`;
}

/** The parts of an id that `entryId` made. */
export function parseEntryId(id: string): ParsedEntryId {
  const digits = id.replaceAll('-', '').toLowerCase();
  return {
    at: Number.parseInt(digits.slice(0, 12), 16),
    position: Number.parseInt(digits.slice(13, 16), 16),
    sourceHash: digits.slice(16, 30),
    ordinal: Number.parseInt(digits.slice(30), 16),
  };
}
