import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralReading } from '../../../src/sms/understanding/index.ts';

describe('the code of a prompt', () => {
  it.each([
    ['B', 'B', ''],
    ['(b).', 'B', ''],
    ['B YES', 'B', 'YES'],
    ['B: 2', 'B', '2'],
    ['[A] nope', 'A', 'nope'],
    ['D) sounds good', 'D', 'sounds good'],
    ['yes B', 'B', 'yes'],
    ['Yes please, b!', 'B', 'Yes please'],
    ['yes for B', 'B', 'yes'],
    ['2 B', 'B', '2'],
    ['B2', 'B', '2'],
    ['a yes', 'A', 'yes'],
    ['a no thanks', 'A', 'no thanks'],
    ['a 2', 'A', '2'],
    ['a: sounds good', 'A', 'sounds good'],
    ["A can't make it", 'A', "can't make it"],
    ['A count us in', 'A', 'count us in'],
    ['E sí', 'E', 'sí'],
    ["B can't make it", 'B', "can't make it"],
  ] as const)('%j answers prompt %j with %j', (text, code, rest) => {
    expect(neutralReading(text)).toEqual({ code, rest });
  });
  it.each([
    'a friend told me',
    'A lot of fun',
    'plan B',
    'vitamin D',
    'Yes',
    'BYES',
    'C',
    'y',
    'N',
    'a definite yes',
    'A hard no',
    'a big no from me',
    'a friend and I will come',
    'A las 8 sí',
    'E iré, sí',
    'A-ok',
    'b there!',
    'b there at 7',
    'no voy a',
    'yes one',
    'no one',
    'the last one',
    'the first one!',
    'yes at 6 p.m.',
  ])('%j has none', (text) => expect(neutralReading(text)).toEqual({ rest: text }));
  it('no letter is found inside a word', () => {
    const start = fc.constantFrom('for', 'to', 'on', 'so');
    const end = fc.stringMatching(/^[a-z]{1,4}$/u);
    fc.assert(
      fc.property(fc.constantFrom('yes', 'no', '2'), start, end, (answer, first, last) => {
        expect(neutralReading(`${answer} ${first}${last}`).code).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
  it('two answers for two prompts are left whole', () => {
    const text = 'yes to A and no to B';
    expect(neutralReading(text)).toEqual({ rest: text });
  });
});

describe('the quote', () => {
  it('is what a quoted line above the answer says', () => {
    expect(neutralReading('> Sam: Picnic Sat?\nyes')).toEqual({
      rest: 'yes',
      quoted: 'Sam: Picnic Sat?',
    });
  });
});
