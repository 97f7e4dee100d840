/**
 * What a webhook's answer makes Twilio send. XML and HTML types are read as TwiML; text/plain is
 * sent to the person as it is, which is why it is recorded here: a server that does so shows it.
 */
import type { WebhookAnswer } from './call-webhook.ts';

/** The bodies to be sent; `unreadable` for a content type that Twilio does not take (12300). */
export function repliesOf(answer: WebhookAnswer): readonly string[] | 'unreadable' {
  if (answer.body === '') return [];
  const type = answer.contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type === 'text/plain') return [answer.body];
  if (type !== 'text/xml' && type !== 'application/xml' && type !== 'text/html')
    return 'unreadable';
  return [...answer.body.matchAll(/<Message\b[^>]*>([\s\S]*?)<\/Message>/g)]
    .map(([, inner = '']) => /<Body\b[^>]*>([\s\S]*?)<\/Body>/.exec(inner)?.[1] ?? inner)
    .map(textOf)
    .filter((text) => text !== '');
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

const textOf = (xml: string): string =>
  xml
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|apos|amp);/g, (entity) => entities[entity] ?? entity)
    .trim();
