/*
 * Which session a request belongs to. A session that the client names wins if it is its own and alive;
 * else the live one of its device; else a new one, whose id follows from the one before it, so that
 * parallel first requests make one.
 */
import { derivedId } from '../behavior/derived-id.ts';
import { type Engine, type Key, type Started, type Starting, useOf } from '../engine/index.ts';
import type { InstanceRow } from '../store/instances.ts';
import { newestSession, type StoredSession } from '../store/sessions.ts';
import { type OrganizerDeps, welcome } from './organizers.ts';

export type SessionDeps = OrganizerDeps & {
  readonly engine: Pick<Engine, 'start' | 'load' | 'recall' | 'deliver'>;
  readonly id: () => string;
};

/** Who asks, from where. */
export type Visitor = {
  readonly organizerId: string;
  readonly platform: 'web' | 'ios_app';
  /** The token's `did`; null where it has none. */
  readonly deviceId: string | null;
  /** `X-Session-Id`, if it is a uuid; an unknown or foreign one counts as absent. */
  readonly claimedSessionId: string | null;
  readonly appVersion: string;
  readonly correlationId: string;
};

/** What the client says of how it came; kept only where a session begins. */
export type Opening = {
  readonly entry?: 'direct' | 'push' | 'deep_link' | 'sms_link' | undefined;
  readonly pushId?: string | undefined;
  readonly tzOffsetMin?: number | undefined;
  /** What began it happens to other instances, in the commit in which it begins. */
  readonly also?: Starting['also'];
};

/** A client's key, and the id of what begins under it where nothing else decides that. */
type NamedKey = Key & { readonly id: string };

/** `duplicate` and `key_conflict` only where the client gave a key. */
export type Session = {
  readonly outcome: 'live' | 'begun' | 'duplicate' | 'key_conflict';
  readonly instance: InstanceRow;
};

/** Each round follows a session that ended just now; more in a row mean that something else is wrong. */
const MAX_ROUNDS = 8;

/** The live session of this visitor, begun if there is none. */
export async function liveSession(
  deps: SessionDeps,
  visitor: Visitor,
  opening: Opening = {},
): Promise<Session> {
  const claimed = await claimedSession(deps, visitor, deps.engine.load);
  return claimed ?? (await deviceSession(deps, visitor, opening));
}

/**
 * The session that the client names, as this process last knew it: perhaps it has ended since. An end steps
 * all that is open in a session, so that a commit in it finds out; whatever else is answered needs
 * `liveSession`. Undefined where it is not known to live.
 */
export async function presumedSession(
  deps: SessionDeps,
  visitor: Visitor,
): Promise<InstanceRow | undefined> {
  return (await claimedSession(deps, visitor, deps.engine.recall))?.instance;
}

/**
 * A session asked for by name (`POST /v1/sessions`): the live one, if the client names it or its token names
 * the device; else a new one, also beside a live one of another nameless device. A key makes what is begun
 * be begun once; it is no reason to begin one.
 */
export async function openSession(
  deps: SessionDeps,
  visitor: Visitor,
  { key, ...opening }: Opening & { readonly key?: NamedKey | undefined },
): Promise<Session> {
  const claimed = await claimedSession(deps, visitor, deps.engine.load);
  if (claimed !== undefined) return claimed;
  if (visitor.deviceId !== null) {
    const used = key && (await deps.engine.load({ ...visitor, id: key.id }));
    if (used !== undefined) return { outcome: 'key_conflict', instance: used };
    return await deviceSession(deps, visitor, opening, key);
  }
  const newest = await newestSession(deps.sql, deviceOf(visitor));
  const previous = newest?.status === 'done' ? newest : null;
  return await begin(deps, visitor, { id: key?.id ?? deps.id(), previous, opening, key });
}

/** The session that the client names, or the one that went on in its place. */
async function claimedSession(
  deps: SessionDeps,
  visitor: Visitor,
  read: Engine['load'],
): Promise<Session | undefined> {
  const { organizerId } = visitor;
  let id = visitor.claimedSessionId;
  for (let round = 0; round < MAX_ROUNDS && id !== null; round += 1) {
    const loaded = await read({ organizerId, id });
    if (loaded?.machine !== 'session') return undefined;
    const instance = await settled(deps, visitor, loaded);
    if (instance.status === 'active') return { outcome: 'live', instance };
    id = successorOf(instance);
  }
  return undefined;
}

