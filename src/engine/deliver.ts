/*
 * Give one event to one instance: decide, and commit. All control flow of it is here; each early exit
 * is a named outcome. Optimistic: read, decide, write where the `seq` is still the one that was read,
 * otherwise do it again.
 */
import type { Stimulus } from '../behavior/inspector/index.ts';
import { isClientEvent } from '../behavior/meta.ts';
import type { AnyEvent } from '../behavior/observed.ts';
import type { Input } from '../behavior/vocabulary.ts';
import { askingOf } from '../chart/asking.ts';
import type { StoredSnapshot } from '../chart/step.ts';
import type { InstanceKey, InstanceRow } from '../store/instances.ts';
import type { OfSession } from '../store/sessions.ts';
import { earliest } from './commit.ts';
import { type Core, timeAfter } from './core.ts';
import { insist } from './insist.ts';
import { type Key, keysWith, useOf } from './keys.ts';
import { type Member, memberOf, stepMember, unknownChart } from './member.ts';
import type { Delivered } from './outcome.ts';
import type { Cause } from './promises.ts';
import { afterReadings } from './readings.ts';
import { fireDueTimers } from './timers.ts';
import { commitTogether } from './together.ts';
import { measureStep, movedTo, writeOne } from './write-one.ts';

export type Delivery = InstanceKey & {
  readonly event: AnyEvent;
  readonly cause: Omit<Cause, 'causedAt'> & { readonly causedAt?: number };
  readonly via?: Input | undefined;
  readonly key?: Key;
  /** The job that brings it: removed in the commit of the step. */
  readonly job?: InstanceKey;
  /** The call whose result it is: dropped unless that call is still under way. */
  readonly call?: { readonly id: string; readonly job: string };
};

/** Each lost race means that somebody else got on; this many in a row mean something else is wrong. */
const MAX_RACES = 100;

/** Delivers an event, after everything else that this process has for the instance. */
export const deliver = (core: Core, delivery: Delivery): Promise<Delivered> =>
  core.mailbox.enter(delivery.id, async () => {
    const begunAt = core.now();
    const keyed = delivery.key === undefined ? { ...delivery, key: ownKey(core) } : delivery;
    const delivered = await insist(() => race(core, keyed));
    if (delivered.outcome === 'moved') {
      const { job, cause } = delivery;
      const correlationId = job?.id ?? cause.correlationId;
      measureStep(core, delivered.instance, { correlationId, begunAt });
    }
    return delivered;
  });

/**
 * A key for a delivery that came without one, so that an attempt whose commit went through unheard is
 * found by the next: then the outcome is `duplicate`.
 */
const ownKey = (core: Core): Key => ({ value: core.id(), hash: '' });

async function race(core: Core, delivery: Delivery): Promise<Delivered> {
  for (let lost = 0; lost < MAX_RACES; lost += 1) {
    const delivered = await attempt(core, delivery);
    if (delivered !== 'overtaken') return delivered;
  }
  throw new Error(
    `Instance ${delivery.id} was overtaken ${MAX_RACES} times in a row: try again later.`,
  );
}

async function attempt(core: Core, delivery: Delivery): Promise<Delivered | 'overtaken'> {
  const remembered = core.memory.recall(delivery);
  if (remembered !== undefined && !isDue(core, remembered)) {
    const delivered = await give(core, remembered, delivery);
    // What was not committed was decided on a row that may be out of date.
    if (delivered === 'overtaken' || delivered.outcome === 'moved') return delivered;
  }
  const stored = await core.load({ organizerId: delivery.organizerId, id: delivery.id });
  return stored === undefined ? { outcome: 'unknown' } : give(core, stored, delivery);
}

/** Whether a timer is due, which what others have seen since may have put off. */
const isDue = (core: Core, { timers }: InstanceRow): boolean =>
  (earliest(timers) ?? Number.POSITIVE_INFINITY) <= core.now();

async function give(
  core: Core,
  stored: InstanceRow,
  delivery: Delivery,
): Promise<Delivered | 'overtaken'> {
  const repeated = repeatOf(stored, delivery);
  if (repeated !== undefined) return repeated;
  const instance = await fireDueTimers(core, stored);
  if (instance === 'overtaken') return 'overtaken';
  if (instance.status !== 'active') return { outcome: 'finished', instance };
  if (delivery.call !== undefined && instance.calls[delivery.call.id] !== delivery.call.job) {
    return { outcome: 'duplicate', instance };
  }
  const chart = core.charts.find(instance.machine, instance.version);
  if (chart === undefined) throw unknownChart(instance);
  if (delivery.job !== undefined && chart.defers.has(delivery.event.type)) {
    const { defers } = askingOf(chart.machine, instance.snapshot as StoredSnapshot);
    if (defers.includes(delivery.event.type)) return { outcome: 'deferred', instance };
  }
  return decide(core, memberOf(chart, instance), delivery);
}

function repeatOf(instance: InstanceRow, { key }: Delivery): Delivered | undefined {
  const use = key === undefined ? 'none' : useOf(instance.keys, key);
  if (use === 'none') return undefined;
  return { outcome: use === 'same' ? 'duplicate' : 'key_conflict', instance };
}

async function decide(
  core: Core,
  member: Member,
  delivery: Delivery,
): Promise<Delivered | 'overtaken'> {
  const { event, cause, via } = delivery;
  const floors = [member.row.steppedAt, cause.causedAt ?? 0];
  const timeless = { correlationId: cause.correlationId, origin: cause.origin, via };
  const at = timeAfter(core, floors);
  const stimulus: Stimulus = { at, ...timeless };
  const taken = stepMember(core.member, member, { event, stimulus });
  if (taken === undefined) return { outcome: 'refused', instance: member.row };
  const moved = await afterReadings(core, taken, stimulus);
  const prepare = (next: Member) => withKey(withDrop(next, delivery), delivery);
  const enters = enteredBy(member, delivery);
  if (moved.calls.length === 0 && enters === undefined) return writeOne(core, prepare(moved));

  let result: Member | undefined;
  const { written, isSessionOver } = await commitTogether(
    core,
    { stimulus: timeless, floors, enters },
    async (together) => {
      result = await together.step(member.row, event, prepare);
    },
  );
  if (isSessionOver) return { outcome: 'session_over', instance: member.row };
  return written && result !== undefined ? movedTo(result) : 'overtaken';
}

/** The session in which a flow goes on, where that is another than before. */
function enteredBy({ chart, row }: Member, { event, cause }: Delivery): OfSession | undefined {
  const sessionId = cause.origin?.sessionId ?? null;
  const isTurn = 'flow' in chart.root && isClientEvent(event.type);
  if (!isTurn || sessionId === null || sessionId === row.sessionId) return undefined;
  return { organizerId: row.organizerId, sessionId };
}

/** Remembers a key with the step that it was used for. */
export function withKey(member: Member, { key }: Pick<Delivery, 'key'>): Member {
  if (key === undefined) return member;
  return { ...member, row: { ...member.row, keys: keysWith(member.row.keys, key) } };
}

/** The job that brought the step is settled by it. */
function withDrop(member: Member, { job }: Delivery): Member {
  return job === undefined ? member : { ...member, settled: [...member.settled, job] };
}
