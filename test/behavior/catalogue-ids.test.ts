import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryId, parseEntryId, sourceKey } from '../../src/behavior/row.ts';

const origin = fc.record({
  at: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  position: fc.integer({ min: 0, max: 4095 }),
  source: fc.uuid(),
  ordinal: fc.integer({ min: 0, max: 100_000 }),
});

describe('the id of an entry', () => {
  it('is a uuid of version 7 from which its parts can be read', () => {
    fc.assert(
      fc.property(origin, (from) => {
        const id = entryId(from);
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(parseEntryId(id)).toEqual({
          at: from.at,
          position: from.position,
          sourceHash: sourceKey(from.source),
          ordinal: from.ordinal % 256,
        });
      }),
    );
  });

  it('is the same whenever the same entry is made again', () => {
    fc.assert(fc.property(origin, (from) => entryId(from) === entryId({ ...from })));
  });

  it('sorts the entries of a source by time, then by their place in the commit', () => {
    fc.assert(
      fc.property(origin, origin, (a, b) => {
        const { source } = a;
        const earlier = a.at < b.at || (a.at === b.at && a.position < b.position);
        const later = a.at > b.at || (a.at === b.at && a.position > b.position);
        const [first, second] = [entryId(a), entryId({ ...b, source })];
        if (earlier) expect(first < second).toBe(true);
        if (later) expect(first > second).toBe(true);
      }),
    );
  });

  it('shows a missing entry of a source as a gap, also past 256', () => {
    const ordinals = [254, 255, 256, 258].map((ordinal) =>
      parseEntryId(entryId({ at: 1, position: 0, source: 'a', ordinal })),
    );
    expect(ordinals.map(({ ordinal }) => ordinal)).toEqual([254, 255, 0, 2]);
  });

  it('names its source as the database computes it with md5 and translate', () => {
    const source = '0198C0DE-0000-7000-8000-000000000001';
    const m = createHash('md5').update(source.toLowerCase()).digest('hex');
    const variant = (Number.parseInt(m.charAt(0), 16) % 4) + 8;
    expect(sourceKey(source)).toBe(`${variant.toString(16)}${m.slice(1, 14)}`);
  });

  it('refuses a place or a time that does not fit', () => {
    const from = { at: 1, position: 0, source: 'a', ordinal: 0 };
    expect(() => entryId({ ...from, position: 4096 })).toThrow('split it');
    expect(() => entryId({ ...from, at: 1.5 })).toThrow('round it');
  });
});
