/*
 * Begin an instance. Its id comes from the starter (or from the client's key), so that starting twice
 * begins once. A flow takes the place of an open one of the same kind in the same session.
 */
import { derivedId } from '../behavior/derived-id.ts';
import type { Beginning } from '../behavior/inspector/index.ts';
import { isResumable } from '../behavior/meta.ts';
import type { AnyEvent } from '../behavior/observed.ts';
import type { Chart } from '../chart/registry.ts';
import { endOf } from '../chart/standing.ts';
import { restore, type StoredSnapshot } from '../chart/step.ts';
import { type InstanceKey, type InstanceRow, loadOpenOfSession } from '../store/instances.ts';
import type { OfSession } from '../store/sessions.ts';
import { type Core, timeAfter } from './core.ts';
import { type Delivery, withKey } from './deliver.ts';
import { insist } from './insist.ts';
import { type Key, useOf } from './keys.ts';
import { type Birth, beginMember, type Member } from './member.ts';
import type { Started } from './outcome.ts';
import { afterReadings } from './readings.ts';
import { commitTogether } from './together.ts';
import { writeOne } from './write-one.ts';

export type Starting = {
  readonly machine: string;
  readonly id: string;
  readonly owner: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly cause: Delivery['cause'];
  readonly beginning?: Beginning;
  readonly key?: Key;
  readonly job?: InstanceKey;
  /**
   * Events for other instances of the owner, given in the commit in which this one begins; one that is
   * unknown, finished or takes no such event now stays as it is.
   */
  readonly also?: readonly { readonly id: string; readonly event: AnyEvent }[];
};

/** Begins an instance of the chart's live version; throws where there is no such chart. */
export const start = (core: Core, starting: Starting): Promise<Started> =>
  core.mailbox.enter(laneOf(core, starting), () => insist(() => attempt(core, starting)));

/**
 * Flows of one kind in one session begin one after the other: each supersedes the one before. Whatever
 * else a session causes waits for nobody, be it a thousand texts.
 */
function laneOf({ charts }: Core, { machine, id, cause: { origin } }: Starting): string {
  const sessionId = origin?.sessionId ?? null;
  const chart = charts.live(machine);
  return sessionId === null || chart === undefined || !('flow' in chart.root)
    ? id
    : `${machine} in ${sessionId}`;
}

async function attempt(core: Core, starting: Starting): Promise<Started> {
  const { machine, id, owner } = starting;
  const chart = core.charts.live(machine);
  if (chart === undefined) throw new Error(`There is no chart '${machine}' to start.`);
  const resume = await resumeOf(core, starting);
  if (resume === 'unresumable') return { outcome: 'unresumable' };
  const input = resume === undefined ? starting.input : { ...starting.input, resume };
  const birth = { chart, id, owner, input };
  const open = await openFlows(core, chart, starting);
  const begun = await begin(core, birth, { starting, open });
  if (begun === 'session_over') return { outcome: 'session_over' };
  if (begun !== undefined) return { outcome: 'begun', instance: begun };

  const instance = await core.load({ organizerId: owner, id });
  // Another start came between, of a flow that must be superseded now: look again.
  if (instance === undefined) return attempt(core, starting);
  const use = starting.key === undefined ? 'same' : useOf(instance.keys, starting.key);
  return { outcome: use === 'other' ? 'key_conflict' : 'duplicate', instance };
}

/** Undefined where the id exists already, or an open flow moved on meanwhile. */
async function begin(
  core: Core,
  birth: Birth,
  { starting, open }: { readonly starting: Starting; readonly open: readonly InstanceRow[] },
): Promise<InstanceRow | 'session_over' | undefined> {
  const { cause, beginning } = starting;
  const floors = [cause.causedAt ?? 0, ...open.map(({ steppedAt }) => steppedAt)];
  const timeless = {
    correlationId: cause.correlationId,
    origin: cause.origin,
    ...(beginning === undefined ? {} : { beginning }),
  };
  const prepare = (member: Member): Member => {
    const kept = withKey(member, starting);
    return starting.job === undefined
      ? kept
      : { ...kept, settled: [...kept.settled, starting.job] };
  };
  const stimulus = { ...timeless, at: timeAfter(core, floors) };
  const member = await afterReadings(core, beginMember(core.member, birth, stimulus), stimulus);
  const also = await othersOf(core, starting);
  const enters = enteredBy(starting);
  const isAlone = open.length === 0 && also.length === 0 && member.calls.length === 0;
  if (isAlone && enters === undefined) {
    const written = await writeOne(core, prepare(member));
    return written === 'overtaken' || !('instance' in written) ? undefined : written.instance;
  }
  let begun: Member | undefined;
  const { written, isSessionOver } = await commitTogether(
    core,
    { stimulus: timeless, floors, enters },
    async (together) => {
      for (const row of open) await together.step(row, { type: 'flow.superseded' });
      begun = await together.begin(birth, prepare);
      for (const { row, event } of also) await together.step(row, event);
    },
  );
  if (isSessionOver) return 'session_over';
  return written && begun !== undefined ? { ...begun.row, seq: 1 } : undefined;
}

/** The session in which an organizer begins something; what a job begins may come after its end. */
function enteredBy({ id, owner, cause, job }: Starting): OfSession | undefined {
  const sessionId = cause.origin?.sessionId ?? null;
  if (job !== undefined || sessionId === null || sessionId === id) return undefined;
  return { organizerId: owner, sessionId };
}

/** The instances that something happens to as this one begins, as they stand now. */
async function othersOf(core: Core, { owner, also = [] }: Starting) {
  const others = also.map(async ({ id, event }) => {
    const row = await core.load({ organizerId: owner, id });
    return row?.status === 'active' ? [{ row, event }] : [];
  });
  return (await Promise.all(others)).flat();
}

/** The open flows that this one takes the place of: same organizer, flow and session. */
async function openFlows(
  core: Core,
  chart: Chart,
  { owner, id, cause }: Starting,
): Promise<readonly InstanceRow[]> {
  const sessionId = cause.origin?.sessionId ?? null;
  if (!('flow' in chart.root) || sessionId === null) return [];
  const open = await loadOpenOfSession(core.sql, {
    organizerId: owner,
    sessionId,
    machine: chart.id,
  });
  return open.filter((row) => row.id !== id);
}

/** The context of the dropped run that this one goes on with. A run that was ended on purpose has none. */
async function resumeOf(core: Core, { machine, owner, beginning }: Starting): Promise<unknown> {
  const from = beginning?.resumedFrom ?? null;
  if (from === null) return undefined;
  const dropped = await core.load({ organizerId: owner, id: from });
  if (dropped?.status !== 'done' || dropped.machine !== machine) return 'unresumable';
  const chart = core.charts.find(dropped.machine, dropped.version);
  const snapshot = dropped.snapshot as StoredSnapshot;
  if (chart === undefined) return 'unresumable';
  const end = endOf(restore(chart.machine, snapshot));
  const left = end.ends === 'drop_off' && isResumable(end.reason);
  return left ? snapshot.context : 'unresumable';
}

/** The id of an instance that is started under a client's key: the same key gives the same instance. */
export const startedId = (owner: string, key: string): string => derivedId(owner, `start:${key}`);
