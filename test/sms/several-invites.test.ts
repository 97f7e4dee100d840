import { describe, expect, test } from 'vitest';
import type { Held, Route } from '../../machines/phone-line.model.ts';
import type { Texted } from '../../machines/replies.ts';
import { readAgainst } from '../../src/sms/prompts.ts';
import { routeOf, type Standing } from '../../src/sms/routing.ts';
import type { PromptRow } from '../../src/store/prompts.ts';

/** One phone with several open invites: the twelve rules of routing, where no chart is needed. */
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 1, 12);
const PHONE = '+14155550101';
const OWNER = '12121212-1212-4212-8212-121212121212';
const INBOUND = '99999999-9999-4999-8999-999999999999';
const idOf = (n: number) => `66666666-6666-4666-8666-66666666660${n}`;

const asked = (n: number, changes: Partial<PromptRow> = {}): PromptRow => ({
  ...{ phone: PHONE, id: idOf(n), ourNumber: '', organizerId: OWNER, kind: 'event' },
  ...{ code: null, options: null, organizerName: null, title: null, state: 'open' },
  ...{ promptedAt: NOW - n * HOUR, closedAt: null },
  ...changes,
});
const hike = asked(1, { code: 'B', organizerName: 'Sam', title: 'Morning hike' });
const dinner = asked(2, { code: 'A', organizerName: 'Maya', title: 'Dinner' });
const poll = asked(3, { code: 'D', kind: 'syncup', options: 3, organizerName: 'Lena' });
const two = [hike, dinner];

type Of = Partial<Standing> & { readonly held?: Held | null; readonly at?: number };

function route(body: string, prompts: readonly PromptRow[], of: Of = {}): Route {
  const { readings, codes, ...understood } = readAgainst({ body, media: 0 }, prompts);
  const texted: Texted = {
    ...{ inboundId: INBOUND, provider: 'emulator', parserVersion: '1.0.0', segments: 1, media: 0 },
    ...{ lengthBand: 'l1_10', phone: PHONE, readings: [...readings], codes: [...codes] },
    ...{ optOutType: null, carrierHandlesOptOut: true },
    ...understood,
  };
  const standing = { optedOut: false, answers: 0, questions: 0, repeats: false, ...of };
  return routeOf({ texted, prompts, held: of.held ?? null, standing, at: of.at ?? NOW });
}

/** Where it goes, in short: `yes 1 disambiguated`, with the number of the prompt. */
function went(found: Route): string {
  if (found.route !== 'invitation') return found.route;
  const say = ({ to, event }: (typeof found.sends)[number]) => {
    const { intent, routing } = event.heard as { intent: string; routing: string };
    return [intent, event.choices, to.at(-1), routing].filter(Boolean).join(' ');
  };
  return found.sends.map(say).join(' | ');
}

function heldAfter(found: Route, askedAt = NOW): Held {
  if (found.route !== 'ambiguous') throw new Error(`It was no question: ${found.route}.`);
  return {
    ...{ askedAt, listed: true },
    candidates: found.asked.map(({ id, code, reading }) => ({ id, code, reading })),
  };
}

describe('rule 5: a letter', () => {
  test.each([
    ['B yes', 'yes 1 disambiguated'],
    ['no A', 'no 2 disambiguated'],
    ['b: no, sorry', 'no 1 disambiguated'],
    ['B', 'unknown 1 disambiguated'],
  ])('picks its invite: %j', (body, expected) => {
    expect(went(route(body, two))).toBe(expected);
  });

  test('counts only while somebody has it', () => {
    expect(went(route('D yes', two))).toBe('ambiguous');
    expect(went(route('B yes', [dinner]))).toBe('unknown 2 single');
  });

  test('of a closed invite is not counted for another', () => {
    const closed = { ...hike, state: 'closed', closedAt: NOW - HOUR } as const;
    expect(went(route('B yes', [closed, dinner]))).toBe('yes 1 single');
  });

  test('of an answered invite changes its answer, unless an open one has it', () => {
    const answered = { ...dinner, state: 'answered', closedAt: NOW - HOUR } as const;
    expect(went(route('A no', [hike, answered]))).toBe('no 2 single');
    expect(went(route('A no', [{ ...hike, code: 'A' }, answered]))).toBe('no 1 single');
  });

  test('that two open invites have picks neither', () => {
    expect(went(route('B yes', [hike, { ...dinner, code: 'B' }]))).toBe('ambiguous');
  });

  test('is not looked for inside a sentence', () => {
    expect(went(route('a friend told me about it', two))).toBe('ambiguous');
  });
});

