/*
 * Many conversations at once: crew creations in `review`, copied from one that the engine itself has
 * brought there, so that every row is as the engine writes it. Their organizers then go round an
 * ordinary circle (rename, back, done) of which each event changes the state, arms a timer and leaves
 * one log entry.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Engine } from '../../src/engine/index.ts';
import { connect } from '../../src/store/connect.ts';
import type { InstanceKey, InstanceRow } from '../../src/store/instances.ts';

/** As a client's key has it: a uuid, and the hash of a body. */
const KEY_HASH = createHash('sha256').update('a body').digest('base64url');

const ORGANIZER = { name: 'Ana', country: 'US', timeZone: 'America/New_York' };
const PEOPLE = [
  { name: 'Bo Berg', phone: '+14155550111' },
  { name: 'Cy Young', phone: '+14155550112' },
  { name: 'Di Marco', phone: '+14155550113' },
  { name: 'Eve Park', phone: '+14155550114' },
];

type Event = { readonly type: string; readonly [field: string]: unknown };

/** To the state in which the circle begins. */
export const OPENING: readonly Event[] = [
  { type: 'organizer.named_crew', name: 'Night Owls' },
  ...PEOPLE.map((person) => ({ type: 'organizer.typed_person', person })),
  { type: 'organizer.finished_adding' },
];

/** In `review`, `people` and `review` again: edited, back, completed. */
export const CIRCLE: readonly Event[] = [
  { type: 'organizer.named_crew', name: 'Early Birds' },
  { type: 'organizer.went_back' },
  { type: 'organizer.finished_adding' },
];

export const idsOf = (crowd: string, n: number): InstanceKey => ({
  organizerId: uuidOf(`${crowd} organizer ${n}`),
  id: uuidOf(`${crowd} instance ${n}`),
});

/** The same in SQL as in `uuidIn`: uuids of version 4, spread as random ones are. */
function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

const uuidIn = (text: string): string =>
  `overlay(overlay(md5(${text}) placing '4' from 13) placing '8' from 17)::uuid`;

/** Brings one crew creation to `review` and, with `rounds`, some times round the circle. */
export async function makeTemplate(engine: Engine, rounds: number): Promise<InstanceRow> {
  const key = { organizerId: randomUUID(), id: randomUUID() };
  await beginFlow(engine, key);
  const events = [...OPENING, ...Array.from({ length: rounds }, () => CIRCLE).flat()];
  for (const event of events) await give(engine, key, event);
  const row = await engine.load(key);
  if (row === undefined) throw new Error('The template is gone.');
  return row;
}

export async function beginFlow(engine: Engine, { organizerId, id }: InstanceKey): Promise<void> {
  const { outcome } = await engine.start({
    ...{ machine: 'crew-creation', id, owner: organizerId, cause: causeOf() },
    input: { organizer: ORGANIZER },
  });
  if (outcome !== 'begun') throw new Error(`A flow was '${outcome}', not begun.`);
}

/** An organizer's own doing, in a session of the app. */
export const causeOf = () => ({
  correlationId: randomUUID(),
  origin: { sessionId: SESSION, platform: 'ios_app' as const, version: '1.2.3' },
});
const SESSION = uuidOf('a session');

/** Delivers one event under a key of its own, as a client does; anything but `moved` is an error. */
export async function give(engine: Engine, key: InstanceKey, event: Event): Promise<void> {
  const { outcome } = await engine.deliver({
    ...{ ...key, event, cause: causeOf(), via: 'text' },
    key: { value: randomUUID(), hash: KEY_HASH },
  });
  if (outcome !== 'moved') throw new Error(`${event.type} was '${outcome}', not moved.`);
}

export type Copies = {
  /** Names the copies: the same name gives the same ids. */
  readonly crowd: string;
  readonly count: number;
  /** When their timers are due, spread evenly over this span (epoch ms). */
  readonly due: { readonly from: number; readonly to: number };
};

/**
 * Copies a stored instance; all but ids and due times is the template's. Ends with VACUUM ANALYZE, as
 * autovacuum would a minute later: plans made for an empty table would be kept until then.
 */
export async function copyInstances(
  url: string,
  template: InstanceKey,
  { crowd, count, due }: Copies,
): Promise<void> {
  const sql = connect({ url, max: 1, applicationName: 'bench copies' });
  const own = `
    select ${uuidIn(`'${crowd} organizer ' || g`)} as organizer_id,
      ${uuidIn(`'${crowd} instance ' || g`)} as id,
      ${due.from}::bigint + (${due.to - due.from}::float8 * g / ${count})::bigint as due_at
    from generate_series(0, ${count - 1}) g`;
  const columns = await sql<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = 'instances'::regclass and attnum > 0 and not attisdropped order by attnum`;
  const names = columns.map(({ name }) => name);
  const replaced: Readonly<Record<string, string>> = {
    organizer_id: 'o.organizer_id',
    id: 'o.id',
    wake_at: 'to_timestamp(o.due_at / 1000.0)',
    timers: `(select jsonb_object_agg(key, jsonb_set(value, '{dueAt}', to_jsonb(o.due_at)))
      from jsonb_each(t.timers))`,
  };
  await sql.unsafe(`
    insert into instances (${names.join(', ')})
    select ${names.map((name) => replaced[name] ?? `t.${name}`).join(', ')}
    from instances t, (${own}) o
    where t.organizer_id = '${template.organizerId}' and t.id = '${template.id}'`);
  await sql`vacuum analyze instances`;
  await sql.end();
}

export type Crowd = {
  readonly size: number;
  /** The next event of the next conversation of this lane; no two lanes share a conversation. */
  readonly next: (
    lane: number,
    lanes: number,
  ) => { readonly key: InstanceKey; readonly event: Event };
};

/** A crowd that was copied under this name. Each lane goes through its own part of it, again and again. */
export function crowdOf(crowd: string, size: number): Crowd {
  const keys = Array.from({ length: size }, (_, n) => idsOf(crowd, n));
  const steps = new Array<number>(size).fill(0);
  const turns = new Map<number, number>();
  return {
    size,
    next: (lane, lanes) => {
      const turn = turns.get(lane) ?? 0;
      turns.set(lane, turn + 1);
      const n = (lane + lanes * turn) % (size - (size % lanes));
      const step = steps[n] ?? 0;
      steps[n] = step + 1;
      const key = keys[n];
      const event = CIRCLE[step % CIRCLE.length];
      if (key === undefined || event === undefined)
        throw new Error(`There is no conversation ${n}.`);
      return { key, event };
    },
  };
}
