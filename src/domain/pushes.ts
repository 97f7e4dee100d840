/*
 * Pushes as devices report them. A receipt is no activity. Opening one is: where no session lives it
 * begins one, in the same commit, so that neither is logged without the other.
 */
import type { Delivered } from '../engine/index.ts';
import { dropDevice, saveDevice } from '../store/devices.ts';
import type { InstanceRow } from '../store/instances.ts';
import { deviceOf, liveSession, type SessionDeps, type Visitor } from './sessions.ts';

export type PushEvent = { readonly type: string; readonly [field: string]: unknown };

type Reported = { readonly push: InstanceRow; readonly sessionId: string | null };

/** Keeps where this visitor's device is reached; a null token forgets it. */
export async function registerDevice(
  { sql, now }: Pick<SessionDeps, 'sql' | 'now'>,
  visitor: Visitor,
  token: string | null,
): Promise<void> {
  const { organizerId, device: id } = deviceOf(visitor);
  if (token === null) await dropDevice(sql, { organizerId, id });
  else await saveDevice(sql, { organizerId, id, token, at: now() });
}

/** That a device has a push; again is as good as once. Undefined where there is no such push. */
export async function receivePush(
  { engine }: SessionDeps,
  visitor: Visitor,
  of: { readonly pushId: string; readonly event: PushEvent },
): Promise<Reported | undefined> {
  const { organizerId, platform, appVersion: version, correlationId } = visitor;
  const push = await engine.load({ organizerId, id: of.pushId });
  if (push?.machine !== 'push') return undefined;
  // Of no session: the phone may report it while the app is closed.
  const cause = { correlationId, origin: { sessionId: null, platform, version } };
  const delivered = await engine.deliver({ organizerId, id: push.id, event: of.event, cause });
  return { push: standing(delivered, push), sessionId: null };
}

/** That the organizer opened a push: joins the live session, or begins one. A second tap changes nothing. */
export async function openPush(
  deps: SessionDeps,
  visitor: Visitor,
  { pushId, event }: { readonly pushId: string; readonly event: PushEvent },
): Promise<Reported | undefined> {
  const { organizerId, platform, appVersion: version, correlationId } = visitor;
  const { engine } = deps;
  const push = await engine.load({ organizerId, id: pushId });
  if (push?.machine !== 'push') return undefined;
  if (push.status === 'done' || isOpened(push)) return { push, sessionId: null };
  const also = [{ id: pushId, event }];
  const session = await liveSession(deps, visitor, { entry: 'push', pushId, also });
  const { id: sessionId, begunAt: causedAt } = session.instance;
  const cause = { correlationId, origin: { sessionId, platform, version }, causedAt };
  // Taken in the session's own commit where this request began it; then it is refused here.
  const delivered = await engine.deliver({ organizerId, id: pushId, event, cause });
  return { push: standing(delivered, push), sessionId };
}

const isOpened = ({ snapshot }: InstanceRow): boolean =>
  (snapshot as { readonly context: { readonly opened: boolean } }).context.opened;

const standing = (delivered: Delivered, push: InstanceRow): InstanceRow =>
  'instance' in delivered ? delivered.instance : push;
