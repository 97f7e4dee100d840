import { describe, expect, test } from 'vitest';
import type { Held } from '../../machines/phone-line.model.ts';
import type { Texted } from '../../machines/replies.ts';
import { readAgainst } from '../../src/sms/prompts.ts';
import { routeOf, type Standing } from '../../src/sms/routing.ts';
import type { PromptRow } from '../../src/store/prompts.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 5, 1, 12);
const PHONE = '+14155550101';
const OWNER = '12121212-1212-4212-8212-121212121212';

const ids = {
  dinner: '66666666-6666-4666-8666-666666666601',
  hike: '66666666-6666-4666-8666-666666666602',
  poll: '66666666-6666-4666-8666-666666666603',
};

const asked = (
  id: string,
  state: PromptRow['state'] = 'open',
  changes: Partial<PromptRow> = {},
): PromptRow => ({
  phone: PHONE,
  id,
  ourNumber: '',
  organizerId: OWNER,
  kind: 'event',
  code: null,
  options: null,
  state,
  promptedAt: NOW - HOUR,
  closedAt: null,
  ...changes,
});
const ended = (id: string, state: PromptRow['state'], hoursAgo: number) =>
  asked(id, state, { closedAt: NOW - hoursAgo * HOUR });

const FRESH: Standing = { optedOut: false, answers: 0, questions: 0, repeats: false };

const textedOf = (body: string, prompts: readonly PromptRow[], media = 0): Texted => {
  const { readings, ...understood } = readAgainst({ body, media }, prompts);
  return {
    inboundId: '99999999-9999-4999-8999-999999999999',
    provider: 'emulator',
    parserVersion: '1.0.0',
    segments: 1,
    media,
    lengthBand: 'l1_10',
    phone: PHONE,
    readings: [...readings],
    optOutType: null,
    carrierHandlesOptOut: true,
    ...understood,
  };
};

const route = (
  body: string,
  prompts: readonly PromptRow[],
  of: Partial<Standing> & { readonly media?: number; readonly held?: Held | null } = {},
) =>
  routeOf({
    texted: textedOf(body, prompts, of.media),
    prompts,
    held: of.held ?? null,
    standing: { ...FRESH, ...of },
    at: NOW,
  });

const goesTo = (id: string, type: string, heard: Record<string, unknown> = {}) => ({
  route: 'invitation',
  sends: [{ to: id, owner: OWNER, event: { type, heard: expect.objectContaining(heard) } }],
});

