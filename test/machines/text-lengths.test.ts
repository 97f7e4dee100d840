/* No text of ours takes more than three SMS, whatever people call themselves and what they do. */
import { describe, expect, test } from 'vitest';
import { templates as eventTexts } from '../../machines/event-invitation.copy.ts';
import type { Context as EventContext } from '../../machines/event-invitation.model.ts';
import { whichText } from '../../machines/phone-line.copy.ts';
import type { Reading } from '../../machines/replies.ts';
import { templates as voteTexts } from '../../machines/syncup-invitation.copy.ts';
import type { Context as VoteContext } from '../../machines/syncup-invitation.model.ts';
import { fitting } from '../../machines/text.copy.ts';
import { segmentsOf } from '../../src/sms/carrier/segments.ts';

const WHEN = 'Wed Nov 25 2026, 7:30 PM';
const reading: Reading = {
  ...{ kind: 'yes', choices: [], guests: null, reason: null, rule: 'none' },
};
const NINE = Array.from({ length: 9 }, (_, n) => n + 1);

const costOf = (body: string): number => segmentsOf(body).segments;
const costs = (templates: object, context: object): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(templates).map(([id, say]) => [
      id,
      costOf((say as (of: object) => string)(context)),
    ]),
  );

describe.each([
  ['plain', 'x'],
  ['letters that cost two', '{'],
  ['another script', '\u674e'],
  ['letters with marks', 'e\u0323\u0302'],
])('names of forty letters, %s', (_what, letter) => {
  const long = letter.repeat(40);
  const names = { organizerName: long, title: long, code: 'B', codeShown: true };

  test('of an event', () => {
    const context = { ...names, whenText: WHEN, place: long } as unknown as EventContext;
    for (const cost of Object.values(costs(eventTexts, context))) expect(cost).toBeLessThan(4);
  });

  test.each([
    ['words', long, null],
    ['times', null, WHEN],
    ['both', long, WHEN],
  ])('of a vote on nine %s', (_of, label, whenText) => {
    const options = NINE.map(() => ({ label, whenText }));
    const votes = { options, voting: 'multi', choices: NINE };
    const context = { ...names, ...votes } as unknown as VoteContext;
    for (const [id, cost] of Object.entries(costs(voteTexts, context)))
      expect(cost, id).toBeLessThan(4);
  });

  test('of nine invites, of which one is meant', () => {
    const asked = [...'ABDEFGHJL'].map((code) => ({ ...names, id: code, code, reading }));
    const body = whichText(asked);
    expect(costOf(body)).toBeLessThan(4);
    for (const { code } of asked) expect(body).toContain(`${code}: `);
  });
});

test('a wording of 159 letters with brackets, which cost two, yields to one that is one SMS', () => {
  const lettered = `[B] ${'a'.repeat(155)}`;
  expect(segmentsOf(lettered).segments).toBe(2);
  expect(fitting([lettered, '[B] Reply B YES or B NO'])).toBe('[B] Reply B YES or B NO');
});
