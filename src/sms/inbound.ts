/*
 * From a verified webhook to a durable event for the phone's line. The text is understood in memory
 * and dropped; what is kept are readings, and the sid for ever. One transaction: after it, the
 * message is safe and the webhook may be answered; before it, the carrier's fallback repeats it.
 */
import { createHmac } from 'node:crypto';
import { derivedId, NIL_ID } from '../../machines/kit.ts';
import { lineIdOf } from '../../machines/phone-line.model.ts';
import type { Texted } from '../../machines/replies.ts';
import { entryId } from '../behavior/row.ts';
import type { Engine, SendPayload } from '../engine/index.ts';
import { insertInbound } from '../store/inbound.ts';
import type { Sql, Tx } from '../store/orm.ts';
import { promptsOf } from '../store/prompts.ts';
import type { Carrier } from './carrier/carrier.ts';
import { readAgainst } from './prompts.ts';
import { lengthBandOf, PARSER_VERSION } from './understanding/index.ts';
import type { InboundMessage } from './webhook/inbound.ts';

/** The engine, and a transaction that its promises can join. */
export type PromiseDeps = {
  readonly sql: Sql;
  readonly transact: <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly promise: Engine['promise'];
  readonly nudge: Engine['nudge'];
  /** Epoch ms. */
  readonly now: () => number;
};

export type InboundDeps = PromiseDeps & {
  readonly carrier: Pick<Carrier, 'provider' | 'handlesOptOut'>;
  /**
   * Keys of the hashes of bodies, so that nobody who reads the table can try words against it: today's,
   * then those of yesterday, under which the first of a repetition may have been kept.
   */
  readonly hashKeys: readonly [string, ...string[]];
  /** Another message came under a sid that is known. */
  readonly onConflict: () => void;
};

/** Takes one message; a repetition changes nothing. */
export const receiveInbound =
  (deps: InboundDeps) =>
  async (message: InboundMessage): Promise<void> => {
    const { sid, from, to, body } = message;
    const at = deps.now();
    const prompts = from === null ? [] : await promptsOf(deps.sql, from, to);
    const inboundId = derivedId(NIL_ID, `inbound:${sid}`);
    const understood = readAgainst(message, prompts);
    const { provider, handlesOptOut } = deps.carrier;
    const texted: Texted = {
      ...{ inboundId, phone: from, provider, parserVersion: PARSER_VERSION },
      ...{ segments: message.segments, media: message.media, lengthBand: lengthBandOf(body) },
      ...understood,
      readings: [...understood.readings],
      optOutType: message.optOutType,
      carrierHandlesOptOut: handlesOptOut,
      receivedAt: at,
    };
    const taken = await deps.transact(async (tx) => {
      const row = { phone: from ?? '', sid, id: inboundId, ourNumber: to, receivedAt: at };
      const { neutral, readings } = texted;
      const kept = { parserVersion: PARSER_VERSION, neutral, readings };
      const bodyHashes = hashesOf(body, deps.hashKeys);
      const inserted = await insertInbound(tx, { ...row, bodyHashes, readings: kept });
      if (inserted === 'new') {
        await deps.promise(tx, keyOf(inboundId, at), promiseOf(texted, to, at));
      }
      return inserted;
    });
    if (taken === 'new') deps.nudge();
    if (taken === 'conflict') deps.onConflict();
  };

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
