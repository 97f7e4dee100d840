import { describe, expect, it } from 'vitest';
import { phraseBook, wordClasses, wordSet } from '../../../src/sms/understanding/phrase-book.ts';
import {
  beginsWith,
  isOnly,
  longestAt,
  matchesAt,
  occursIn,
} from '../../../src/sms/understanding/phrase-match.ts';

const words = (text: string) => text.split(' ');
const fits = (pattern: string, text: string) =>
  matchesAt(phraseBook(pattern), words(text)).some((m) => m.end === words(text).length);

describe('the notation of phrases', () => {
  it.each([
    ['will do', 'will do'],
    ['(a|b c) d', 'b c d'],
    ['really? no', 'no'],
    ['really* no', 'really really no'],
    ['(very|so)* (good|great)?', 'very so good'],
    ['_ and i', 'jen and i'],
    ['at #', 'at 7pm'],
    ['maybe ...', 'maybe when i am done'],
    ['a\n  |b', 'b'],
  ])('%j fits %j', (pattern, text) => expect(fits(pattern, text)).toBe(true));
  it.each([
    ['will do', 'will'],
    ['(a|b c) d', 'b d'],
    ['really? no', 'really really no'],
    ['at #', 'at noon'],
    ['a b', 'a x b'],
  ])('%j does not fit %j', (pattern, text) => expect(fits(pattern, text)).toBe(false));
  it('names classes', () => {
    const classes = wordClasses('day = friday|sunday\nwhen = on <day>');
    expect(beginsWith(phraseBook('free <when>', classes), words('free on sunday'))).toBe(true);
  });
  it('does not count a phrase before a word it names', () => {
    const book = phraseBook('no !(one|way)\nyes !_');
    expect(beginsWith(book, words('no thanks'))).toBe(true);
    expect(beginsWith(book, words('no way'))).toBe(false);
    expect(beginsWith(book, words('yes sir'))).toBe(false);
  });
  it.each(['(a', 'a)', '?a', '<nobody> a'])(
    '%j is refused with a sentence that says why',
    (bad) => {
      expect(() => phraseBook(bad)).toThrow(/^The phrase ".*" .*: see phrase-book\.ts/u);
    },
  );
});

describe('matching', () => {
  it('prefers the longest phrase and then the first written', () => {
    const book = phraseBook('no = a\nno way = b\nno (way|how) = c');
    expect(longestAt(book, words('no way out'))).toMatchObject({ end: 2, value: 'b' });
  });
  it('lets only the words of a tail follow', () => {
    const book = phraseBook('in');
    expect(isOnly(book, words('in for sure'), wordSet('for sure'))).toBe(true);
    expect(isOnly(book, words('in chicago'), wordSet('for sure'))).toBe(false);
  });
  it('finds a phrase anywhere', () => {
    expect(occursIn(phraseBook('b c'), words('a b c d'))).toBe(true);
  });
  it('does work in proportion to the words, however a pattern repeats itself', () => {
    const book = phraseBook('a* a* a* a* b');
    const long = Array.from({ length: 20_000 }, () => 'a');
    expect(matchesAt(book, long)).toEqual([]);
  });
});
