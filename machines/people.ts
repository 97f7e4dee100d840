/*
 * From contacts as an address book or a person gives them to people whom we can text: a clean name and
 * one E.164 number each. What is wrong is told by position and code, never by the value itself.
 */
import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { z } from 'zod';
import { cleanLine, clipLine } from './line.ts';

/** How many people one list may hold, and one submission may bring. */
export const MAX_PEOPLE = 200;
/** Longer names are cut: two of them and a title still fit into one SMS. */
export const MAX_NAME = 40;

const RawPhone = z.string().max(40);

/** One entry of an address book, or one line typed; of several numbers the first good one counts. */
export const Contact = z.strictObject({
  name: z.string().max(200),
  phone: RawPhone.optional(),
  phones: z.array(RawPhone).max(10).optional(),
});
export type Contact = z.output<typeof Contact>;
export const Contacts = z.array(Contact).max(MAX_PEOPLE);

/** One person whom we can text. */
export const Person = z.strictObject({
  name: z.string(),
  phone: z.string().regex(/^\+[1-9]\d{6,14}$/),
});
export type Person = z.output<typeof Person>;

export const CONTACT_PROBLEMS = [
  'no_phone',
  'invalid_phone',
  'duplicate',
  'already_member',
] as const;
export type ContactProblem = (typeof CONTACT_PROBLEMS)[number];

/** A contact that brings nobody new: which one of the submission, and why. */
export const SkippedContact = z.strictObject({
  index: z.int().min(0),
  code: z.enum(CONTACT_PROBLEMS),
});
export type SkippedContact = z.output<typeof SkippedContact>;

/** What a submission brings: every contact is either added or skipped. */
export type Intake = {
  readonly added: readonly Person[];
  readonly skipped: readonly SkippedContact[];
};

export type IntakeList = {
  /** ISO 3166-1 alpha-2; numbers without a + are read as numbers of this country. */
  readonly country: string;
  /** Who is on the list already. */
  readonly known: readonly Person[];
};

/**
 * Sorts a submission into people who are new to the list and contacts that are not: without a number
 * (`no_phone`), with none that could be dialed (`invalid_phone`), twice in it (`duplicate`), or on the
 * list before it (`already_member`).
 */
export function takeIn(contacts: readonly Contact[], list: IntakeList): Intake {
  const known = new Set(list.known.map(({ phone }) => phone));
  const seen = new Set<string>();
  const added: Person[] = [];
  const skipped: SkippedContact[] = [];
  for (const [index, contact] of contacts.entries()) {
    const phone = phoneOf(contact, list.country);
    const code = known.has(phone) ? 'already_member' : seen.has(phone) ? 'duplicate' : phone;
    if (isProblem(code)) {
      skipped.push({ index, code });
    } else {
      seen.add(phone);
      added.push({ name: nameOf(contact), phone });
    }
  }
  return { added, skipped };
}

const isProblem = (code: string): code is ContactProblem =>
  (CONTACT_PROBLEMS as readonly string[]).includes(code);

/** The first number of a contact that can be dialed, in E.164; else what is wrong. */
function phoneOf({ phone, phones = [] }: Contact, country: string): string {
  const given = [phone ?? '', ...phones].filter((raw) => raw.trim() !== '');
  if (given.length === 0) return 'no_phone' satisfies ContactProblem;
  return given.map((raw) => e164Of(raw, country)).find((e164) => e164 !== null) ?? 'invalid_phone';
}

/** A number as written (national, international, with an extension or `tel:`) in E.164; null if there is none. */
export function e164Of(raw: string, country: string): string | null {
  const parsed = isSupportedCountry(country)
    ? parsePhoneNumberFromString(raw, country satisfies CountryCode)
    : parsePhoneNumberFromString(raw);
  return parsed?.isValid() ? parsed.number : null;
}

/** Address books hold entries without a name; the list shows their number beside this word. */
const nameOf = ({ name }: Contact): string => clipLine(cleanLine(name), MAX_NAME) || 'Guest';
