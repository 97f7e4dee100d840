import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAgainst } from '../../../src/sms/prompts.ts';
import {
  codedAnswers,
  neutralReading,
  type Reading,
  type ReplyContext,
  RULES,
  UNKNOWN_REASONS,
  understand,
} from '../../../src/sms/understanding/index.ts';
import type { PromptRow } from '../../../src/store/prompts.ts';

const KINDS = ['yes', 'no', 'vote', 'maybe', 'unknown', 'stop', 'start', 'help'];
const TOKENS = (
  'yes no not maybe if wait actually but i we can can\u2019t will be there in out down 1 2 3 13 2pm + # ? ! , . ( " > - ' +
  'so really very thanks please sorry stop texting me the sure ok sounds good works for neither all none s\u00ed no s\u00e9 ' +
  'y o \ud83d\udc4d \ud83d\udc4e \ud83e\udd37 Liked \u201c \u201d Friday saturday # option \n \u0130 \ufdfa \u0301 \ud800'
).split(' ');

const context: fc.Arbitrary<ReplyContext> = fc.oneof(
  fc.constantFrom<ReplyContext>({ ctx: 'event' }, { ctx: 'confirm' }, { ctx: 'none' }),
  fc.record({
    ctx: fc.constant('syncup' as const),
    options: fc.integer({ min: 0, max: 9 }),
    multi: fc.boolean(),
    optionLabels: fc.array(fc.constantFrom('Fri 7pm', 'Sat Jun 6, 12pm', 'Sushi', ''), {
      maxLength: 9,
    }),
  }),
);
const talk = fc
  .array(fc.constantFrom(...TOKENS), { maxLength: 60 })
  .map((tokens) => tokens.join(' '));
const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 2000 }), fc.string(), talk);

function isWellFormed(reading: Reading, { options = 0 }: ReplyContext): void {
  const { kind, choices, guests, reason, rule, certainty } = reading;
  expect(KINDS).toContain(kind);
  expect(RULES).toContain(rule);
  expect(choices !== undefined).toBe(kind === 'vote');
  expect(reason !== undefined).toBe(kind === 'maybe' || kind === 'unknown');
  if (reason !== undefined) expect(UNKNOWN_REASONS).toContain(reason);
  if (guests !== undefined) expect([kind, guests > 0, guests <= 20]).toEqual(['yes', true, true]);
  if (kind !== 'maybe' && kind !== 'unknown') expect(certainty).not.toBe('weak');
  const listed = [...(choices ?? [])];
  expect(listed).toEqual([...new Set(listed)].sort((a, b) => a - b));
  expect(listed.every((n) => Number.isInteger(n) && n >= 1 && n <= options)).toBe(true);
}

describe('any text at all', () => {
  it('gives one well-formed reading and never a vote out of range', () => {
    fc.assert(
      fc.property(anything, context, (text, open) => isWellFormed(understand(text, open), open)),
      { numRuns: 400 },
    );
  });
  it('gives the same reading every time', () => {
    fc.assert(
      fc.property(talk, context, (text, open) => {
        expect(understand(text, open)).toEqual(understand(text, open));
      }),
      { numRuns: 100 },
    );
  });
  it('gives a neutral reading whose code is one capital letter', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(neutralReading(text).code ?? 'A').toMatch(/^[A-Z]$/u);
      }),
      { numRuns: 200 },
    );
  });
  it('read against everything open, throws nothing and names no vote out of range', () => {
    const asked = (kind: PromptRow['kind'], options: number | null): PromptRow => ({
      ...{ phone: '', id: `${kind}${options}`, ourNumber: '', organizerId: '', kind, options },
      ...{ code: 'A', state: 'open', promptedAt: 0, closedAt: null },
      ...{ organizerName: 'Maya', title: 'Picnic' },
    });
    const prompts = [asked('event', null), asked('syncup', 3)];
    fc.assert(
      fc.property(anything, fc.nat(2), (body, media) => {
        const { readings, codes } = readAgainst({ body, media }, prompts);
        for (const { reading, coded } of readings) {
          expect(coded).toHaveLength(codes.length);
          for (const { choices } of [reading, ...coded])
            expect(choices.every((n) => n >= 1 && n <= 3)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
  it('that is no text at all is an empty one', () => {
    fc.assert(
      fc.property(fc.anything(), context, (value, open) => {
        const text = value as string;
        isWellFormed(understand(text, open), open);
        if (typeof value !== 'string') expect(understand(text, open).rule).toBe('empty');
        expect(codedAnswers(text).length).toBeLessThanOrEqual(4);
      }),
      { numRuns: 200 },
    );
  });
  it('of 1,600 characters is finished, whatever it repeats', () => {
    for (const token of [...TOKENS, '', 'maybe it could be', 'i am so really', 'my wife and', 'a1'])
      for (const gap of ['', ' ']) {
        const text = `${token}${gap}`.repeat(1600).slice(0, 1600);
        isWellFormed(understand(text, { ctx: 'event' }), { ctx: 'event' });
        const poll: ReplyContext = {
          ctx: 'syncup',
          options: 3,
          optionLabels: ['Fri', 'Sat', 'Sun'],
        };
        isWellFormed(understand(text, poll), poll);
      }
  });
});

describe('politeness', () => {
  const TAILS = ['thanks', 'thank you so much!', 'sorry', ':)', 'please', 'lol', '😊', 'have fun'];
  const ANSWERS = (
    'yes|Yep|sure|of course|I am in|count me in|see you there|sounds good|ok|can’t wait|no problem|sí|claro|' +
    'no|Nope|nah|no thanks|can’t make it|I am not coming|unfortunately not|I have to pass|absolutely not|no puedo'
  ).split('|');
  it.each(ANSWERS)('never turns %j around', (answer) => {
    const { kind } = understand(answer, { ctx: 'event' });
    expect(['yes', 'no']).toContain(kind);
    const opposite = kind === 'yes' ? 'no' : 'yes';
    for (const tail of TAILS)
      for (const text of [
        `${answer} ${tail}`,
        `${answer}, ${tail}`,
        `${answer}. ${tail}`,
        `${tail}, ${answer}`,
      ])
        expect(understand(text, { ctx: 'event' }).kind, text).not.toBe(opposite);
  });
  it('capitals and final marks change nothing', () => {
    for (const answer of ANSWERS)
      for (const text of [answer.toUpperCase(), `${answer}!!!`, `${answer}.`, ` ${answer} `])
        expect(understand(text, { ctx: 'event' }).kind, text).toBe(
          understand(answer, { ctx: 'event' }).kind,
        );
  });
});
