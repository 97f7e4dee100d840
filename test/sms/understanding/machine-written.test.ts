import { describe, expect, it } from 'vitest';
import {
  neutralReading,
  type ReplyContext,
  understand,
} from '../../../src/sms/understanding/index.ts';

const INVITE: ReplyContext = { ctx: 'event' };
const POLL: ReplyContext = { ctx: 'syncup', options: 3 };
const OURS = 'Sam: Picnic Sat 1pm? Reply YES or NO';

const REACTIONS = [
  [`Liked “${OURS}”`, 'reaction.like'],
  [`Loved “${OURS}”`, 'reaction.like'],
  [`Disliked “${OURS}”`, 'reaction.dislike'],
  [`Laughed at “${OURS}”`, 'reaction.other'],
  [`Emphasized “${OURS}”`, 'reaction.other'],
  [`Questioned “${OURS}”`, 'reaction.other'],
  [`Removed a heart from “${OURS}”`, 'reaction.removed'],
  [`Removed an exclamation from “${OURS}”`, 'reaction.removed'],
  [`Removed a question mark from “${OURS}”`, 'reaction.removed'],
  [`Reacted 🔥 to “${OURS}”`, 'reaction.other'],
  [`Reacted with a sticker to “${OURS}”`, 'reaction.other'],
  [`👍 to “${OURS}”`, 'reaction.like'],
  [`\u200a👍\u200a to “\u200a${OURS}\u200a” `, 'reaction.like'],
  [`👎 to “${OURS}”`, 'reaction.dislike'],
  [`❤️ to “${OURS}”`, 'reaction.like'],
  [`Le gustó “${OURS}”`, 'reaction.like'],
  [`A aimé « ${OURS} »`, 'reaction.like'],
] as const;

describe('a reaction', () => {
  it.each(REACTIONS)('%j moves nothing and is told apart', (text, rule) => {
    for (const context of [INVITE, POLL])
      expect(understand(text, context)).toMatchObject({ kind: 'unknown', rule });
  });
  it.each(REACTIONS)('%j tells routing what it points at', (text) => {
    expect(neutralReading(text).quoted).toBe(OURS);
  });
  it('a long text arrives cut and still is a reaction', () => {
    const cut = 'Loved “Sam: Picnic Sat 1pm? Reply YES or…';
    expect(understand(cut, INVITE).rule).toBe('reaction.like');
    expect(neutralReading(cut).quoted).toBe('Sam: Picnic Sat 1pm? Reply YES or');
  });
  it.each(['Liked an image', 'Loved a photo', 'Emphasized a movie', 'Laughed at an attachment'])(
    '%j has nothing to quote',
    (text) => expect(understand(text, INVITE).rule).toMatch(/^reaction\./u),
  );
  it.each(['Loved it!', 'Loved the last one, count me in', 'I liked “Dune”'])(
    '%j is typed by a person',
    (text) => expect(understand(text, INVITE).rule).not.toMatch(/^reaction\./u),
  );
});

const AUTOREPLIES = [
  "I'm driving with Do Not Disturb While Driving turned on. I'll see your message later.",
  '(I\'m not receiving notifications. If this is urgent, reply "urgent".)',
  'Auto-reply: yes, I am away until Monday',
  'I am currently out of the office with no access to email',
  'Thank you for your message. We will respond within 24 hours.',
  "Sorry, I can't talk right now.",
  "Can't talk now. What's up?",
  "I'll call you right back.",
  "I'm in a meeting, can I call you later?",
  'This number is no longer in service',
  'Free Msg: Unable to send message - Message Blocking is active.',
  "Hi, I'm on vacation until June 10. For urgent matters write to Bob.",
  'Respuesta automática: estoy fuera de la oficina',
];

describe('an automatic reply', () => {
  it.each(AUTOREPLIES)('%j is nobody’s answer', (text) => {
    expect(understand(text, INVITE)).toMatchObject({ kind: 'unknown', rule: 'autoreply' });
  });
  it('a person who is on the way is no machine', () => {
    expect(understand("I'm on my way", INVITE).kind).toBe('yes');
  });
});

describe('what surrounds an answer', () => {
  it.each([
    ['Yep!\n\nSent from my Galaxy', 'yes'],
    ['Nope\nGet Outlook for Android', 'no'],
    ['Nope\n-- \nJane Doe\nSales', 'no'],
    ['yep. Sent from my iPad', 'yes'],
    ['> Are you coming? Reply YES\nno', 'no'],
    ['yes\nOn Mon, Jun 1, Sam wrote:\n> no?', 'yes'],
  ] as const)('%j answers %j', (text, kind) => {
    expect(understand(text, INVITE).kind).toBe(kind);
  });
  it('a signature alone is no answer', () => {
    expect(understand('Sent from my iPhone', INVITE).kind).toBe('unknown');
  });
});
