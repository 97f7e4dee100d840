/*
 * The job behind a text: one try to send it. It asks the phone's wish last of all before it sends,
 * and the carrier first of all where the text may have gone out already. What to do next is the
 * text's own decision.
 */

import { isFinal } from '../../machines/text.delivery.ts';
import type { SendTextInput, SendTextOutput } from '../../machines/text.model.ts';
import { type Ask, askTogether, type JobScope } from '../engine/index.ts';
import { sidsTo } from '../store/messages.ts';
import { zoneOf } from '../store/organizers.ts';
import type { Sql } from '../store/orm.ts';
import { areOptedOut } from '../store/phones.ts';
import type { Carrier, FoundText, OutboundText } from './carrier/carrier.ts';
import { segmentsOf } from './carrier/segments.ts';
import { quietUntil } from './quiet-hours.ts';
import { isLoss, type OnLost, reportOf, stopsAll } from './reports.ts';
import type { Senders } from './senders.ts';
import type { Standstill } from './standstill.ts';
import { type Wording, wordingOf } from './wording.ts';

export type SendTextDeps = {
  readonly carrier: Carrier;
  readonly sql: Sql;
  readonly senders: Senders;
  /** True while nothing may be sent: what was sent before is still looked for. */
  readonly isPaused: () => boolean;
  /** Of the carrier, while it takes nothing from us. */
  readonly standstill: Standstill;
  /** Told of one that is found to be lost at the carrier: no callback has said so. */
  readonly onLost: OnLost;
  /** Whether texts that are no answers wait for the day. */
  readonly quietHours: boolean;
  /** Epoch ms. */
  readonly now: () => number;
};

type Scope = Pick<JobScope, 'attempt' | 'mayStillAct'>;
type Sending = SendTextDeps & {
  readonly ask: Ask;
  readonly wording: Wording;
};

/** Job actor `sendText`. `attempt` is 1 the first time and more after a lapsed lease. */
export function sendText(
  deps: SendTextDeps,
): (input: SendTextInput, scope: Scope) => Promise<SendTextOutput> {
  const sending = { ...deps, ask: askTogether(deps.sql), wording: wordingOf(deps) };
  return (input, scope) => send(sending, input, scope);
}

/** What a try says of the carrier; undefined where nothing was to be sent just now. */
export function textTold(output: SendTextOutput) {
  if (output.kind === 'accepted') return { ok: true, providerMs: output.providerMs };
  const reachedCarrier = ['rejected', 'retry', 'unknown'].includes(output.kind);
  return reachedCarrier ? { ok: false } : undefined;
}

async function send(deps: Sending, input: SendTextInput, scope: Scope): Promise<SendTextOutput> {
  const { attempt: tries, mayStillAct } = scope;
  if (typeof input.sid === 'string') {
    const { sid, ourNumber } = input;
    const known = { sid, status: 'accepted', ourNumber, providerMs: 0, tries };
    return { ...carried(deps, input), kind: 'accepted', ...known };
  }
  if (tries > 1 || input.look !== 'no') {
    const found = await look(deps, input);
    if (found === 'unanswered') {
      return input.look === 'no'
        ? { kind: 'unknown', tries }
        : { kind: 'unanswered', tries: tries - 1 };
    }
    if (found !== undefined) {
      const { body, ...message } = found;
      const { status, providerCode } = message;
      if (stopsAll(providerCode)) deps.standstill.begin();
      if (providerCode !== null && isFinal(status) && isLoss(status))
        deps.onLost(input.textId, providerCode);
      return {
        ...carried(deps, { body }),
        kind: 'accepted',
        ...foundAs(message),
        providerMs: 0,
        tries,
      };
    }
    if (input.look === 'only') return { kind: 'missing' };
  }
  const wish = await wishOf(deps, input);
  if (wish === 'unanswered') return { ...NEVER_SENT, tries };
  if (wish === 'opted_out') return { kind: 'withheld', reason: 'opted_out' };
  if (input.expiresAt !== null && deps.now() >= input.expiresAt) {
    return { kind: 'withheld', reason: 'expired' };
  }
  if (deps.isPaused() || deps.standstill.isOn()) return { kind: 'held' };
  const until = await dayFor(deps, input);
  if (until === 'unanswered') return { ...NEVER_SENT, tries };
  if (until === 'too_late') return { kind: 'withheld', reason: 'expired' };
  if (until !== null) return { kind: 'quiet', until };
  const body = await deps.wording(input).catch(() => null);
  if (body === null) return { ...NEVER_SENT, tries };
  const said = { ...input, body };
  const turn = await turnFor(deps, said);
  if (turn === 'unanswered') return { ...NEVER_SENT, tries };
  if (turn.until !== null) return { kind: 'paced', until: turn.until };
  // Another node may be sending it by now: what became of it is to be looked for.
  if (!mayStillAct()) return { kind: 'unknown', tries };
  if (!deps.standstill.mayTry()) return { kind: 'held' };
  // Again as it leaves: it may wait for a connection, and this process may be stopped meanwhile.
  const sent = await deps.carrier.send(textOf(said, turn.from), mayStillAct);
  if (sent.kind === 'rejected' && sent.reason === 'credentials') {
    // Who finds out says so; those that were on their way with it only wait.
    return deps.standstill.begin() ? { ...sent, tries } : { kind: 'held' };
  }
  if (sent.kind === 'accepted' || sent.kind === 'rejected') deps.standstill.end();
  if (sent.kind !== 'accepted') return { ...sent, tries };
  const { kind, sid, status, segments, providerMs } = sent;
  const ourNumber = sent.from ?? turn.from;
  return { ...carried(deps, said), kind, sid, status, segments, providerMs, ourNumber, tries };
}

