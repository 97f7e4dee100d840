export { SCHEMA_VERSION } from './atoms.ts';
export {
  type Catalogue,
  type Checked,
  createCatalogue,
  type TypeEntry,
} from './catalogue.ts';
export { UNKNOWN_VERSION, versionOf } from './columns.ts';
export {
  DEFAULTED,
  DERIVED,
  type DefaultedKey,
  type DerivedKey,
  type DescribedMetadata,
} from './derived.ts';
export { EXAMPLE_REGISTRIES, exampleRow, exampleRows } from './examples.ts';
export { ID_COLUMNS, MATRIX, type Place, type Presence } from './matrix.ts';
export { heldRules } from './rules.ts';
export type { Metadata } from './schemas.ts';