describe('two answers in one text', () => {
  test.each([
    ['A yes, B no', 'yes 2 disambiguated | no 1 disambiguated'],
    ['yes to A and no to B', 'yes 2 disambiguated | no 1 disambiguated'],
    ['A and B: yes', 'yes 2 disambiguated | yes 1 disambiguated'],
    ['yes to both', 'yes 1 disambiguated | yes 2 disambiguated'],
    ['B yes, D 2', 'yes 1 disambiguated | vote 2 3 disambiguated'],
  ])('%j', (body, expected) => {
    expect(went(route(body, [...two, poll]))).toBe(expected);
  });

  test('are logged as two messages, of which the first alone was charged', () => {
    const found = route('A yes, B no', two);
    if (found.route !== 'invitation') throw new Error('It was not understood.');
    const heard = found.sends.map(({ event }) => event.heard as Texted);
    expect(heard).toMatchObject([
      { inboundId: INBOUND, segments: 1 },
      { segments: 0, media: 0 },
    ]);
    expect(heard[1]?.inboundId).not.toBe(INBOUND);
  });

  const quiet = [{ mayAnswer: false }, { mayAnswer: false }];
  const answersTo = (body: string, prompts: readonly PromptRow[], of: Of = {}) => {
    const found = route(body, prompts, of);
    if (found.route !== 'invitation') throw new Error('It was not understood.');
    const noted = found.noted?.map(({ code, reading }) => `${code} ${reading.kind}`);
    return { noted, heard: found.sends.map(({ event }) => event.heard) };
  };

  test('are acknowledged in one text, if the hour has one left', () => {
    expect(answersTo('B no, A yes', two, { answers: 2 })).toMatchObject({
      ...{ noted: ['A yes', 'B no'], heard: quiet },
    });
    const none = answersTo('B no, A yes', two, { answers: 3 });
    expect(none.noted).toBeUndefined();
    expect(none.heard).toMatchObject(quiet);
  });

  test('are answered each where one does not count, as far as the hour goes', () => {
    const closed = { ...hike, state: 'closed', closedAt: NOW - HOUR } as const;
    const found = answersTo('A yes, B no', [closed, dinner], { answers: 2 });
    expect(found.noted).toBeUndefined();
    expect(found.heard).toMatchObject([{ mayAnswer: true }, { mayAnswer: false }]);
  });

  test('"we both come" is about people, not about invites', () => {
    expect(went(route('yes, we both come', two))).toBe('ambiguous');
  });
});