/**
 * A session as it stands once what is due has happened. A timer whose time has come goes before any event,
 * also before one that no transition takes; without it a request would revive a session that has expired.
 */
async function settled(
  { engine, now }: SessionDeps,
  { correlationId }: Visitor,
  session: InstanceRow,
): Promise<InstanceRow> {
  const isDue = Object.values(session.timers).some(({ dueAt }) => dueAt <= now());
  if (session.status !== 'active' || !isDue) return session;
  const { organizerId, id } = session;
  const cause = { correlationId, origin: null };
  const event = { type: 'session.looked_for' };
  const delivered = await engine.deliver({ organizerId, id, event, cause });
  return 'instance' in delivered ? delivered.instance : session;
}

function successorOf({ snapshot }: InstanceRow): string | null {
  const { context } = snapshot as { readonly context: { readonly renewedAs: string | null } };
  return context.renewedAs;
}

/** Joins the session of the device, or begins the one that follows its last. */
async function deviceSession(
  deps: SessionDeps,
  visitor: Visitor,
  opening: Opening,
  key?: Key,
): Promise<Session> {
  const device = deviceOf(visitor);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const newest = await newestSession(deps.sql, device);
    const repeated = newest && key && (await repeatOf(deps, visitor, { id: newest.id, key }));
    if (repeated !== undefined) return repeated;
    if (newest?.status === 'active') {
      const loaded = await deps.engine.load({ organizerId: visitor.organizerId, id: newest.id });
      const instance = loaded && (await settled(deps, visitor, loaded));
      if (instance?.status === 'active') return { outcome: 'live', instance };
      continue;
    }
    const id = derivedId(device.device, `after:${newest?.id ?? 'nothing'}`);
    const begun = await begin(deps, visitor, { id, previous: newest ?? null, opening, key });
    if (begun.outcome === 'begun') return begun;
    // Somebody else began it a moment ago: the next round joins it.
  }
  throw new Error(
    `Sessions of one device ended ${MAX_ROUNDS} times in a row before one could be joined: try again.`,
  );
}

/** The session, if the request that began it comes again, or another one with its key. */
async function repeatOf(
  { engine }: SessionDeps,
  { organizerId }: Visitor,
  { id, key }: { readonly id: string; readonly key: Key },
): Promise<Session | undefined> {
  const instance = await engine.load({ organizerId, id });
  const use = instance === undefined ? 'none' : useOf(instance.keys, key);
  if (instance === undefined || use === 'none') return undefined;
  return { outcome: use === 'same' ? 'duplicate' : 'key_conflict', instance };
}

/** The device in the session's eyes: without a `did`, all of an organizer's on one platform are one. */
export const deviceOf = ({
  organizerId,
  platform,
  deviceId,
}: Pick<Visitor, 'organizerId' | 'platform' | 'deviceId'>) => ({
  organizerId,
  device: derivedId(organizerId, `device:${platform}:${deviceId ?? ''}`),
});

type NewSession = {
  readonly id: string;
  /** The one before it on this device, if that has ended. */
  readonly previous: StoredSession | null;
  readonly opening: Opening;
  readonly key?: Key | undefined;
};

async function begin(
  deps: SessionDeps,
  visitor: Visitor,
  { id, previous, opening, key }: NewSession,
): Promise<Session> {
  const { organizerId, platform, appVersion, correlationId } = visitor;
  await welcome(deps, organizerId);
  const { also, ...said } = opening;
  const started = await deps.engine.start({
    ...{ machine: 'session', id, owner: organizerId },
    input: {
      ...{ platform, appVersion, device: deviceOf(visitor).device },
      previousSessionId: previous?.id ?? null,
      ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    },
    cause: {
      correlationId,
      origin: { sessionId: id, platform, version: appVersion },
      // In the log a session begins after the one before it has ended, also within one millisecond.
      ...(previous === null ? {} : { causedAt: previous.steppedAt }),
    },
    ...(key === undefined ? {} : { key: { value: key.value, hash: key.hash } }),
    ...(also === undefined ? {} : { also }),
  });
  return sessionOf(started);
}

function sessionOf(started: Started): Session {
  if (started.outcome === 'unresumable' || started.outcome === 'session_over') {
    throw new Error(
      'A session was started as if it were a run of a flow: it is in no session but itself.',
    );
  }
  return started;
}
