/*
 * The idempotency keys that an instance keeps, each with a hash of what it was used for. They are in
 * the row that every step writes, so only as much of them is kept as tells 32 keys apart.
 */
import { hash as digest } from 'node:crypto';

/** A key that makes a delivery happen once. */
export type Key = {
  readonly value: string;
  /** Stands for what a repetition must have in common with the first; '' for nothing. */
  readonly hash: string;
};

/** More than a client has requests in flight. */
const KEPT_KEYS = 32;
/** 72 bits of the key, 48 bits of its hash. */
const VALUE_CHARS = 12;
const HASH_CHARS = 8;

const shortened = (text: string, chars: number): string =>
  digest('sha256', text, 'base64url').slice(0, chars);

/** What is kept of a key's value; a kept key begins with it. */
export const keptValue = (value: string): string => shortened(value, VALUE_CHARS);
const keptHash = (hash: string): string => (hash === '' ? '' : shortened(hash, HASH_CHARS));

/** The keys of an instance after this one was used. */
export const keysWith = (keys: readonly string[], { value, hash }: Key): readonly string[] => [
  ...keys.slice(1 - KEPT_KEYS),
  keptValue(value) + keptHash(hash),
];

/** Whether this key was used before: not, for the `same`, or for something `other`. */
export function useOf(keys: readonly string[], { value, hash }: Key): 'none' | 'same' | 'other' {
  const wanted = keptValue(value);
  const used = keys.find((kept) => kept.slice(0, VALUE_CHARS) === wanted);
  if (used === undefined) return 'none';
  return used.slice(VALUE_CHARS) === keptHash(hash) ? 'same' : 'other';
}
