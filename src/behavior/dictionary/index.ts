export { type Dictionary, type DictionaryType, dictionaryOf } from './dictionary.ts';
export type { DictionaryField, FieldKind, FilledBy } from './fields.ts';
export { markdownOf } from './markdown.ts';
