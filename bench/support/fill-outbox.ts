/* An outbox full of entries: the log's latest ones again, each from a source of its own and now. */
import { randomUUID } from 'node:crypto';
import { entryId } from '../../src/behavior/row.ts';
import type { Sql } from '../../src/store/orm.ts';

const CHUNK = 5_000;

/** Puts in `rows` outbox rows of one entry each, as commits of ordinary events leave them. */
export async function fillOutbox(sql: Sql, rows: number): Promise<void> {
  const samples = await sql<{ entry: Record<string, unknown> }[]>`
    select to_jsonb(b) as entry from behavior_logs b where event_type = 'flow_step'
    order by id desc limit 300`;
  const from = Date.now();
  for (let n = 0; n < rows; n += CHUNK) {
    const chunk = Array.from({ length: Math.min(CHUNK, rows - n) }, (_, k) => {
      const source = randomUUID();
      // Some thousands of commits a second, in order.
      const at = from + Math.floor((n + k) / 5);
      const { entry } = samples[k % samples.length] ?? {};
      const id = entryId({ at, position: 0, source, ordinal: 0 });
      const owner = randomUUID();
      const row = { ...entry, id, timestamp: at, organizer_id: owner };
      return { organizer_id: owner, source, at, entries: [row] };
    });
    await sql`
      insert into log_outbox (organizer_id, source, seq, at, entries)
      select organizer_id, source, 1, to_timestamp(at / 1000), entries
      from json_to_recordset(${JSON.stringify(chunk)})
        as n(organizer_id uuid, source uuid, at float8, entries json)`;
  }
  await sql`vacuum analyze log_outbox`;
}