const NEVER_SENT = {
  kind: 'retry',
  providerCode: null,
  httpStatus: null,
  retryAfterMs: null,
} as const;

const textOf = (
  { textId, phone, body }: Pick<SendTextInput, 'textId' | 'phone' | 'body'>,
  from: string | null = null,
): OutboundText => ({ textId, to: phone, body, ...(from === null ? {} : { from }) });

/** The number to send from, and what its turn has to be waited for. */
async function turnFor({ senders }: SendTextDeps, input: SendTextInput) {
  const { body, purpose, slotAt = null } = input;
  try {
    const from = await senders.numberFor(input);
    const { segments } = segmentsOf(body);
    const isAnswer = ANSWERS.has(purpose);
    return { from, until: await senders.turnOf({ from, segments, isAnswer, slotAt }) };
  } catch {
    return 'unanswered';
  }
}

const carried = ({ carrier }: SendTextDeps, { body }: Pick<SendTextInput, 'body'>) => ({
  provider: carrier.provider,
  ...segmentsOf(body),
});

/** Once the carrier is done with a text, that is its report: until it has heard it, it is sent. */
const foundAs = ({ sid, status, providerCode, from: ourNumber }: FoundText) => ({
  ...{ sid, ourNumber },
  ...(isFinal(status)
    ? { status: 'sent', report: reportOf(status, providerCode) }
    : { status, report: null }),
});

/** More than the carrier's clock and ours may differ by. */
const SLACK_MS = 600_000;

/** The text at the carrier, by either of its wordings; `unanswered` when nobody can say. */
async function look({ carrier, sql }: SendTextDeps, input: SendTextInput) {
  try {
    const knownSids = await sidsTo(sql, input.phone, input.since - SLACK_MS);
    for (const body of [input.body, ...(input.lettered ? [input.lettered.body] : [])]) {
      const scope = { since: input.since, knownSids };
      const found = await carrier.find(textOf({ ...input, body }), scope);
      if (found !== undefined) return { ...found, body };
    }
    return undefined;
  } catch {
    return 'unanswered';
  }
}

/** What is said in answer to somebody who has just written wakes nobody. */
const ANSWERS: ReadonlySet<SendTextInput['purpose']> = new Set([
  ...(['clarification', 'opt_out_confirm', 'help', 'update'] as const),
]);

/** What keeps somebody from going there in vain is told at night, where the morning would be too late. */
const NEWS: ReadonlySet<SendTextInput['purpose']> = new Set(['change_notice', 'cancel'] as const);

/** Epoch ms of the morning that a text must wait for; null where it may go out. */
async function dayFor({ sql, quietHours, now }: SendTextDeps, input: SendTextInput) {
  const { purpose, phone, owner, eventId, expiresAt, knownBy } = input;
  if (!quietHours || ANSWERS.has(purpose)) return null;
  try {
    const zone = await zoneOf(sql, { organizerId: owner, eventId });
    const at = now();
    const until = quietUntil(phone, zone, at);
    const isTooLate = (limit: number | null = null) =>
      until !== null && limit !== null && at < limit && until >= limit;
    if (NEWS.has(purpose)) return isTooLate(expiresAt) || isTooLate(knownBy) ? null : until;
    return isTooLate(expiresAt) ? 'too_late' : until;
  } catch {
    return 'unanswered';
  }
}

/** A phone that opted out gets one text more: the one that says so. */
async function wishOf({ ask }: Sending, { phone, purpose }: SendTextInput) {
  if (purpose === 'opt_out_confirm') return 'texts';
  try {
    return (await ask(areOptedOut, phone)) ? 'opted_out' : 'texts';
  } catch {
    return 'unanswered';
  }
}