describe('rule 6: what fits', () => {
  test.each([
    ['2', 'vote 2 3 single'],
    ['7', 'ambiguous'],
    ['yes', 'ambiguous'],
  ])('%j of two invites and a poll of three', (body, expected) => {
    expect(went(route(body, [...two, poll]))).toBe(expected);
  });

  test.each([
    ['yes Sam!', 'yes 1 disambiguated'],
    ['yes to the hike', 'yes 1 disambiguated'],
    ['no to dinner', 'no 2 disambiguated'],
    ['yes to Sam and Maya', 'ambiguous'],
    ['> Funlet: Maya invites you to Dinner. Reply YES\nyes', 'yes 2 single'],
    ['Liked “Funlet: Sam invites you to Morning hike, Sat. Reply YES or NO”', 'unknown 1 single'],
  ])('a name or a quote narrows: %j', (body, expected) => {
    expect(went(route(body, two))).toBe(expected);
  });

  test.each([
    ["yes but I'll come after dinner", 'ambiguous'],
    ['no, cooking dinner for the kids', 'ambiguous'],
    ['yes for dinner please', 'yes 2 disambiguated'],
    ['Dinner: no', 'no 2 disambiguated'],
    ['yes, the morning hike sounds great', 'yes 1 disambiguated'],
    ['I will hike in the morning, yes', 'yes 1 disambiguated'],
  ])('one word of a title in a sentence does not, two or the whole do: %j', (body, expected) => {
    expect(went(route(body, two))).toBe(expected);
  });

  describe('of an answered invite, beside an open one', () => {
    const answered = { ...dinner, state: 'answered', closedAt: NOW - HOUR } as const;
    const open = { ...hike, title: 'Beach hike' };
    const both = [open, answered];

    test.each([
      ['yes Maya', 'yes 2 disambiguated'],
      ['no to dinner', 'no 2 disambiguated'],
      ['yes to the hike', 'yes 1 single'],
      ['yes, love a hike', 'yes 1 single'],
      ['yes, a hike and then dinner', 'yes 1 single'],
      ['yes Sam', 'yes 1 single'],
      ['no', 'no 1 single'],
    ])('goes by what is named: %j', (body, expected) => {
      expect(went(route(body, both))).toBe(expected);
    });

    test('is never counted for the open one where a word of the other is in it, but asked about', () => {
      const bodies = (word: string) => [
        ...[`no can't make ${word} anymore`, `yes but I'll come after ${word}`],
        ...[`no, something came up before ${word}`, `${word} is off for me, no`],
        ...[`Yes! ${word} was great btw`, `can't do ${word}`],
      ];
      for (const state of ['answered', 'timed_out'] as const) {
        for (const title of ['Dinner', 'Farewell brunch', 'Karaoke']) {
          const other = { ...answered, state, title };
          for (const body of bodies(title.split(' ').at(-1)?.toLowerCase() ?? '')) {
            const found = route(body, [open, other]);
            expect([body, went(found)]).toEqual([body, 'ambiguous']);
            expect(heldAfter(found).candidates.map(({ id }) => id)).toEqual([other.id, open.id]);
          }
        }
      }
    });

    test('is asked about with its letter, by which it is changed', () => {
      const found = route("no can't make dinner anymore", both);
      expect(found).toMatchObject({ candidates: 2, mayAnswer: true });
      const held = heldAfter(found);
      expect(went(route('A', both, { held }))).toBe('no 2 disambiguated');
      expect(went(route('dinner', both, { held }))).toBe('no 2 disambiguated');
    });

    test('is no answer of its own kind: a number goes to the poll only if nobody else is named', () => {
      expect(went(route('2', [poll, answered]))).toBe('vote 2 3 single');
      expect(went(route('2, Maya', [poll, answered]))).toBe('ambiguous');
    });
  });

  test('a name that is a word of answers does not', () => {
    const will = { ...hike, organizerName: 'Will' };
    expect(went(route('yes I will', [will, dinner]))).toBe('ambiguous');
  });
});

describe('rule 7: an answered invite', () => {
  test('is amended only where no open one fits', () => {
    const answered = { ...dinner, state: 'answered', closedAt: NOW - HOUR } as const;
    expect(went(route('no', [hike, answered]))).toBe('no 1 single');
    expect(went(route('no', [poll, answered]))).toBe('no 3 single');
    expect(went(route('yes', [poll, answered]))).toBe('yes 2 single');
  });
});

