/**
 * The carrier over the real `twilio` client: Twilio itself, or a look-alike at `apiUrl`. It sends
 * once and says how it went; repeating is decided elsewhere.
 */
import twilio from 'twilio';
import { ApiClient } from './api-client.ts';
import type { Carrier, FindScope, FoundText, OutboundText, SendOutcome } from './carrier.ts';
import { failureOf } from './failure.ts';
import { segmentsOf, smartEncoded } from './segments.ts';

export type TwilioCarrierDeps = {
  readonly accountSid: string;
  readonly authToken: string;
  /** Our own address as Twilio sees it: status callbacks go there. */
  readonly publicUrl: string;
  readonly sender: { readonly messagingServiceSid: string } | { readonly from: string };
  /** Another base URL, for look-alikes; absent: Twilio's. */
  readonly apiUrl?: string;
  readonly provider: Carrier['provider'];
  readonly handlesOptOut: boolean;
  /** Epoch ms. */
  readonly now: () => number;
  readonly timeoutMs?: number;
};

type Client = ReturnType<typeof twilio>;

export function createTwilioCarrier(deps: TwilioCarrierDeps): Carrier {
  const httpClient = new ApiClient(deps.apiUrl, deps.timeoutMs);
  const client = twilio(deps.accountSid, deps.authToken, { httpClient });
  return {
    provider: deps.provider,
    handlesOptOut: deps.handlesOptOut,
    send: (text, mayLeave) => httpClient.guarded(mayLeave, () => send(client, deps, text)),
    find: (text, scope) => find(client, text, scope),
  };
}

async function send(
  client: Client,
  deps: TwilioCarrierDeps,
  text: OutboundText,
): Promise<SendOutcome> {
  const begunAt = deps.now();
  try {
    const message = await client.messages.create({
      to: text.to,
      body: text.body,
      ...deps.sender,
      ...(text.from === undefined ? {} : { from: text.from }),
      smartEncoded: true,
      statusCallback: statusCallbackOf(deps.publicUrl, text.textId),
    });
    if (!message.sid) return { kind: 'unknown' };
    return {
      kind: 'accepted',
      sid: message.sid,
      status: message.status,
      // With a messaging service Twilio says 0 until the sender is chosen.
      segments: Number(message.numSegments) || segmentsOf(text.body).segments,
      providerMs: Math.max(0, deps.now() - begunAt),
      from: message.from || null,
    };
  } catch (error) {
    return failureOf(error);
  }
}

/** The text's own id travels in the callback's address: a callback may come before the sid does. */
const statusCallbackOf = (publicUrl: string, textId: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/webhooks/twilio/status?m=${encodeURIComponent(textId)}`;

/** Their clock and ours differ, and their times have whole seconds. */
const CLOCK_SLACK_MS = 120_000;

/** One person gets few texts: this reaches back for months. */
const NEWEST_TO_READ = 200;

/**
 * Lists by `To` alone: a message still queued has no DateSent and a filter by it could hide the
 * very one we look for. The newest come first.
 */
async function find(
  client: Client,
  text: OutboundText,
  scope: FindScope,
): Promise<FoundText | undefined> {
  const listed = await client.messages
    .list({ to: text.to, pageSize: 50, limit: NEWEST_TO_READ })
    .catch((error: unknown) => {
      const failure = failureOf(error);
      const status = 'httpStatus' in failure ? failure.httpStatus : null;
      throw new Error(
        `The carrier's list of messages could not be read (HTTP ${status ?? 'without an answer'}): ask again later.`,
      );
    });
  const match = listed
    .filter((message) => message.direction.startsWith('outbound'))
    .filter((message) => message.dateCreated.getTime() >= scope.since - CLOCK_SLACK_MS)
    .filter((message) => !scope.knownSids.has(message.sid))
    .filter((message) => isSameBody(message.body, text.body))
    .at(-1);
  if (match === undefined) return undefined;
  const { sid, status, errorCode } = match;
  return { sid, status, providerCode: errorCode || null, from: match.from || null };
}

/** Trial accounts put a sentence of their own before the body. */
const TRIAL_PREFIX = 'Sent from your Twilio trial account - ';

function isSameBody(theirs: string, ours: string): boolean {
  const bare = theirs.startsWith(TRIAL_PREFIX) ? theirs.slice(TRIAL_PREFIX.length) : theirs;
  return bare === ours || smartEncoded(bare) === smartEncoded(ours);
}
