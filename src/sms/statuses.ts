/*
 * Status callbacks become events of the text that they are about. Order and repetition are the text's
 * own business; here it is only found.
 */
import { derivedId } from '../../machines/kit.ts';
import type { Engine } from '../engine/index.ts';
import { findMessage } from '../store/messages.ts';
import type { Sql } from '../store/orm.ts';
import { isLoss, type OnLost, reportOf, stopsAll } from './reports.ts';
import type { StatusCallback } from './webhook/status.ts';

export type StatusDeps = Pick<Engine, 'promise' | 'nudge'> & {
  readonly sql: Sql;
  /** Epoch ms. */
  readonly now: () => number;
  /** The carrier speaks of a text that is not ours, or says a word we do not know. */
  readonly onUnknown: (why: 'text' | 'status') => void;
  /** The callback's own id, its sid and its phone are not those of one text. */
  readonly onMismatch: () => void;
  /** By its code, the carrier takes nothing from us for the present. */
  readonly onStop: () => void;
  readonly onLost: OnLost;
};

/** Takes one callback; a repetition promises the same again under the same key. */
export const receiveStatus =
  (deps: StatusDeps) =>
  async ({ sid, textId, to, status, errorCode }: StatusCallback): Promise<void> => {
    if (status === null) return deps.onUnknown('status');
    const message = await findMessage(deps.sql, { sid, id: textId });
    if (message === undefined) return deps.onUnknown('text');
    const isAnother =
      (textId !== null && textId !== message.id) ||
      (message.sid !== null && message.sid !== sid) ||
      (to !== null && to !== message.phone);
    if (isAnother) return deps.onMismatch();
    const key = derivedId(message.id, `status:${sid}:${status}`);
    if (stopsAll(errorCode)) deps.onStop();
    if (errorCode !== null && isLoss(status)) deps.onLost(message.id, errorCode);
    const event = { type: 'carrier.reported', sid, ...reportOf(status, errorCode) };
    const send = { to: message.id, owner: message.organizerId, event };
    const payload = { send, correlationId: key, origin: null, causedAt: deps.now() };
    await deps.promise(deps.sql, key, payload);
    deps.nudge();
  };
