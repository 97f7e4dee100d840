import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  createCatalogue,
  DEFAULTED,
  DERIVED,
  EXAMPLE_REGISTRIES,
  exampleRow,
  exampleRows,
} from '../../src/behavior/catalogue/index.ts';
import type { LogRow } from '../../src/behavior/row.ts';
import { EVENT_TYPES, RESERVED_KEYS } from '../../src/behavior/vocabulary.ts';

const catalogue = createCatalogue(EXAMPLE_REGISTRIES);

const withMetadata = (row: LogRow, extra: object): LogRow => ({
  ...row,
  metadata: { ...row.metadata, ...extra },
});

const problemsOf = (row: LogRow): readonly string[] => {
  const checked = catalogue.check(row);
  return checked.ok ? [] : checked.problems;
};

/** Every path to a string within the metadata, so that each can be replaced by an open one. */
function stringKeysOf(row: LogRow): readonly string[] {
  return Object.keys(row.metadata).filter((key) => typeof row.metadata[key] === 'string');
}

describe('the catalogue', () => {
  it('knows the 29 types of the specification and no other', () => {
    expect(EVENT_TYPES).toHaveLength(29);
    expect(new Set(EVENT_TYPES).size).toBe(29);
    expect(Object.keys(catalogue.types)).toEqual([...EVENT_TYPES]);
    const stranger = { ...exampleRow('error'), event_type: 'invitee_maybe' } as unknown as LogRow;
    expect(problemsOf(stranger)).toEqual(['event_type: is none of the 29']);
    expect(catalogue.check({ ...stranger, event_type: 'toString' as never }).ok).toBe(false);
  });

  it.each(EVENT_TYPES)('accepts the example of %s', (type) => {
    expect(problemsOf(exampleRow(type))).toEqual([]);
  });

  it.each(EVENT_TYPES)('refuses an unknown key in %s', (type) => {
    expect(problemsOf(withMetadata(exampleRow(type), { title: 'Dinner' }))).toEqual([
      'metadata: unknown keys title',
    ]);
  });

  it.each(EVENT_TYPES)('refuses an open string under any key of %s', (type) => {
    const row = exampleRow(type);
    for (const key of stringKeysOf(row)) {
      for (const open of ['Anna Smith', '+12025550142', '4155550100', '']) {
        const problems = problemsOf(withMetadata(row, { [key]: open }));
        expect(problems.join(), `${key} = ${open}`).toContain(`metadata.${key}: `);
      }
    }
  });

  it.each(EVENT_TYPES)('refuses a missing reserved key in %s', (type) => {
    const row = exampleRow(type);
    expect(problemsOf(withMetadata(row, { v: undefined }))).toEqual(['metadata.v: invalid_value']);
    expect(problemsOf(withMetadata(row, { correlation_id: undefined }))).toHaveLength(1);
    expect(problemsOf(withMetadata(row, { v: '2-0-0' }))).toHaveLength(1);
  });

  it.each(EVENT_TYPES)('takes the optional reserved keys on %s', (type) => {
    const marked = { synthetic: true, internal: true, backend_version: '1.2.3' };
    expect(problemsOf(withMetadata(exampleRow(type), marked))).toEqual([]);
    expect(problemsOf(withMetadata(exampleRow(type), { synthetic: false }))).toHaveLength(1);
  });

  it('has no key that takes any string at all', () => {
    for (const { metadata } of Object.values(catalogue.types)) {
      const json = JSON.stringify(z.toJSONSchema(metadata));
      expect(json).not.toMatch(/\{"type":"string"\}/);
      expect(json).toContain('"additionalProperties":false');
    }
  });

  it('refuses numbers wide enough for a phone number in counts and codes', () => {
    const phone = 12_025_550_142;
    expect(problemsOf(withMetadata(exampleRow('crew_created'), { members: phone }))).toHaveLength(
      1,
    );
    expect(problemsOf(withMetadata(exampleRow('error'), { provider_code: phone }))).toHaveLength(1);
    expect(problemsOf(withMetadata(exampleRow('invitee_vote'), { choices: [phone] }))).toHaveLength(
      1,
    );
  });

  it('never throws and never repeats a value, whatever stands in the metadata', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVENT_TYPES), fc.jsonValue(), (type, value) => {
        const checked = catalogue.check({ ...exampleRow(type), metadata: value as never });
        expect(checked.ok).toBe(false);
      }),
      { numRuns: 200 },
    );
    const told = problemsOf(
      withMetadata(exampleRow('flow_step'), { 'Anna Smith': 'Bob', step: 'Bob' }),
    );
    expect(told.join()).not.toMatch(/Anna|Bob/);
  });

  it('checks registry strings against the sets it was made with', () => {
    const other = createCatalogue({
      ...EXAMPLE_REGISTRIES,
      templates: new Set(['another']),
      versions: new Set(['2.0.0']),
    });
    const checked = other.check(exampleRow('sms_sent'));
    expect(checked).toEqual({
      ok: false,
      problems: ['metadata.template: invalid_value', 'metadata.copy_version: invalid_value'],
    });
  });

  it('has each key filled by one side only', () => {
    for (const type of EVENT_TYPES) {
      const keys = Object.keys(catalogue.types[type].metadata.shape);
      const filled = [...DERIVED[type], ...DEFAULTED[type], ...RESERVED_KEYS];
      expect(new Set(filled).size).toBe(filled.length);
      expect(keys).toEqual(expect.arrayContaining(filled));
    }
  });
});
