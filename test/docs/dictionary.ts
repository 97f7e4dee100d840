/* The pages of the log's dictionary, and what they have to say. */
import { join } from 'node:path';
import { dictionaryOf, markdownOf } from '../../src/behavior/dictionary/index.ts';
import { registriesOfCharts } from '../../src/compose/engine.ts';
import { root } from '../house/files.ts';

/** Path and text of each page. */
export function dictionaryPages(): readonly (readonly [path: string, text: string])[] {
  const dictionary = dictionaryOf(registriesOfCharts());
  return [
    [join(root, 'docs/behavior-log.md'), markdownOf(dictionary)],
    [join(root, 'docs/behavior-log.json'), `${JSON.stringify(dictionary, null, 2)}\n`],
  ];
}
