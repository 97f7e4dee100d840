import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const DAYS: ReplyContext = {
  ctx: 'syncup',
  options: 3,
  optionLabels: ['Fri Jun 5, 7pm', 'Sat Jun 6, 12pm', 'Sun Jun 7, 6pm'],
};
const FOOD: ReplyContext = {
  ctx: 'syncup',
  options: 3,
  optionLabels: ['Pizza place', 'Sushi bar', 'Taco place'],
};
const BY_DAY: readonly (readonly [string, readonly number[]])[] = [
  ['Friday', [1]],
  ['friday works', [1]],
  ['7pm', [1]],
  ['Friday please', [1]],
  ['I prefer Friday', [1]],
  ['1 (Friday)', [1]],
  ['Sat or Sun', [2, 3]],
  ['saturday and sunday', [2, 3]],
  ['Fri, Sun', [1, 3]],
  ['noon', [2]],
  ['the 6th', [2]],
  ['2', [2]],
  ['2 - Saturday', [2]],
  ['el sábado', [2]],
  ['June 7', [3]],
];
const BY_NAME: readonly (readonly [string, readonly number[]])[] = [
  ['sushi', [2]],
  ['the sushi bar', [2]],
  ['Tacos', [3]],
  ['pizza or sushi', [1, 2]],
];
const UNCLEAR = replies(`
  Saturday at noon | Saturday at 5 | Monday | Saturday? | not Friday | Friday doesn't work
  I can't do Friday | anything but Friday | 6 | 1 (Saturday) | the weekend | see you Friday
  I'm in Chicago Friday | Friday is my birthday | No, Friday
`);

describe('a choice called by its name', () => {
  it.each(BY_DAY)('%j votes for %j of three days', (text, choices) => {
    expect(understand(text, DAYS)).toMatchObject({ kind: 'vote', choices });
  });
  it.each(BY_NAME)('%j votes for %j of three places', (text, choices) => {
    expect(understand(text, FOOD)).toMatchObject({ kind: 'vote', choices });
  });
  it.each(UNCLEAR)('%j names none of them for sure', (text) => {
    expect(understand(text, DAYS).kind).toBe('unknown');
  });
  it.each(['place', 'no sushi', 'sushi?'])('%j is no vote for a place', (text) => {
    expect(understand(text, FOOD).kind).toBe('unknown');
  });
  it('a name that two choices share votes for neither', () => {
    const twice: ReplyContext = {
      ctx: 'syncup',
      options: 2,
      optionLabels: ['Sat 10am', 'Sat 2pm'],
    };
    expect(understand('Saturday', twice)).toMatchObject({ kind: 'unknown', reason: 'ambiguous' });
    expect(understand('2pm', twice)).toMatchObject({ kind: 'vote', choices: [2] });
  });
});
