import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { exampleRow } from '../../src/behavior/catalogue/index.ts';
import { dictionaryOf, markdownOf } from '../../src/behavior/dictionary/index.ts';
import { EVENT_TYPES } from '../../src/behavior/vocabulary.ts';
import { catalogueOfCharts, registriesOfCharts } from '../../src/compose/engine.ts';
import { dictionaryPages } from './dictionary.ts';

const dictionary = dictionaryOf(registriesOfCharts());

const typeNamed = (name: string) => {
  const found = dictionary.types.find(({ type }) => type === name);
  if (found === undefined) throw new Error(`The dictionary has no ${name}.`);
  return found;
};

const fieldOf = (type: string, name: string) =>
  typeNamed(type).fields.find((field) => field.name === name);

test.each(dictionaryPages())('%s says what the catalogue says', async (path, text) => {
  expect(await readFile(path, 'utf8'), 'npm run dictionary mends it.').toBe(text);
});

describe('the dictionary', () => {
  const catalogue = catalogueOfCharts();

  test('has every type once, in the order of the specification', () => {
    expect(dictionary.types.map(({ type }) => type)).toEqual([...EVENT_TYPES]);
  });

  test.each(EVENT_TYPES)('gives an example of %s that keeps the contract of the charts', (type) => {
    expect(catalogue.check(exampleRow(type))).toEqual({ ok: true });
    const { example } = typeNamed(type);
    expect({ ...example, timestamp: Date.parse(example.timestamp) }).toEqual(exampleRow(type));
  });

  test.each(EVENT_TYPES)(
    'has every field of %s, and its example has every required one',
    (type) => {
      const { fields, example } = typeNamed(type);
      const all = [...fields, ...dictionary.reserved];
      expect(all.map(({ name }) => name).sort()).toEqual(
        Object.keys(catalogue.types[type].metadata.shape).sort(),
      );
      const required = all.filter((field) => field.required).map(({ name }) => name);
      expect(Object.keys(example.metadata)).toEqual(expect.arrayContaining(required));
    },
  );

  test('tells words, bounds, units, lists and null', () => {
    expect(fieldOf('session_end', 'reason')?.values).toContain('expired_idle');
    expect(fieldOf('flow_step', 'dwell_ms')).toMatchObject({ kind: 'integer', unit: 'ms', min: 0 });
    expect(fieldOf('event_created', 'lead_min')).toMatchObject({ unit: 'min', nullable: true });
    expect(fieldOf('event_created', 'local_hour')).toMatchObject({ min: 0, max: 23 });
    expect(fieldOf('invitee_vote', 'choices')).toMatchObject({ kind: 'integer', list: true });
    expect(fieldOf('flow_step', 'to_state')).toMatchObject({ registry: 'statePaths' });
    expect(fieldOf('flow_step', 'choice')?.required).toBe(false);
  });

  test('tells who fills a field', () => {
    expect(fieldOf('flow_step', 'step_index')?.filledBy).toBe('inspector');
    expect(fieldOf('invite_sent', 'cycle_id')?.filledBy).toBe('chart, else inspector');
    expect(fieldOf('crew_created', 'members')?.filledBy).toBe('chart');
  });

  test('lists the members of every registry that a field names', () => {
    const named = dictionary.types.flatMap(({ fields }) =>
      fields.flatMap(({ kind, registry }) => (kind === 'member' ? [String(registry)] : [])),
    );
    expect(new Set(named).size).toBe(6);
    for (const name of named) expect(dictionary.registries[name]?.length).toBeGreaterThan(0);
  });

  test('has a page that names every type, field and error code', () => {
    const page = markdownOf(dictionary);
    for (const { type, fields } of dictionary.types) {
      const section = page.split(`\n### ${type}\n`)[1] ?? '';
      for (const { name } of fields) expect(section).toContain(`\n| \`${name}\``);
    }
    for (const { code } of dictionary.errorCodes) expect(page).toContain(`| \`${code}\` |`);
  });
});
