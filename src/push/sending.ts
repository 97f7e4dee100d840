/* The job behind a push: one try to bring it to its device. What to do next is the push's own decision. */
import type { PushOutcome, SendPush } from '../../machines/push.model.ts';
import { dropDevice, findToken } from '../store/devices.ts';
import type { Sql } from '../store/orm.ts';
import type { PushService } from './push-service.ts';

export type SendPushDeps = {
  /** Null where no service is configured: then nobody is pushed to. */
  readonly service: PushService | null;
  readonly sql: Sql;
};

/** What a try says of the push service; a device that is gone was most likely not asked for. */
export const pushTold = (outcome: PushOutcome) =>
  outcome === 'gone' ? undefined : { ok: outcome === 'accepted' };

/** Job actor `sendPush`. A second run gives the service the same id, which shows a push once. */
export const sendPush =
  ({ service, sql }: SendPushDeps) =>
  async ({ pushId, owner, device, kind, body, subject }: SendPush): Promise<PushOutcome> => {
    const of = { organizerId: owner, id: device };
    const token = service === null ? undefined : await findToken(sql, of);
    if (service === null || token === undefined) return 'gone';
    const { eventId, syncupId } = subject;
    const about = { eventId, syncupId };
    const result = await service.send({
      ...{ id: pushId, organizerId: owner, token, kind, body },
      ...about,
    });
    if (result === 'gone') await dropDevice(sql, of);
    return result;
  };
