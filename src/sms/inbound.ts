/*
 * From a verified webhook to a durable event for the phone's line. The text is understood in memory
 * and dropped; what is kept are readings, and the sid for ever. One statement: after it, the
 * message is safe and the webhook may be answered; before it, the carrier's fallback repeats it.
 */
import { createHmac } from 'node:crypto';
import { derivedId, NIL_ID } from '../../machines/kit.ts';
import { lineIdOf } from '../../machines/phone-line.model.ts';
import type { Texted } from '../../machines/replies.ts';
import { entryId } from '../behavior/row.ts';
import {
  askTogether,
  createBatch,
  type Engine,
  isRefused,
  type SendPayload,
  sendJob,
} from '../engine/index.ts';
import { type Keeping, keepInbound } from '../store/inbound.ts';
import type { Sql } from '../store/orm.ts';
import { type PromptRow, promptsOf } from '../store/prompts.ts';
import { withDeadlines } from '../store/transact.ts';
import type { Carrier } from './carrier/carrier.ts';
import { readAgainst } from './prompts.ts';
import { lengthBandOf, PARSER_VERSION } from './understanding/index.ts';
import type { InboundMessage } from './webhook/inbound.ts';

export type InboundDeps = {
  readonly sql: Sql;
  readonly nudge: Engine['nudge'];
  /** Epoch ms. */
  readonly now: () => number;
  readonly carrier: Pick<Carrier, 'provider' | 'handlesOptOut'>;
  /**
   * Keys of the hashes of bodies, so that nobody who reads the table can try words against it: today's,
   * then those of yesterday, under which the first of a repetition may have been kept.
   */
  readonly hashKeys: readonly [string, ...string[]];
  /** Another message came under a sid that is known. */
  readonly onConflict: () => void;
};

/** Of each statement. That a webhook is answered in time, its router sees to. */
const DEADLINE_MS = 4_000;

/** Takes one message; a repetition changes nothing. */
export function receiveInbound(deps: InboundDeps): (message: InboundMessage) => Promise<void> {
  const sql = withDeadlines(deps.sql, DEADLINE_MS);
  const ask = askTogether(sql);
  const keep = createBatch({
    run: (keepings: readonly Keeping[]) => keepInbound(sql, NIL_ID, keepings),
    ...{ maxItems: 64, maxRuns: 2, separable: isRefused },
  });
  return async (message) => {
    const { from, to } = message;
    const at = deps.now();
    const prompts = from === null ? [] : await ask(promptsOf, { phone: from, ourNumber: to });
    const kept = await keep(keepingOf(deps, { message, prompts, at }));
    if (kept === 'new') deps.nudge();
    if (kept === 'conflict') deps.onConflict();
  };
}

/** What is kept of a message, and what its phone's line will hear. */
function keepingOf(
  { carrier, hashKeys }: InboundDeps,
  of: {
    readonly message: InboundMessage;
    readonly prompts: readonly PromptRow[];
    readonly at: number;
  },
): Keeping {
  const { message, prompts, at } = of;
  const { sid, from: phone, to, body, segments, media, optOutType } = message;
  const id = derivedId(NIL_ID, `inbound:${sid}`);
  const understood = readAgainst(message, prompts);
  const texted: Texted = {
    ...{ inboundId: id, phone, provider: carrier.provider, parserVersion: PARSER_VERSION },
    ...{ segments, media, lengthBand: lengthBandOf(body) },
    ...understood,
    readings: [...understood.readings],
    ...{ optOutType, carrierHandlesOptOut: carrier.handlesOptOut, receivedAt: at },
  };
  const { neutral, readings } = texted;
  return {
    row: {
      ...{ phone: phone ?? '', sid, id, ourNumber: to, receivedAt: at },
      bodyHashes: hashesOf(body, hashKeys),
      readings: { parserVersion: PARSER_VERSION, neutral, readings },
    },
    job: sendJob(keyOf(id, at), promiseOf(texted, to, at), at),
  };
}

function hashesOf(body: string, [first, ...others]: InboundDeps['hashKeys']) {
  const under = (key: string) => createHmac('sha256', key).update(body).digest('base64url');
  return [under(first), ...others.map(under)] as const;
}

/** Sorts by arrival, which is the order in which a phone's messages are heard. */
const keyOf = (inboundId: string, at: number): string =>
  entryId({ at, position: 0, source: inboundId, ordinal: 0 });

function promiseOf(texted: Texted, ourNumber: string, causedAt: number): SendPayload {
  const { phone, inboundId } = texted;
  const to = lineIdOf(phone, ourNumber);
  return {
    send: {
      ...{ to, owner: NIL_ID, event: { type: 'phone.texted', ...texted } },
      orStart: { machine: 'phone-line', input: { phone, ourNumber } },
    },
    ...{ correlationId: inboundId, origin: null, causedAt },
  };
}
