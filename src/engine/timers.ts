/*
 * Timers that are due. They live in the instance's row; firing one is a step like any other, committed
 * with the timer gone. Each fires once, late rather than never, in the order in which they were due,
 * and before anything that arrives after it was due.
 */
import { derivedId } from '../behavior/derived-id.ts';
import type { InstanceKey, InstanceRow, Timers } from '../store/instances.ts';
import { type Core, timeAfter } from './core.ts';
import { type Member, memberOf, stepMember, unknownChart } from './member.ts';
import { afterReadings } from './readings.ts';
import { commitTogether } from './together.ts';
import { measureStep, writeOne } from './write-one.ts';

/** Wakes an instance: fires what is due. */
export const wake = (core: Core, { organizerId, id }: InstanceKey): Promise<void> =>
  core.mailbox.enter(id, async () => {
    const row = await core.load({ organizerId, id });
    if (row === undefined) return;
    // Overtaken means that another node has it, and fires what it finds due.
    await fireDueTimers(core, row);
  });

/** Fires every timer of an instance that is due now; the instance as it stands afterwards. */
export async function fireDueTimers(
  core: Core,
  row: InstanceRow,
): Promise<InstanceRow | 'overtaken'> {
  let current = row;
  while (current.status === 'active') {
    const due = firstDue(current.timers, core.now());
    if (due === undefined) return current;
    const next = await fire(core, current, due);
    if (next === 'overtaken') return next;
    current = next;
  }
  return current;
}

function firstDue(timers: Timers, now: number): string | undefined {
  const due = Object.entries(timers).filter(([, { dueAt }]) => dueAt <= now);
  return due.sort(([, a], [, b]) => a.dueAt - b.dueAt)[0]?.[0];
}

async function fire(core: Core, row: InstanceRow, id: string): Promise<InstanceRow | 'overtaken'> {
  const chart = core.charts.find(row.machine, row.version);
  if (chart === undefined) throw unknownChart(row);
  const { [id]: timer, ...timers } = row.timers;
  if (timer === undefined) return row;
  const begunAt = core.now();
  const fired = { ...row, timers };
  const event = {
    ...timer.event,
    armedAt: timer.armedAt,
    dueAt: timer.dueAt,
    seenAt: core.seenAt(row),
  };
  const timeless = { correlationId: derivedId(row.id, `${id}@${timer.armedAt}`), origin: null };
  const floors = [row.steppedAt];
  const stimulus = { ...timeless, at: timeAfter(core, floors) };
  const taken = stepMember(core.member, memberOf(chart, fired), { event, stimulus });
  const moved = taken && (await afterReadings(core, taken, stimulus));
  const measured = (next: InstanceRow | 'overtaken') => {
    if (next !== 'overtaken' && moved !== undefined) {
      const queueMs = Math.max(0, begunAt - timer.dueAt);
      measureStep(core, next, { correlationId: timeless.correlationId, begunAt, queueMs });
    }
    return next;
  };
  if (moved !== undefined && moved.calls.length > 0) {
    return measured(await fireTogether(core, { fired, event, timeless, floors }));
  }
  // A timer that nobody takes any more is gone all the same.
  const delivered = await writeOne(core, moved ?? stale(memberOf(chart, fired), stimulus.at));
  return measured(
    delivered === 'overtaken' || delivered.outcome !== 'moved' ? 'overtaken' : delivered.instance,
  );
}

async function fireTogether(
  core: Core,
  of: {
    readonly fired: InstanceRow;
    readonly event: { readonly type: string };
    readonly timeless: { readonly correlationId: string; readonly origin: null };
    readonly floors: readonly number[];
  },
): Promise<InstanceRow | 'overtaken'> {
  let result: Member | undefined;
  const { written } = await commitTogether(
    core,
    { stimulus: of.timeless, floors: of.floors },
    async (together) => {
      result = await together.step(of.fired, of.event);
    },
  );
  if (!written || result === undefined) return 'overtaken';
  return { ...result.row, seq: result.seen + 1 };
}

const stale = (member: Member, at: number): Member => ({
  ...member,
  row: { ...member.row, steppedAt: at },
});
