/*
 * The dictionary of the behavior log: every type with its columns, fields, rules and one valid row. It is
 * read off the catalogue that each row is held to, so that it says what is so. Pure; whoever prints it
 * decides where it goes.
 */
import {
  createCatalogue,
  exampleRow,
  heldRules,
  ID_COLUMNS,
  type Presence,
  SCHEMA_VERSION,
} from '../catalogue/index.ts';
import { ERROR_CODES, type Registries } from '../registries.ts';
import type { IdColumns, LogRow } from '../row.ts';
import {
  EVENT_TYPES,
  type EventType,
  INVITEE_EVENT_TYPES,
  ORGANIZER_EVENT_TYPES,
  type Platform,
} from '../vocabulary.ts';
import { type DictionaryField, fieldsOf, isReserved } from './fields.ts';
import { TYPE_MEANINGS } from './type-meanings.ts';

export type DictionaryType = {
  readonly type: EventType;
  readonly group: 'organizer' | 'invitee' | 'system';
  readonly version: string;
  readonly meaning: string;
  /** R required, O where known, - always null, X exactly one of event_id and syncup_id. */
  readonly columns: Readonly<Record<keyof IdColumns, Presence>>;
  readonly platforms: readonly Platform[];
  readonly fields: readonly DictionaryField[];
  /** What holds across the fields of every row, in markdown. */
  readonly rules: readonly string[];
  readonly example: Omit<LogRow, 'timestamp'> & { readonly timestamp: string };
};

export type Dictionary = {
  readonly schemaVersion: string;
  readonly idColumns: readonly (keyof IdColumns)[];
  /** On every row. */
  readonly reserved: readonly DictionaryField[];
  readonly types: readonly DictionaryType[];
  readonly errorCodes: readonly {
    readonly code: string;
    readonly component: string;
    readonly severity: string;
  }[];
  /** The words that grow with the code, each list in order of the alphabet. */
  readonly registries: Readonly<Record<string, readonly string[]>>;
};

/** The dictionary over what the code knows. */
export function dictionaryOf(registries: Registries): Dictionary {
  const { types } = createCatalogue(registries);
  const entries = EVENT_TYPES.map((type) => ({
    entry: types[type],
    fields: fieldsOf(types[type]),
  }));
  const [first] = entries;
  return {
    schemaVersion: SCHEMA_VERSION,
    idColumns: ID_COLUMNS,
    reserved: first?.fields.filter(isReserved) ?? [],
    types: entries.map(({ entry: { type, version, columns, platforms }, fields }) => ({
      ...{ type, group: groupOf(type), version, meaning: TYPE_MEANINGS[type], columns, platforms },
      fields: fields.filter((field) => !isReserved(field)),
      rules: heldRules(type),
      example: wireOf(exampleRow(type)),
    })),
    errorCodes: Object.entries(ERROR_CODES).map(([code, defaults]) => ({ code, ...defaults })),
    registries: Object.fromEntries(
      Object.entries(registries).map(([name, members]) => [name, [...members].sort()]),
    ),
  };
}

const wireOf = (row: LogRow) => ({ ...row, timestamp: new Date(row.timestamp).toISOString() });

const isOneOf = (types: readonly EventType[], type: EventType): boolean => types.includes(type);

function groupOf(type: EventType): DictionaryType['group'] {
  if (isOneOf(ORGANIZER_EVENT_TYPES, type)) return 'organizer';
  return isOneOf(INVITEE_EVENT_TYPES, type) ? 'invitee' : 'system';
}
