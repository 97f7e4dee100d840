import { describe, expect, it } from 'vitest';
import { type ReplyContext, understand } from '../../../src/sms/understanding/index.ts';

const INVITE: ReplyContext = { ctx: 'event' };
const POLL: ReplyContext = { ctx: 'syncup', options: 3 };

describe('emoji', () => {
  it.each([
    ['👍🏽', 'yes'],
    ['👍👍👍', 'yes'],
    ['🙋‍♀️', 'yes'],
    ['👎', 'no'],
    ['🙅‍♂️', 'no'],
    ['🤷🏻‍♂️', 'maybe'],
    ['🎉', 'unknown'],
    ['👍👎', 'unknown'],
    ['thanks 👍', 'yes'],
    ['running late 👍', 'unknown'],
  ] as const)('%j alone means %j', (text, kind) => {
    expect(understand(text, INVITE).kind).toBe(kind);
  });
  it.each([
    ['no 👍', 'no'],
    ['yes 👎', 'yes'],
    ["can't come 😭", 'no'],
  ] as const)('words outrank them: %j is %j', (text, kind) => {
    expect(understand(text, INVITE).kind).toBe(kind);
  });
  it('keycaps are digits in a poll, thumbs no vote', () => {
    expect(understand('1️⃣ and 3️⃣', POLL)).toMatchObject({ choices: [1, 3] });
    expect(understand('②', POLL)).toMatchObject({ choices: [2] });
    expect(understand('👍', POLL).kind).toBe('unknown');
  });
});

describe('guests', () => {
  it.each([
    ['Yes +1', 1],
    ['yes + 2', 2],
    ['yes plus one', 1],
    ['Yes, party of 4', 3],
    ['yes, 2 of us', 1],
    ['We are in, 3 in total', 2],
    ["I'll be there with my wife", 1],
    ['yes and two friends', 2],
    ['sí, somos 3', 2],
    ['sí, con mi esposa', 1],
  ] as const)('%j brings %i', (text, guests) => {
    expect(understand(text, INVITE)).toMatchObject({ kind: 'yes', guests });
  });
  it.each(['Yes', 'Yes, bringing the kids', 'yes at 7', 'yes, party of 900'])(
    '%j names no number of guests',
    (text) => {
      const reading = understand(text, INVITE);
      expect(reading.kind).toBe('yes');
      expect(reading).not.toHaveProperty('guests');
    },
  );
  it('a no brings nobody', () => {
    expect(understand('no +1 from me', INVITE)).not.toHaveProperty('guests');
  });
});