describe('a reply', () => {
  test('goes to the one open invitation', () => {
    expect(route('Yes', [asked(ids.dinner)])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes', {
        intent: 'yes',
        routing: 'single',
        candidates: 1,
        mayAnswer: true,
      }),
    );
    expect(route('no', [asked(ids.dinner)])).toEqual(goesTo(ids.dinner, 'invitee.replied_no'));
  });

  test('goes there too when it is unclear', () => {
    expect(route('order a pizza', [asked(ids.dinner)])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_unclear', { intent: 'unknown', reason: 'no_match' }),
    );
    expect(route('maybe', [asked(ids.dinner)])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_unclear', { reason: 'maybe' }),
    );
  });

  test('I-21 that is a photo alone says so', () => {
    expect(route('', [asked(ids.dinner)], { media: 1 })).toEqual(
      goesTo(ids.dinner, 'invitee.replied_unclear', { reason: 'media_only' }),
    );
  });

  test('I-24 goes to an invitation whose invite is still on its way', () => {
    expect(route('yes', [asked(ids.dinner, 'queued')])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes'),
    );
  });

  test('I-20 that fits two open invitations is not guessed', () => {
    expect(route('yes', [asked(ids.dinner), asked(ids.hike)])).toMatchObject({
      route: 'ambiguous',
      candidates: 2,
      mayAnswer: true,
    });
  });

  test('goes to the poll when only a poll has numbers', () => {
    const poll = asked(ids.poll, 'open', { kind: 'syncup', options: 3 });
    expect(route('2', [asked(ids.dinner), poll])).toEqual({
      route: 'invitation',
      sends: [
        {
          to: ids.poll,
          owner: OWNER,
          event: { type: 'invitee.voted', heard: expect.anything(), choices: [2] },
        },
      ],
    });
  });

  test('to an invitation that was sent since the text was read takes the neutral reading', () => {
    const prompts = [asked(ids.dinner)];
    const texted = textedOf('yes', []);
    expect(routeOf({ texted, prompts, held: null, standing: FRESH, at: NOW })).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes'),
    );
  });

  test('I-14 amends an answer where nothing open fits', () => {
    expect(route('no', [ended(ids.dinner, 'answered', 3)])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_no'),
    );
    expect(route('no', [ended(ids.dinner, 'answered', 3), asked(ids.hike)])).toEqual(
      goesTo(ids.hike, 'invitee.replied_no'),
    );
  });

  test('I-10 B-21 comes late to an invitation that has timed out', () => {
    expect(route('yes', [ended(ids.dinner, 'timed_out', 60)])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes'),
    );
  });

  test('changes an old answer while the event is still to come', () => {
    expect(route('no', [ended(ids.dinner, 'answered', 200)])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_no'),
    );
    const both = [ended(ids.dinner, 'answered', 200), ended(ids.hike, 'timed_out', 100)];
    expect(route('no', both)).toMatchObject({ route: 'ambiguous', candidates: 2 });
    expect(
      route('no', [ended(ids.dinner, 'answered', 200), ended(ids.hike, 'answered', 2)]),
    ).toEqual(goesTo(ids.hike, 'invitee.replied_no'));
  });

  test('I-16 B-21 goes to the invitation that closed last, for a week', () => {
    const closed = [ended(ids.dinner, 'closed', 100), ended(ids.hike, 'closed', 20)];
    expect(route('yes', closed)).toEqual(goesTo(ids.hike, 'invitee.replied_yes'));
    expect(route('yes', [ended(ids.dinner, 'closed', 7 * 24)])).toEqual({ route: 'unmatched' });
  });

  test('I-19 of an unknown number answers nothing', () => {
    expect(route('yes', [])).toEqual({ route: 'unmatched' });
  });

  test('a bare yes of an opted-out phone is an opt-in; in a sentence it is an answer', () => {
    expect(route('YES!', [asked(ids.dinner)], { optedOut: true })).toEqual({
      route: 'opted_in',
      mayAnswer: true,
    });
    expect(route('yes, we will be there', [asked(ids.dinner)], { optedOut: true })).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes', { mayAnswer: false }),
    );
  });

  test('is not answered after three automatic answers within the hour', () => {
    expect(route('yes', [asked(ids.dinner)], { answers: 2 })).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes', { mayAnswer: true }),
    );
    expect(route('yes', [asked(ids.dinner)], { answers: 3 })).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes', { mayAnswer: false }),
    );
  });

  test('that says the very same again, and is not understood, is not answered again', () => {
    expect(route('order a pizza', [asked(ids.dinner)], { repeats: true })).toEqual(
      goesTo(ids.dinner, 'invitee.replied_unclear', { mayAnswer: false }),
    );
    expect(
      route('order a pizza', [asked(ids.dinner), asked(ids.hike)], { repeats: true }),
    ).toMatchObject({ route: 'ambiguous', mayAnswer: false });
    expect(route('yes', [asked(ids.dinner)], { repeats: true })).toEqual(
      goesTo(ids.dinner, 'invitee.replied_yes', { mayAnswer: true }),
    );
  });

  test('that is a word of the trade is answered out of the same three an hour', () => {
    expect(route('HELP', [], { answers: 2 })).toEqual({ route: 'help', mayAnswer: true });
    expect(route('HELP', [], { answers: 3 })).toEqual({ route: 'help', mayAnswer: false });
    expect(route('yes', [], { optedOut: true, answers: 3 })).toEqual({
      ...{ route: 'opted_in', mayAnswer: false },
    });
  });

  test('that asks for help is given the contact, where there is one', () => {
    const of = { prompts: [], held: null, standing: FRESH, at: NOW };
    const help = { ...of, texted: textedOf('HELP', []) };
    expect(routeOf({ ...help, helpContact: 'help@funlet.example' })).toEqual({
      ...{ route: 'help', mayAnswer: true, contact: 'help@funlet.example' },
    });
  });

  test('of a machine is not answered by a machine', () => {
    const auto = 'Automatic reply: I am out of office until Monday.';
    expect(route(auto, [asked(ids.dinner)])).toEqual(
      goesTo(ids.dinner, 'invitee.replied_unclear', { mayAnswer: false }),
    );
  });
});
