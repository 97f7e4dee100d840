/* The fields of a type's metadata, read off the schema that its rows are held to. */
import { z } from 'zod';
import type { TypeEntry } from '../catalogue/index.ts';
import { RESERVED_KEYS } from '../vocabulary.ts';
import { FIELD_MEANINGS, RESERVED_MEANINGS } from './field-meanings.ts';

/** `uuid` and `instant` are strings; a `member` is one of a registry; `counts` has whole numbers by name. */
export type FieldKind =
  | 'uuid'
  | 'instant'
  | 'word'
  | 'member'
  | 'version'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'counts';

/** Who fills a field: the inspector alone, the inspector where the chart says nothing, or the chart. */
export type FilledBy = 'inspector' | 'chart, else inspector' | 'chart';

export type DictionaryField = {
  readonly name: string;
  readonly kind: FieldKind;
  /** A list of such values. */
  readonly list: boolean;
  readonly required: boolean;
  readonly nullable: boolean;
  /** The words or the keys there are. */
  readonly values?: readonly (string | boolean)[];
  /** The registry of a `member`. */
  readonly registry?: string;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: 'ms' | 'min';
  readonly filledBy: FilledBy;
  readonly meaning: string;
};

type Json = {
  readonly type?: string;
  readonly format?: string;
  readonly const?: string | boolean;
  readonly enum?: readonly string[];
  readonly registry?: string;
  readonly anyOf?: readonly Json[];
  readonly items?: Json;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
};

/** The fields of a type, reserved ones last. */
export function fieldsOf(entry: TypeEntry): readonly DictionaryField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(entry.metadata) as Json;
  const fields = Object.entries(properties).map(([name, schema]) => ({
    ...fieldOf(name, schema),
    required: required.includes(name),
    filledBy: filledBy(entry, name),
    meaning: meaningOf(entry.type, name),
  }));
  return [...fields.filter((one) => !isReserved(one)), ...fields.filter(isReserved)];
}

export const isReserved = ({ name }: { readonly name: string }): boolean =>
  (RESERVED_KEYS as readonly string[]).includes(name);

type Shape = Omit<DictionaryField, 'required' | 'filledBy' | 'meaning'>;

function fieldOf(name: string, schema: Json): Shape {
  const { anyOf = [] } = schema;
  const some = anyOf.find(({ type }) => type !== 'null') ?? schema;
  const one = some.items ?? some;
  const unit = unitOf(name);
  const min = one.minimum ?? one.exclusiveMinimum;
  return {
    name,
    kind: kindOf(name, one),
    list: some.items !== undefined,
    nullable: anyOf.length > 0,
    ...valuesOf(one),
    ...(one.registry !== undefined && { registry: one.registry }),
    ...(min !== undefined && { min }),
    ...(one.maximum !== undefined && { max: one.maximum }),
    ...(unit && { unit }),
  };
}

/** Names say their unit: `queued_ms`, `ms_since_invite`, `lead_min`. */
const unitOf = (name: string): DictionaryField['unit'] => {
  if (name.endsWith('_ms') || name.startsWith('ms_')) return 'ms';
  return name.endsWith('_min') ? 'min' : undefined;
};

function valuesOf({ const: only, enum: words, registry, properties }: Json) {
  if (registry !== undefined) return {};
  if (only !== undefined) return { values: [only] };
  if (words !== undefined) return { values: words };
  return properties === undefined ? {} : { values: Object.keys(properties) };
}

function kindOf(name: string, schema: Json): FieldKind {
  if (schema.registry !== undefined) return schema.registry === 'versions' ? 'version' : 'member';
  if (schema.format === 'uuid') return 'uuid';
  if (schema.format === 'date-time') return 'instant';
  switch (schema.type) {
    case 'string':
      return schema.enum !== undefined || schema.const !== undefined ? 'word' : 'version';
    case 'integer':
    case 'number':
    case 'boolean':
      return schema.type;
    case 'object':
      return 'counts';
    default:
      throw new Error(`The dictionary has no word for what the field '${name}' is: add a kind.`);
  }
}

function filledBy({ derived, defaulted }: TypeEntry, name: string): FilledBy {
  if (isReserved({ name }) || derived.includes(name)) return 'inspector';
  return defaulted.includes(name) ? 'chart, else inspector' : 'chart';
}

function meaningOf(type: string, name: string): string {
  const meanings: Readonly<Record<string, string | undefined>> = {
    ...RESERVED_MEANINGS,
    ...FIELD_MEANINGS,
  };
  const meaning = meanings[`${type}.${name}`] ?? meanings[name];
  if (meaning === undefined) {
    throw new Error(`The field '${name}' of ${type} has no meaning: say it in field-meanings.ts.`);
  }
  return meaning;
}
