import type { z } from 'zod';
import type { Registries } from '../registries.ts';
import type { LogRow } from '../row.ts';
import { EVENT_TYPES, type EventType } from '../vocabulary.ts';
import { SCHEMA_VERSION } from './atoms.ts';
import { columnProblems, columnsOf, platformOf } from './columns.ts';
import { DEFAULTED, DERIVED } from './derived.ts';
import { MATRIX, type Place } from './matrix.ts';
import { brokenRules } from './rules.ts';
import { createSchemas } from './schemas.ts';

/*
 * The catalogue of the 29 types: what a row of each may say, and the one check that every row
 * passes before it is committed. It runs on the path of each step, so all schemas are compiled
 * once here. Problems name fields and never values, since a wrong value may be a person's.
 */

/** What is known of one type. */
export type TypeEntry = Place & {
  readonly type: EventType;
  /** Of the schema; the `v` of its rows. */
  readonly version: string;
  /** The whole metadata, reserved keys included, strict. */
  readonly metadata: z.ZodObject;
  /** The keys that only the inspector fills. */
  readonly derived: readonly string[];
  /** The keys that the inspector fills when `describe` does not. */
  readonly defaulted: readonly string[];
  /** The rules across fields that a row breaks. */
  readonly refine: (row: LogRow) => readonly string[];
};

/** Problems are sentences for operators and quarantine: `metadata.steps: invalid_type`. */
export type Checked =
  | { readonly ok: true }
  | { readonly ok: false; readonly problems: readonly string[] };

export type Catalogue = {
  readonly types: Readonly<Record<EventType, TypeEntry>>;
  /** Whether a whole row keeps the contract. Never throws, whatever it is given as metadata. */
  readonly check: (row: LogRow) => Checked;
  readonly columns: typeof columnsOf;
  readonly platform: typeof platformOf;
};

const MAX_METADATA_BYTES = 4096;
const PLAIN_KEY = /^[a-z_]{1,40}$/;

/** The catalogue over what the code knows; the registries are read once. */
export function createCatalogue(registries: Registries): Catalogue {
  const schemas: Record<EventType, z.ZodObject> = createSchemas(registries);
  const entries = EVENT_TYPES.map((type): [EventType, TypeEntry] => [
    type,
    {
      type,
      version: SCHEMA_VERSION,
      metadata: schemas[type],
      ...MATRIX[type],
      derived: DERIVED[type],
      defaulted: DEFAULTED[type],
      refine: brokenRules,
    },
  ]);
  const types = Object.fromEntries(entries) as Record<EventType, TypeEntry>;
  return {
    types,
    check: (row) => checkRow(types, row),
    columns: columnsOf,
    platform: platformOf,
  };
}

function checkRow(types: Catalogue['types'], row: LogRow): Checked {
  if (!Object.hasOwn(types, row.event_type))
    return { ok: false, problems: ['event_type: is none of the 29'] };
  const entry = types[row.event_type];
  const problems = [...columnProblems(row), ...metadataProblems(entry, row)];
  return problems.length === 0 ? { ok: true } : { ok: false, problems };
}

function metadataProblems(entry: TypeEntry, row: LogRow): readonly string[] {
  const parsed = entry.metadata.safeParse(row.metadata);
  if (!parsed.success) return parsed.error.issues.map(problemOf);
  // Strict metadata holds ASCII only, so that its length is its size.
  if (JSON.stringify(row.metadata).length > MAX_METADATA_BYTES)
    return [`metadata: is larger than ${MAX_METADATA_BYTES} bytes`];
  return entry.refine(row);
}

/** A key may be a person's too, when a chart took it from input: only plain ones are named. */
const nameOf = (key: PropertyKey): string =>
  typeof key === 'number' || PLAIN_KEY.test(String(key)) ? String(key) : '?';

function problemOf(issue: z.core.$ZodIssue): string {
  const path = ['metadata', ...issue.path.map(nameOf)].join('.');
  if (issue.code !== 'unrecognized_keys') return `${path}: ${issue.code}`;
  return `${path}: unknown keys ${issue.keys.map(nameOf).join(', ')}`;
}
