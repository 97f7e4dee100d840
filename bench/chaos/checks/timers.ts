/* No timer lost: whatever an instance waits for, it is woken for no later. */
import type { Town } from '../parts/town.ts';

type Waiting = {
  readonly id: string;
  readonly machine: string;
  readonly state: string;
  readonly wakeAt: number | null;
  readonly dueAt: number | null;
  readonly isParked: boolean;
};

const GRACE_MS = 2_000;
const ROUNDING_MS = 1;

/** To be asked when everything has settled; `now` is the servers' clock, epoch ms. */
export async function timerProblems(
  { sql }: Pick<Town, 'sql'>,
  now: number,
): Promise<readonly string[]> {
  const waiting = await sql<Waiting[]>`
    select id, machine, state, (extract(epoch from wake_at) * 1000)::float8 as "wakeAt",
      (select min((t.value ->> 'dueAt')::float8) from jsonb_each(timers) t) as "dueAt",
      parked_at is not null as "isParked"
    from instances where status = 'active' or wake_at is not null`;
  return waiting.flatMap(({ id, machine, state, wakeAt, dueAt, isParked }) => {
    const name = `${machine} ${id} in ${state}`;
    if (isParked) return [`${name} is parked.`];
    if (dueAt === null && wakeAt === null) return [`${name} waits for ever: it has no timer.`];
    if (dueAt === null || wakeAt === null || wakeAt > dueAt + ROUNDING_MS) {
      return [`${name} is woken at ${wakeAt}, its first timer is due at ${dueAt}.`];
    }
    return wakeAt < now - GRACE_MS ? [`${name} is overdue by ${now - wakeAt} ms.`] : [];
  });
}