describe('rule 8: a question', () => {
  test('names every candidate by its own letter, oldest first', () => {
    expect(route('yes', two)).toMatchObject({
      route: 'ambiguous',
      candidates: 2,
      mayAnswer: true,
      asked: [
        { id: dinner.id, code: 'A', organizerName: 'Maya', title: 'Dinner' },
        { id: hike.id, code: 'B', organizerName: 'Sam', title: 'Morning hike' },
      ],
    });
  });

  test('deals letters where they are missing or taken twice', () => {
    const codes = (...prompts: readonly PromptRow[]) => {
      const found = route('yes', prompts);
      return found.route === 'ambiguous' ? found.asked.map(({ code }) => code) : [];
    };
    expect(codes({ ...hike, code: null }, dinner)).toEqual(['A', 'B']);
    expect(codes(hike, { ...dinner, code: 'B' })).toEqual(['A', 'D']);
  });

  test('is answered by the letter alone: what was said before is counted', () => {
    const held = heldAfter(route('yes', two));
    expect(went(route('A', two, { held }))).toBe('yes 2 disambiguated');
    expect(went(route('b!', two, { held }))).toBe('yes 1 disambiguated');
  });

  test('is answered by letter and answer, by a name, and by "both"', () => {
    const held = heldAfter(route('yes', two));
    expect(went(route('A no', two, { held }))).toBe('no 2 disambiguated');
    expect(went(route('A yes, B no', two, { held }))).toBe(
      'yes 2 disambiguated | no 1 disambiguated',
    );
    expect(went(route("Sam's", two, { held }))).toBe('yes 1 disambiguated');
    expect(went(route('both', two, { held }))).toBe('yes 1 disambiguated | yes 2 disambiguated');
    expect(went(route('A and B', two, { held }))).toBe('yes 2 disambiguated | yes 1 disambiguated');
  });

  test('with letters of its own goes by them', () => {
    const same = [
      { ...hike, code: 'B' },
      { ...dinner, code: 'B' },
    ];
    const held = heldAfter(route('yes', same));
    expect(went(route('A', same, { held }))).toBe('yes 2 disambiguated');
    expect(went(route('D', same, { held }))).toBe('yes 1 disambiguated');
  });

  test('waits for a day', () => {
    const held = heldAfter(route('yes', two));
    expect(went(route('A', two, { held, at: NOW + 23 * HOUR }))).toBe('yes 2 disambiguated');
    expect(went(route('A', two, { held, at: NOW + 24 * HOUR }))).toBe('unknown 2 disambiguated');
  });

  test('another complete answer replaces what waited; an unclear message does not', () => {
    const held = heldAfter(route('yes', two));
    const kinds = (found: Route) => heldAfter(found).candidates.map(({ reading }) => reading.kind);
    expect(kinds(route('no', two, { held }))).toEqual(['no', 'no']);
    expect(kinds(route('what?', two, { held }))).toEqual(['yes', 'yes']);
  });

  test('is put twice a day, whatever else the phone was answered within the hour', () => {
    expect(route('yes', two, { questions: 1 })).toMatchObject({ mayAnswer: true });
    expect(route('yes', two, { questions: 2 })).toMatchObject({ mayAnswer: false });
    expect(route('yes', two, { answers: 3 })).toMatchObject({ mayAnswer: true });
  });

  test('is answered by a place in the list that was sent, also where that could be a vote', () => {
    const asked = [poll, dinner];
    const held = heldAfter(route('no', asked));
    expect(held.candidates.map(({ code }) => code)).toEqual(['A', 'D']);
    const says = (body: string, prompts: readonly PromptRow[], of: Of = { held }) =>
      went(route(body, prompts, of));
    for (const body of ['the first one', '1st', 'First!', 'el primero']) {
      expect(says(body, asked)).toBe('no 2 disambiguated');
    }
    expect(says('the last one please', asked)).toBe('no 3 disambiguated');
    expect(says('the third one', asked)).toBe('vote 3 3 single');
    expect(says('the first one', asked, {})).toBe('vote 1 3 single');
    expect(says('the first one', asked, { held: { ...held, listed: false } })).toBe(
      'vote 1 3 single',
    );
    const newer = { ...poll, promptedAt: NOW + 1 };
    expect(says('the first one', [newer, dinner])).toBe('vote 1 3 single');
  });

  test('is about nine at most, the newest', () => {
    const many = Array.from({ length: 12 }, (_, n) => asked(n % 10, { promptedAt: NOW - n }));
    const distinct = many.map((prompt, n) => ({
      ...prompt,
      id: `66666666-6666-4666-8666-6666666666${String(n).padStart(2, '0')}`,
    }));
    const found = route('yes', distinct);
    expect(found).toMatchObject({ route: 'ambiguous', candidates: 12 });
    expect(
      heldAfter(found)
        .candidates.map(({ code }) => code)
        .join(''),
    ).toBe('ABDEFGHJL');
  });
});

describe('rule 9: nothing open', () => {
  test('goes to what closed last, else nowhere', () => {
    const closed = { ...dinner, state: 'closed', closedAt: NOW - HOUR } as const;
    expect(went(route('yes', [closed]))).toBe('yes 2 single');
    expect(went(route('yes', []))).toBe('unmatched');
  });
});
