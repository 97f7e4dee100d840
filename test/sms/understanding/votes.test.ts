import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

/** Replies written for this test, " | " or a line break between two. */
const replies = (text: string) => text.trim().split(/\s*(?: \| |\n)\s*/u);
const POLL: ReplyContext = { ctx: 'syncup', options: 3 };
const FIRST = replies(`
  1 | number 1 | I'd pick 1 | first | the first one | sure, 1 | I can do 1 but not 2
  1 yes, 2 no | la primera | one | available for 1
`);
const SECOND = replies(`
  2 | (2) | #2 | # 2 | two | Two | TWO! | Option two | 2 please | 2 pls | 2 thanks | 2 for me
  2 works | 2 works best | 2 is best | I vote 2 | I choose 2 | go with 2 | Let's do 2
  I'm good with 2 | I can do 2 | vote 2 | vote for 2 | 2 👍 | 👍 2 | 2️⃣ | ② | ２ | second one
  the second | 2nd | 2, 2 | 2 and 2 | yes 2 | Yes, 2 | yes to 2 | Hi Sam, 2 | hey 2
  2, sorry for the late reply | 2 not 3 | 2 but not 3 | 2, not 3 | me 2 | dos | la dos | el 2
  opción 2 | la segunda | I can only do 2 | Only 2 | just 2 | 2 only | definitely 2 | 2 for sure
  2 sounds good | 2 is perfect | 2 would be great | 2 I guess | I like 2 | opt 2 | 2 🎉
`);
const THIRD = replies(`
  "3" | '3' | *3* | option #3 | choice 3 | my vote is 3 | I prefer 3 | 3rd option | the last one
  last | ok 3 | el último | wait, 3
`);
const FIRST_AND_THIRD = replies(`
  1️⃣ and 3️⃣ | 1 and 3 | 1 & 3 | 1, 3 | 1,3 | 1+3 | 1 + 3 | 1/3 | 3 and 1 | either 1 or 3
  I can do 1 and 3 | first and third | 1st or 3rd | yes for 1 and 3 | 1 and 3 but not 2
  uno y tres | 1 o 3 | la 1 y la 3 | 3 > 1 | Option 1 or option 3 | #1 and #3 | 1) and 3)
  1. 3. | 1&3
`);
const FIRST_TWO = replies(`
  1 2 | one or two | 1 or 2 works | both 1 and 2 | 1 and 2 both work | 1 and 2 work for me
  I can make 1 or 2 | options 1 and 2 | 1 first, then 2 | 1 or 2 is fine
`);
const LAST_TWO = replies(`
  2 or 3 | I'm free for 2 and 3 | 2 and 3 are good | 2;3
`);
const ALL = replies(`
  1,2,3 | 1, 2, and 3 | 1 2 3 | 1/2/3 | 1 & 2 & 3 | all | all of them | all work
  All three work for me | any | any of them | any works | I'm good with any | any day works
  cualquiera
`);
const NONE = replies(`
  none | none of them | None of these work | none work for me sorry | can't do any of those
  I can't make any of them | no | No thanks | nope | can't make it | not coming | ninguna
`);
const NO_VOTES = replies(`
  no. 2 | No 2 | 2. See you then | 2 - can't wait! | can't do 2, 1 is fine | 1 works, 2 doesn't
  not 2 or 3 | not 2, 3 | can't do 2 | 2 doesn't work | 2 doesn't work for me | 2 is bad for me
  I can't make 1 | anything but 2 | all but 1 | any except 3 | neither 1 nor 2 | never 2 | 4 | 0
  7 | 1 and 5 | 13 | 123 | 1-3 | 1 to 3 | 2.5 | 1.5 | 2pm | 2 pm | 2:30 | at 2 | before 2
  around 2 | 2ish | 2 people | 2 of us | +1 | $2 | 2 hours | in 2 weeks | June 2 | 6/2
  415-555-0102 | call me at 2 | room 2 | my 2 kids are sick | I have 2 jobs | see you 2 | me too
  to | too | for | won | is 2 still available? | what about 2? | which is 2 | maybe 2 | 2 maybe
  2 if I can | 2 or maybe 3 | probably 2 | 2 unless it rains | 1 yes 2 no | both | either
  doesn't matter | whatever | up to you | yes | Yes! | sounds good | ok | I'm in | what time?
  which one is Friday | A | Liked “Pick 1, 2 or 3” | 👍 to “Pick 1, 2 or 3”
  Disliked “Pick 1, 2 or 3” | the one | this one | 1st choice 2, 2nd choice 3 | actually 2
  change my vote to 2 | 2 actually 3 | 1and3 | 1y3
`);
const CHOICES = [
  [FIRST, [1]],
  [SECOND, [2]],
  [THIRD, [3]],
  [FIRST_TWO, [1, 2]],
  [FIRST_AND_THIRD, [1, 3]],
  [LAST_TWO, [2, 3]],
  [ALL, [1, 2, 3]],
] as const;
const VOTES = CHOICES.flatMap(([texts, choices]) => texts.map((text) => [text, choices] as const));

describe('a reply to a poll of three', () => {
  it.each(VOTES)('%j votes for %j', (text, choices) => {
    expect(understand(text, POLL)).toMatchObject({ kind: 'vote', choices });
  });
  it.each(NONE)('%j refuses every choice', (text) => {
    expect(understand(text, POLL).kind).toBe('no');
  });
  it.each(NO_VOTES)('%j is no vote', (text) => {
    expect(understand(text, POLL).kind).toBe('unknown');
  });
  it.each(['4', '0', '1 and 5'])('%j names a choice that is not there', (text) => {
    expect(understand(text, POLL)).toMatchObject({ kind: 'unknown', reason: 'out_of_range' });
  });
});

describe('a poll of another size', () => {
  it('takes "both" and "either" only where there are two choices', () => {
    const two: ReplyContext = { ctx: 'syncup', options: 2 };
    expect(understand('either one', two)).toMatchObject({ kind: 'vote', choices: [1, 2] });
    expect(understand('either one', POLL).kind).toBe('unknown');
  });
  it('takes "yes" as a vote where there is one choice, and asks back where there are more', () => {
    expect(understand('yes', { ctx: 'syncup', options: 1 })).toMatchObject({ choices: [1] });
    expect(understand('yes', POLL)).toMatchObject({ kind: 'unknown', reason: 'ambiguous' });
  });
  it('takes no second choice where one is allowed', () => {
    const single: ReplyContext = { ctx: 'syncup', options: 3, multi: false };
    expect(understand('1 and 3', single)).toMatchObject({
      ...{ kind: 'unknown', rule: 'vote.too_many', reason: 'multiple_intents' },
    });
    expect(understand('3', single)).toMatchObject({ kind: 'vote', choices: [3] });
  });
  it('reads a number where nothing is voted on as no answer', () => {
    expect(understand('2', { ctx: 'event' })).toMatchObject({ rule: 'number_without_poll' });
  });
});
