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
  ])('%j has none', (text) => expect(neutralReading(text)).toEqual({ rest: text }));
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
