import { expect, test } from 'vitest';
import { repliesOf } from '../../../src/sms/local-carrier/twiml.ts';

const answer = (contentType: string, body: string) =>
  repliesOf({ end: 'answered', status: 200, attempts: 1, contentType, body });

test('TwiML messages are sent, with and without a Body', () => {
  const twiml =
    '<?xml version="1.0"?><Response><Message>A &amp; B</Message><Message to="+1"><Body>C &lt; D</Body></Message></Response>';
  expect(answer('text/xml; charset=utf-8', twiml)).toEqual(['A & B', 'C < D']);
});

test('an empty response sends nothing', () => {
  expect(answer('text/xml', '<Response></Response>')).toEqual([]);
  expect(answer('', '')).toEqual([]);
});

test('plain text is sent to the person', () => {
  expect(answer('text/plain; charset=utf-8', 'OK')).toEqual(['OK']);
});

test('another content type cannot be read', () => {
  expect(answer('application/json', '{}')).toBe('unreadable');
});
