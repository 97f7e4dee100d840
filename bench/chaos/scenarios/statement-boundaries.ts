/*
 * One commit with a transaction actor, again and again, struck at its first statement, its second, and so
 * on: refused by PostgreSQL, or cut off before or after. What the organizer was told must be what is
 * stored: the crew with its members, its end and its rows together, or none of them.
 */
import { createRequester, newTally, type Requester } from '../load/requests.ts';
import type { Blow, PostgresProxy } from '../parts/proxy.ts';
import { newId, type Town } from '../parts/town.ts';
import type { Finding, Stage } from '../scenario.ts';

const BLOWS: { readonly [S in 'short' | 'full']: readonly Blow[] } = {
  short: [{ kind: 'error', sqlState: 'XX000' }, { kind: 'reset after' }],
  full: [
    { kind: 'error', sqlState: 'XX000' },
    { kind: 'error', sqlState: '53100' },
    { kind: 'error', sqlState: '40001' },
    { kind: 'reset before' },
    { kind: 'reset after' },
  ],
};

/** More than a commit has statements; the sweep ends with the first that it has not. */
const MOST_STATEMENTS = 60;

export async function strikeEveryStatement(
  stage: Stage,
  { town, proxy }: { readonly town: Town; readonly proxy: PostgresProxy },
): Promise<Finding> {
  const tally = newTally();
  const requester = await createRequester({
    ...{ secret: town.secret, tally, signal: stage.signal },
    urls: () => town.nodes.map(({ url }) => url),
  });
  const broken: string[] = [];
  const ends = new Map<string, number>();
  let statements = 0;
  for (let place = 1; place <= MOST_STATEMENTS; place += 1) {
    let wasStruck = false;
    for (const blow of stage.sized(BLOWS)) {
      const id = await reachReview(requester, town.newPhone());
      const gate = strikeAt(proxy, place, blow);
      const { status, body } = await requester.post(`/v1/instances/${id}/events`, {
        type: 'organizer.saved_crew',
      });
      proxy.decide = () => undefined;
      if (!gate.wasStruck()) break;
      wasStruck = true;
      const told = status === 200 ? body.state : String(status);
      const stored = await storedOf(town, id);
      const end = judge(told, stored);
      ends.set(end ?? 'torn', (ends.get(end ?? 'torn') ?? 0) + 1);
      if (end === undefined) {
        const what = `${blow.kind}${blow.kind === 'error' ? ` ${blow.sqlState}` : ''}`;
        broken.push(
          `${what} at statement ${place}: told ${told}, stored ${JSON.stringify(stored)}.`,
        );
      }
    }
    if (!wasStruck) break;
    statements = place;
  }
  if (statements < 5) broken.push(`Only ${statements} statements were struck: too few to be true.`);
  return { facts: { statements, ...Object.fromEntries(ends) }, broken };
}

/** A crew that only has to be saved. */
async function reachReview({ post }: Requester, phone: string): Promise<string> {
  const begun = await post('/v1/machines/crew-creation', { entry: 'menu' });
  const give = (event: object) => post(`/v1/instances/${begun.body.id}/events`, event);
  const pickerId = newId();
  await give({ type: 'organizer.named_crew', name: 'Owls' });
  await give({ type: 'organizer.opened_picker', pickerId, picker: 'web_contact_api' });
  const people = [{ name: 'Guest', phones: [phone] }];
  await give({ type: 'organizer.picked_people', pickerId, people });
  return begun.body.id;
}

/** Strikes the n-th group of messages of the next transaction. */
function strikeAt(proxy: PostgresProxy, place: number, blow: Blow) {
  let line: number | undefined;
  let seen = 0;
  let wasStruck = false;
  proxy.decide = ({ id }, { sql, isSync }) => {
    if (line === undefined && /^\s*begin/i.test(sql)) line = id;
    if (wasStruck || id !== line || isSync) return undefined;
    seen += 1;
    if (seen < place) {
      // The transaction is over: it has fewer statements than that.
      if (/^\s*(commit|rollback)\s*$/i.test(sql)) line = -1;
      return undefined;
    }
    wasStruck = true;
    return blow;
  };
  return { wasStruck: () => wasStruck };
}

type Stored = {
  readonly status: string;
  readonly state: string;
  readonly crews: number;
  readonly members: number;
  /** Entries that the instance has counted, and those that are there. */
  readonly entries: number;
  readonly there: number;
  readonly made: number;
};

async function storedOf({ sql }: Town, id: string): Promise<Stored | undefined> {
  const [row] = await sql<Stored[]>`
    with entry as (
      select e ->> 'event_type' as type, coalesce(e -> 'metadata' ->> 'flow_run_id', e -> 'metadata' ->> 'run_id') as run
      from log_outbox, json_array_elements(entries) e
      union all
      select event_type, coalesce(metadata ->> 'flow_run_id', metadata ->> 'run_id') from behavior_logs
    )
    select i.status, i.state, i.entries,
      (select count(*)::int from crews c where c.id = i.crew_id) as crews,
      (select count(*)::int from crew_members m where m.crew_id = i.crew_id) as members,
      (select count(*)::int from entry where run = ${id} and type <> 'latency') as there,
      (select count(*)::int from entry where run = ${id} and type = 'crew_created') as made
    from instances i where i.id = ${id}`;
  return row;
}

/** How it ended, in a word; undefined where it ended in parts, or other than it was told. */
function judge(told: string, stored: Stored | undefined): string | undefined {
  if (stored === undefined || stored.entries !== stored.there) return undefined;
  const { status, state, crews, members, made } = stored;
  const isAll = status === 'done' && crews === 1 && members === 1 && made === 1;
  const isNothing = crews === 0 && members === 0 && made === 0;
  if (isAll && told === state) return 'all of it';
  if (isNothing && told === state && /unsaved|failed/.test(state)) return `nothing, told ${state}`;
  if (isNothing && told === '500') return 'nothing, answered 500';
  return undefined;
}
