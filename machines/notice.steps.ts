/* What a notice's transitions start and send: the parts of its chart that are plain functions. */
import { atOf, derivedId, type Send, type Start } from './kit.ts';
import { pushBody } from './notice.copy.ts';
import type { Context, News, ReadNews } from './notice.model.ts';
import { noticeOf } from './noticing.ts';
import type { PushInput } from './push.model.ts';

type Told = { readonly context: Context; readonly event: { readonly output: News } };

export const newsWanted = ({
  context: { kind, target, targetId },
}: {
  readonly context: Context;
}): ReadNews => ({ kind, target, targetId });

export const isAnswered = ({ yes, no, votes, waiting }: News): boolean =>
  waiting === 0 && yes + no + votes > 0;

export const allReplied = ({ context, event }: Told): Send =>
  noticeOf({ ...context, at: atOf(event) }, 'all_replied');

/** One push per device; a device that registers later gets the next one. */
export const pushes = ({ context, event: { output } }: Told): readonly Start[] =>
  output.devices.map((device) => {
    const { kind, owner, target, targetId, crewId } = context;
    const input: PushInput = {
      ...{ kind, device, body: pushBody(context, output) },
      subject: {
        crewId,
        eventId: target === 'event' ? targetId : null,
        syncupId: target === 'syncup' ? targetId : null,
      },
    };
    return {
      machine: 'push',
      id: derivedId(context.id, `push:${context.told + 1}:${device}`),
      ...{ owner, input },
    };
  });
