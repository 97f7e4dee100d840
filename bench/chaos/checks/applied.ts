/* Acknowledged = applied: the clients' ledger against the database, request by request. */
import { keptValue } from '../../../src/engine/keys.ts';
import type { FlowRecord, Ledger } from '../load/ledger.ts';
import type { Town } from '../parts/town.ts';

type Stored = {
  readonly id: string;
  readonly status: string;
  readonly keys: readonly string[];
};

const CHUNK = 1_000;

/** Sentences, one for each request whose acknowledgement was not true. */
export async function appliedProblems(
  town: Pick<Town, 'sql'>,
  ledger: Ledger,
): Promise<readonly string[]> {
  const flows = ledger.flows.filter(({ id }) => id !== '');
  const problems: string[] = [];
  for (let from = 0; from < flows.length; from += CHUNK) {
    const chunk = flows.slice(from, from + CHUNK);
    const stored = await readInstances(town, chunk);
    problems.push(...chunk.flatMap((flow) => flowProblems(flow, stored.get(flow.id))));
    problems.push(...(await madeProblems(town, chunk)));
  }
  return [...problems, ...(await replyProblems(town, ledger))];
}

async function readInstances({ sql }: Pick<Town, 'sql'>, flows: readonly FlowRecord[]) {
  const ids = flows.map(({ id }) => id);
  const rows = await sql<Stored[]>`
    select id, status, keys from instances where id in ${sql(ids)}`;
  return new Map(rows.map((row) => [row.id, row]));
}

function flowProblems(flow: FlowRecord, stored: Stored | undefined): readonly string[] {
  const name = `${flow.machine} ${flow.id}`;
  if (stored === undefined) return [`${name} was begun and is not there.`];
  const asked = flow.keys.map(keptValue);
  const keys = stored.keys.map((kept) => kept.slice(0, asked[0]?.length));
  const own = keys.filter((key) => asked.includes(key));
  const isExact = flow.end === 'completed' || flow.end === 'cancelled';
  return [
    new Set(keys).size === keys.length ? [] : [`${name} took a step twice under one key.`],
    own.join() === asked.join()
      ? []
      : [`${name}: ${flow.keys.length} requests were acknowledged, ${own.length} were applied.`],
    isExact && keys.length !== flow.keys.length
      ? [`${name} took ${keys.length} steps, its client made ${flow.keys.length}.`]
      : [],
    isExact && stored.status !== 'done' ? [`${name} had ended and is ${stored.status}.`] : [],
  ].flat();
}

/** What was made is there once, with everybody in it. */
async function madeProblems(
  { sql }: Pick<Town, 'sql'>,
  flows: readonly FlowRecord[],
): Promise<readonly string[]> {
  const made = flows.flatMap(({ madeId, machine, phones }) =>
    madeId === null ? [] : [{ id: madeId, machine, people: phones.length }],
  );
  if (made.length === 0) return [];
  const ids = made.map(({ id }) => id);
  const rows = await sql<{ id: string; people: number }[]>`
    select c.id, (select count(*)::int from crew_members m
      where m.organizer_id = c.organizer_id and m.crew_id = c.id) as people
    from crews c where c.id in ${sql(ids)}
    union all
    select e.id, (select count(*)::int from invitations i
      where i.organizer_id = e.organizer_id and i.event_id = e.id) as people
    from events e where e.id in ${sql(ids)}`;
  const found = new Map(rows.map(({ id, people }) => [id, people]));
  return made
    .filter(({ id, people }) => found.get(id) !== people)
    .map(
      ({ id, machine, people }) =>
        `${machine} made ${id} with ${people} people; stored: ${found.get(id) ?? 'nothing'}.`,
    );
}

/** Each reply whose webhook was acknowledged is stored once, and its invitation says it. */
async function replyProblems(
  { sql }: Pick<Town, 'sql'>,
  { replies }: Ledger,
): Promise<readonly string[]> {
  const told = replies.filter(({ acknowledged }) => acknowledged);
  if (told.length === 0) return [];
  const inbound = await sql<{ sid: string }[]>`select sid from inbound_messages`;
  const stored = new Set(inbound.map(({ sid }) => sid));
  const invitations = await sql<{ phone: string; reply: string }[]>`
    select phone, reply from invitations`;
  const said = new Map(invitations.map(({ phone, reply }) => [phone, reply]));
  return told.flatMap(({ phone, sid, word }) => [
    ...(stored.has(sid) ? [] : [`Message ${sid} was acknowledged and is not stored.`]),
    ...(said.get(phone) === word
      ? []
      : [`Message ${sid} said ${word}; its invitation says ${said.get(phone) ?? 'nothing'}.`]),
  ]);
}
