/* Inbound texts as Twilio posts them: signed for an account, each under a sid of its own. */
import { randomBytes } from 'node:crypto';
import { stringify } from 'node:querystring';
import twilio from 'twilio';
import { requestBytes } from './http-load.ts';

export const ACCOUNT = {
  accountSid: `AC${'b'.repeat(32)}`,
  authToken: 'c'.repeat(32),
  number: '+14155550100',
  /** The address that signatures are made for; nobody calls it. */
  publicUrl: 'https://bench.example',
} as const;

const PATH = '/webhooks/twilio/sms';

export function signedText(host: string, { from, body }: { from: string; body: string }): string {
  const fields = {
    MessageSid: `SM${randomBytes(16).toString('hex')}`,
    AccountSid: ACCOUNT.accountSid,
    From: from,
    To: ACCOUNT.number,
    Body: body,
    NumMedia: '0',
    NumSegments: '1',
    FromCountry: 'US',
    ToCountry: 'US',
    ApiVersion: '2010-04-01',
  };
  const url = ACCOUNT.publicUrl + PATH;
  return requestBytes(host, {
    path: PATH,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
      'X-Twilio-Signature': twilio.getExpectedTwilioSignature(ACCOUNT.authToken, url, fields),
    },
    body: stringify(fields),
  });
}
