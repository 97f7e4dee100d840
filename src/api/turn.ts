/*
 * What every turn of an organizer needs: its session, where it came from, its idempotency key. A
 * session begins with the first turn, and every turn is activity of it.
 */
import { createHash } from 'node:crypto';
import { versionOf } from '../behavior/catalogue/index.ts';
import { liveSession, presumedSession, type Visitor } from '../domain/sessions.ts';
import type { Delivery, Key } from '../engine/index.ts';
import { headerId } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { Refusal } from './problems.ts';
import { bytesOf } from './read-json.ts';
import { type Asked, callerOf } from './route.ts';

export type Turn = {
  readonly owner: string;
  readonly cause: Delivery['cause'];
  readonly key?: Key;
  /** The session is as it was last known: only what is committed in it shows that it lives. */
  readonly presumed: boolean;
};

/** `presumed`: a session that was known to live will do. `sure`: it is looked up whether it does. */
export type Certainty = 'presumed' | 'sure';

/** Joins or begins the session of a request, and tells it in the answer. */
export async function takeTurn(deps: ApiDeps, ctx: Asked, certainty: Certainty): Promise<Turn> {
  const visitor = visitorOf(ctx);
  const { organizerId: owner, platform, appVersion: version, correlationId } = visitor;
  const known = certainty === 'presumed' ? await presumedSession(deps.domain, visitor) : undefined;
  const instance = known ?? (await liveSession(deps.domain, visitor)).instance;
  deps.engine.markSeen({ organizerId: owner, id: instance.id });
  ctx.set('X-Session-Id', instance.id);
  const key = keyOf(ctx);
  return {
    owner,
    cause: {
      correlationId,
      origin: { sessionId: instance.id, platform, version },
      // In the log a turn comes after the beginning of its session, though another node's clock began it.
      causedAt: instance.begunAt,
    },
    ...(key && { key }),
    presumed: known !== undefined,
  };
}

/** Each round follows a session that ended just now; more in a row mean that something else is wrong. */
const MAX_ROUNDS = 8;

/** What a turn comes to that is not done again. */
type Settled<T> = Exclude<T, { readonly outcome: 'session_over' }>;

/** The outcomes of a commit, which a session that has ended does not let happen. */
const COMMITTED: readonly string[] = ['moved', 'begun'];

/**
 * Does a turn, again in the next session where its own ends before what was done is committed. Where
 * nothing was committed in a session that was only presumed to live, it is done again in one that does.
 */
export async function doTurn<T extends { readonly outcome: string }>(
  take: (certainty: Certainty) => Promise<Turn>,
  work: (turn: Turn) => Promise<T>,
): Promise<{ readonly turn: Turn; readonly done: Settled<T> }> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const turn = await take(round === 0 ? 'presumed' : 'sure');
    const done = await work(turn);
    const isSettled = !turn.presumed || COMMITTED.includes(done.outcome);
    if (isSettled && done.outcome !== 'session_over') return { turn, done: done as Settled<T> };
  }
  throw new Error(`Sessions ended ${MAX_ROUNDS} times in a row under one request: try again.`);
}

export function visitorOf(ctx: Asked): Visitor {
  const { owner, platform, deviceId } = callerOf(ctx);
  return {
    organizerId: owner,
    platform,
    deviceId,
    claimedSessionId: headerId(ctx.get('X-Session-Id')),
    appVersion: versionOf(ctx.get('X-App-Version') || undefined),
    correlationId: ctx.state.correlationId,
  };
}

/** The request's key, with a hash of all that a repetition must have in common with it. */
export function keyOf(ctx: Asked): Key | undefined {
  const value = ctx.get('Idempotency-Key');
  if (value === '') return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(value)) {
    throw new Refusal(
      'invalid_body',
      'The Idempotency-Key must be 1 to 200 visible ASCII characters: a uuid will do.',
      { problems: [{ path: 'Idempotency-Key', code: 'invalid_format' }] },
    );
  }
  const hash = createHash('sha256').update(`${ctx.method} ${ctx.path}\n`).update(bytesOf(ctx));
  return { value, hash: hash.digest('base64url') };
}

/** Says that the answer is that of an earlier request with the same key. */
export const markReplayed = (ctx: Asked): void => ctx.set('Idempotency-Replayed', 'true');
