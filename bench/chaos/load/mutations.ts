/*
 * Webhooks that no carrier sends: real ones, spoiled in one to three places, half of them signed for what
 * they have become. What may come back is in `isFine`: never an error of ours, and never a word that a
 * carrier would send on to a person.
 */
import { stringify } from 'node:querystring';
import twilio from 'twilio';
import type { Random } from '../parts/random.ts';

export type Target = {
  /** The address that a right request is signed for. */
  readonly publicUrl: string;
  readonly accountSid: string;
  readonly token: string;
  readonly ownNumber: string;
};

export type Mutation = {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
};

type Draft = { path: string; method: string; type: string; fields: Record<string, string> };

const PATHS = [
  ...['/webhooks/twilio/sms', '/webhooks/twilio/sms/fallback', '/webhooks/twilio/status'],
  '/webhooks/twilio/status?m=66666666-6666-4666-8666-666666666666',
] as const;
const TEXTS = [
  ...[
    '',
    'yes',
    'A yes, B no',
    'STOP',
    'a\u0000b',
    '\ufffd',
    '\u202eevil',
    '%00',
    '%ff%fe',
    '🙃'.repeat(300),
  ],
  ...["'; drop table phones;--", '<script>', '{"__proto__":{}}', 'x'.repeat(1600), '7'.repeat(400)],
  ...[
    'Liked “Funlet: Sam invites you”',
    '\n\n\t',
    'ﷺ'.repeat(400),
    '+14155550100',
    '0',
    '-1',
    '1e400',
    'null',
  ],
] as const;
const KEYS = [
  ...['MessageSid', 'AccountSid', 'From', 'To', 'Body', 'NumMedia', 'NumSegments', 'OptOutType'],
  ...['MessageStatus', 'ErrorCode', 'ErrorUrl', 'MediaUrl0', 'AddOns', 'AddOns[x]', 'Body[]'],
  ...['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'MessagingServiceSid', ''],
] as const;
const TYPES = [
  ...['application/json', 'text/plain', 'multipart/form-data; boundary=x', ''],
  ...['application/x-www-form-urlencoded; charset=latin1', 'APPLICATION/X-WWW-FORM-URLENCODED'],
] as const;
const FORM = 'application/x-www-form-urlencoded; charset=UTF-8';

type Spoil = (draft: Draft, random: Random) => void;
const spoils: readonly Spoil[] = [
  ...Array.from(
    { length: 6 },
    (): Spoil => (draft, random) => {
      // As an own field, also where it is `__proto__`.
      const own = {
        value: random.pick(TEXTS),
        enumerable: true,
        configurable: true,
        writable: true,
      };
      Object.defineProperty(draft.fields, random.pick(KEYS), own);
    },
  ),
  (draft, random) => void delete draft.fields[random.pick(KEYS)],
  (draft, random) => {
    draft.path = random.pick([...PATHS, '/webhooks/twilio/sms?x=%', '/webhooks/twilio//sms']);
  },
  (draft, random) => {
    draft.method = random.pick(['GET', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH']);
  },
  (draft, random) => {
    draft.type = random.pick(TYPES);
  },
  (draft, random) => {
    for (let n = 0; n < random.int(150, 400); n += 1) draft.fields[`Extra${n}`] = 'x';
  },
];

/** The next spoiled webhook. */
export function nextMutation(target: Target, random: Random): Mutation {
  const draft: Draft = {
    ...{ path: random.pick(PATHS), method: 'POST', type: FORM },
    fields: fieldsOf(target, random),
  };
  for (let n = random.int(1, 3); n > 0; n -= 1) random.pick(spoils)(draft, random);
  const url = target.publicUrl + draft.path;
  const text = stringify(draft.fields);
  const isSigned = random.int(0, 1) === 1;
  const signature = isSigned
    ? twilio.getExpectedTwilioSignature(target.token, url, draft.fields)
    : random.pick(['', 'AAAA', 'x'.repeat(4_000), twilioLike(target, url)]);
  const body = random.int(0, 9) === 0 ? spoiledBytes(text, random) : text;
  return {
    ...{ path: draft.path, method: draft.method },
    headers: {
      ...(draft.type === '' ? {} : { 'content-type': draft.type }),
      'x-twilio-signature': signature,
    },
    body: draft.method === 'GET' || draft.method === 'HEAD' ? undefined : body,
  };
}

/** Whether a request was answered as a bad one may be. */
export const isFine = (of: { readonly status: number; readonly type: string }): boolean =>
  of.status < 500 && !(of.status < 300 && of.type.startsWith('text/plain'));

const twilioLike = ({ token }: Target, url: string): string =>
  twilio.getExpectedTwilioSignature(`${token}x`, url, {});

function fieldsOf({ accountSid, ownNumber }: Target, random: Random): Record<string, string> {
  const sid = `SM${Array.from({ length: 32 }, () => random.int(0, 15).toString(16)).join('')}`;
  const person = `+1206234${String(random.int(0, 99)).padStart(4, '0')}`;
  return {
    ...{ MessageSid: sid, AccountSid: accountSid, From: person, To: ownNumber },
    ...{ Body: random.pick(TEXTS), NumMedia: '0', NumSegments: '1', MessageStatus: 'sent' },
    ...{ ApiVersion: '2010-04-01', FromCity: '' },
  };
}

function spoiledBytes(text: string, random: Random): Uint8Array {
  const bytes = Buffer.from(text);
  const at = random.int(0, Math.max(0, bytes.length - 1));
  return random.pick([
    bytes.subarray(0, at),
    Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff, 0xfe, 0x00]), bytes.subarray(at)]),
    Buffer.concat([bytes, Buffer.alloc(70_000, 0x61)]),
  ]);
}
