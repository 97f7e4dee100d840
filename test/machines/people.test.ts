import { describe, expect, test } from 'vitest';
import { cleanLine, clipLine, lineProblem } from '../../machines/line.ts';
import { e164Of, takeIn } from '../../machines/people.ts';

const nobody = { country: 'US', known: [] };

describe('a line of text', () => {
  test.each([
    [
      'a line break, which could forge a second invite',
      'Ana\r\nYou won: call',
      'Ana You won: call',
    ],
    ['a NUL, which Postgres refuses', 'A\u0000na', 'A na'],
    ['marks that turn the reading direction', '\u202Egnp.ana\u2066', 'gnp.ana'],
    ['zero widths', 'A\u200Bn\u2060a\uFEFF', 'Ana'],
    ['half of a surrogate pair', 'Ana\uD800', 'Ana'],
    ['Unicode line separators', 'Ana\u2028Bo', 'Ana Bo'],
    ['outer and double spaces', '  Ana   Bo ', 'Ana Bo'],
  ])('loses %s', (_what, raw, clean) => expect(cleanLine(raw)).toBe(clean));

  test('keeps letters of every script, accents and emoji', () => {
    expect(cleanLine('Zoë Ωμέγα 田中 🎉')).toBe('Zoë Ωμέγα 田中 🎉');
  });

  test('is measured and cut by characters, not by halves of them', () => {
    expect(lineProblem('🎉'.repeat(40), 40)).toBe(null);
    expect(lineProblem('🎉'.repeat(41), 40)).toBe('too_long');
    expect(lineProblem('', 40)).toBe('empty');
    expect(clipLine('🎉'.repeat(41), 40)).toBe('🎉'.repeat(40));
  });
});

describe('contacts become people', () => {
  test.each([
    ['national with punctuation', '(415) 555-0100', 'US', '+14155550100'],
    ['international', '+1 415 555 0100', 'DE', '+14155550100'],
    ['with a tel: prefix', 'tel:+1-415-555-0100', 'US', '+14155550100'],
    ['with an extension', '+1 415 555 2671 ext 5', 'US', '+14155552671'],
    ['in Arabic digits', '٤١٥٥٥٥٠١٠٠', 'US', '+14155550100'],
    ['with 00 for the +', '0014155550100', 'DE', '+14155550100'],
    ['of the organizer’s country', '0151 12345678', 'DE', '+4915112345678'],
    ['national in a country nobody knows', '(415) 555-0100', 'XX', null],
    ['a short code', '32665', 'US', null],
    ['letters', 'call me', 'US', null],
  ])('a number %s', (_how, raw, country, e164) => expect(e164Of(raw, country)).toBe(e164));

  test('each contact is added or skipped for one reason, told by its place', () => {
    const contacts = [
      { name: 'Ana', phone: '(415) 555-0100' },
      { name: 'Ana at work', phone: '+14155550100' },
      { name: 'Bo', phone: '12' },
      { name: 'Cy' },
      { name: 'Di', phones: ['', ' '] },
      { name: 'Ed', phone: '+14155550101' },
    ];
    const known = [{ name: 'Ed', phone: '+14155550101' }];
    expect(takeIn(contacts, { country: 'US', known })).toEqual({
      added: [{ name: 'Ana', phone: '+14155550100' }],
      skipped: [
        { index: 1, code: 'duplicate' },
        { index: 2, code: 'invalid_phone' },
        { index: 3, code: 'no_phone' },
        { index: 4, code: 'no_phone' },
        { index: 5, code: 'already_member' },
      ],
    });
  });

  test('the first number that can be dialed counts', () => {
    const contact = { name: 'Ana', phones: ['12', '+14155550100', '+14155550101'] };
    expect(takeIn([contact], nobody).added).toEqual([{ name: 'Ana', phone: '+14155550100' }]);
  });

  test('names are cleaned and cut; an entry without a name is a guest', () => {
    const named = (name: string) =>
      takeIn([{ name, phone: '+14155550100' }], nobody).added[0]?.name;
    expect(named('Ana\nReply STOP')).toBe('Ana Reply STOP');
    expect(named('x'.repeat(50))).toBe('x'.repeat(40));
    expect(named('\u200B ')).toBe('Guest');
  });
});
