/*
 * Faults of a real database: a trigger that refuses the next few writes of a table and then lets all pass.
 * Its counter is a sequence, which no rollback takes back.
 */
import { randomBytes } from 'node:crypto';
import type { TestDatabase } from '../support/database.ts';

export type Refusal = {
  readonly table: 'crews' | 'events' | 'instances' | 'inbound_messages';
  readonly on: 'insert' | 'update';
  /** SQL over `new`: which rows. */
  readonly when: string;
  readonly times: number;
  /** SQLSTATE; 53100 (no room on the disk) passes, 23514 (a check fails) does not. */
  readonly state: '53100' | '23514';
};

/** Plants a fault; what it gives takes it away again. */
export async function refuseWrites(
  sql: TestDatabase['sql'],
  refusal: Refusal,
): Promise<() => Promise<void>> {
  const { table, on, when, times, state } = refusal;
  const name = `fault_${randomBytes(4).toString('hex')}`;
  await sql.unsafe(`
    create sequence ${name};
    create function ${name}() returns trigger language plpgsql security definer as $$
    begin
      if nextval('public.${name}') <= ${times} then
        raise exception 'planted' using errcode = '${state}';
      end if;
      return new;
    end $$;
    create trigger ${name} before ${on} on ${table} for each row when (${when}) execute function ${name}();`);
  return async () => {
    await sql.unsafe(`drop trigger ${name} on ${table}`);
  };
}
