/** A message and a page of messages as Twilio's REST API shows them. */
import type { CarrierMessage } from './memory.ts';

export const API = '/2010-04-01';

/** The Message resource; like Twilio's, with 0 segments until a messaging service has a sender. */
export function resourceOf(message: CarrierMessage, accountSid: string) {
  const hasSender = message.status !== 'accepted';
  return {
    sid: message.sid,
    account_sid: accountSid,
    api_version: '2010-04-01',
    direction: message.direction,
    from: hasSender ? message.from : null,
    to: message.to,
    body: message.body,
    status: message.status,
    error_code: message.errorCode,
    error_message: null,
    num_segments: String(hasSender ? message.segments : 0),
    num_media: String(message.media),
    messaging_service_sid: message.messagingServiceSid,
    price: null,
    price_unit: 'USD',
    date_created: dateOf(message.createdAt),
    date_sent: message.sentAt === null ? null : dateOf(message.sentAt),
    date_updated: dateOf(message.sentAt ?? message.createdAt),
    uri: `${API}/Accounts/${accountSid}/Messages/${message.sid}.json`,
    subresource_uris: {},
  };
}

export type ListQuery = Readonly<Record<string, string | undefined>>;

/** The newest first, filtered by To, From and DateSent (a day, or times with < and >). */
export function pageOf(all: readonly CarrierMessage[], query: ListQuery, accountSid: string) {
  const size = Math.min(1_000, Math.max(1, Number(query.PageSize) || 50));
  const page = Math.max(0, Number(query.Page) || 0);
  const matching = all.filter((message) => isListed(message, query)).reverse();
  const shown = matching.slice(page * size, (page + 1) * size);
  const uriOf = (n: number): string => {
    const params = Object.entries({ ...query, PageSize: `${size}`, Page: `${n}` });
    const given = params.filter((param): param is [string, string] => param[1] !== undefined);
    return `${API}/Accounts/${accountSid}/Messages.json?${new URLSearchParams(given)}`;
  };
  return {
    messages: shown.map((message) => resourceOf(message, accountSid)),
    page,
    page_size: size,
    start: page * size,
    end: page * size + shown.length - 1,
    uri: uriOf(page),
    first_page_uri: uriOf(0),
    next_page_uri: (page + 1) * size < matching.length ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
  };
}

function isListed(message: CarrierMessage, query: ListQuery): boolean {
  if (query.To !== undefined && message.to !== query.To) return false;
  if (query.From !== undefined && message.from !== query.From) return false;
  const { DateSent: day, 'DateSent>': after, 'DateSent<': before } = query;
  if (day === undefined && after === undefined && before === undefined) return true;
  // What is still queued has no DateSent, and then no filter by it finds it.
  if (message.sentAt === null) return false;
  const sentDay = new Date(message.sentAt).toISOString().slice(0, 10);
  if (day !== undefined && sentDay !== day.slice(0, 10)) return false;
  if (after !== undefined && message.sentAt < Date.parse(after)) return false;
  return before === undefined || message.sentAt <= Date.parse(before);
}

/** RFC 2822, in whole seconds. */
const dateOf = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');
